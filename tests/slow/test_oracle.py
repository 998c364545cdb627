"""Large random months: no figure differs from the oracle, in 64 bits or in 128."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from kpicard.engines.dialects import DUCKDB, NARROW
from kpicard.models.run import model, scoring_sql
from tests.library.test_oracle import test_no_figure_differs_from_the_oracle
from tests.oracle_months import CASES, SEEDS, Month

__all__ = ["test_no_figure_differs_from_the_oracle"]  # the same test, on the months below


@pytest.fixture(params=SEEDS.items(), ids=lambda seed: seed[0])
def month(request: pytest.FixtureRequest, tmp_path: Path) -> Month:
    return Month(tmp_path, *request.param)


def figure_view() -> str:
    """Return the statement that makes `figure`: otherwise it stands only inside what reads it."""
    (found,) = (each for each in [model("figure")] if each)
    return f"CREATE TEMP VIEW figure AS {found.select}"


def test_64_and_128_bits_give_the_same(tmp_path: Path) -> None:
    """An ordinary month fits 64 bits, and the same SQL in 128 bits gives the same rows."""
    ordinary = Month(tmp_path, "ordinary-3", "ordinary").scored("exclude")
    database = ordinary._database  # noqa: SLF001 - the tables that the SQL reads
    database.execute(figure_view())
    narrow, wide = (
        database.execute(f"FROM ({scoring_sql(each)}) ORDER BY ALL").fetchall() for each in (NARROW, DUCKDB)
    )
    assert len(narrow) > CASES // 8
    assert wide == narrow


def test_far_values_need_128_bits(tmp_path: Path) -> None:
    """The months at the ends of the range do go through the 128-bit run: 64 bits refuse them."""
    extreme = Month(tmp_path, "extreme-1", "extreme").scored("exclude")
    extreme._database.execute(figure_view())  # noqa: SLF001 - the tables that the SQL reads
    with pytest.raises((duckdb.OutOfRangeException, duckdb.ConversionException)):
        extreme._database.execute(f"FROM ({scoring_sql(NARROW)})").fetchall()  # noqa: SLF001 - the tables that the SQL reads
