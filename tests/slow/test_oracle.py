"""Random roles and rows: the program prints the same figures as an independent oracle in fractions."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

import kpicard
from kpicard.engines.dialects import DUCKDB, NARROW, scoring_sql
from tests.oracle_months import CASES, Missing, Month, Row


def rows_of_values(result: kpicard.Scorecards, *, with_vetoes: bool) -> list[Row]:
    """Return the cards as the rows of `--format csv`."""

    def text(value: Decimal | None) -> str | None:
        return None if value is None else f"{value:f}"

    rows: list[Row] = []
    for card in result.cards:
        total = (text(card.total), card.grade, text(card.coefficient))
        for each in card.kpis:
            figures = (each.kpi.weight, each.effective_weight, each.target, each.actual, each.attainment, each.score)
            vetoed = (each.kpi.veto.grade_at_most if each.vetoes and each.kpi.veto else None,) if with_vetoes else ()
            who = (card.period, card.employee, card.role.id, each.kpi.id)
            rows.append((*who, *map(text, (*figures, each.points)), each.status, *total, *vetoed))
        for line in card.adjustments:
            nothing = (None,) if with_vetoes else ()
            points = (None, None, None, text(line.actual), None, None, text(line.points), line.status)
            rows.append((card.period, card.employee, card.role.id, line.adjustment.id, *points, *total, *nothing))
    return rows


def rows_of_csv(result: kpicard.Scorecards, folder: Path) -> list[Row]:
    """Return the rows of `--format csv` as they are written."""
    result.write_csv(folder / "out.csv")
    with (folder / "out.csv").open(encoding="utf-8", newline="") as stream:
        return [tuple(cell or None for cell in row) for row in csv.reader(stream)][1:]


@pytest.fixture(params=["ordinary-1", "ordinary-2", "extreme-1", "extreme-2", "adjusted-1", "adjusted-extreme"])
def month(request: pytest.FixtureRequest, tmp_path: Path) -> Month:
    return Month(tmp_path, request.param, "extreme" if "extreme" in request.param else "ordinary")


def test_no_figure_differs_from_the_oracle(month: Month) -> None:
    """Every figure of every card, as values and as CSV, for each way to treat what is missing."""
    modes: tuple[Missing, ...] = ("refuse", "zero", "exclude")
    for missing in modes:
        result = month.scored(missing)
        expected = month.expected(missing)
        assert len(expected) > 0
        assert expected == rows_of_values(result, with_vetoes=month.is_adjusted)
        assert expected == rows_of_csv(result, month.folder)
        assert result.count + result.withheld == len(month.cards)


def test_64_and_128_bits_give_the_same(tmp_path: Path) -> None:
    """An ordinary month fits 64 bits, and the same SQL in 128 bits gives the same rows."""
    ordinary = Month(tmp_path, "ordinary-3", "ordinary").scored("exclude")
    database = ordinary._database  # noqa: SLF001 - the tables that the SQL reads
    narrow, wide = (
        database.execute(f"FROM ({scoring_sql(each)}) ORDER BY ALL").fetchall() for each in (NARROW, DUCKDB)
    )
    assert len(narrow) > CASES // 8
    assert wide == narrow


def test_far_values_need_128_bits(tmp_path: Path) -> None:
    """The months at the ends of the range do go through the 128-bit run: 64 bits refuse them."""
    extreme = Month(tmp_path, "extreme-1", "extreme").scored("exclude")
    with pytest.raises((duckdb.OutOfRangeException, duckdb.ConversionException)):
        extreme._database.execute(f"FROM ({scoring_sql(NARROW)})").fetchall()  # noqa: SLF001 - the tables that the SQL reads
