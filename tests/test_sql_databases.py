"""What `kpicard sql` prints runs as printed in each database, and gives the rows of `kpicard score --format csv`."""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest

import kpicard
from kpicard.card import Missing
from kpicard.engine.dialects import DIALECTS
from kpicard.sql.script import Wanted, script
from tests.sql_databases import Row, Scored, in_duckdb, in_postgres, in_spark, postgres_server, table
from tests.test_oracle import Month

NUMBERS = {"weight", "target", "actual", "attainment", "score", "points", "total", "coefficient"}


@pytest.fixture(scope="module")
def server() -> Iterator[Path]:
    """A PostgreSQL server; the path of its socket must be short."""
    folder = Path(tempfile.mkdtemp(prefix="kpicard-"))
    folder.chmod(0o755)
    yield from postgres_server(folder)
    shutil.rmtree(folder)


@pytest.fixture(params=DIALECTS)
def dialect(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def scored(dialect: str, tmp_path: Path, request: pytest.FixtureRequest) -> Scored:
    if dialect == "postgres":
        return in_postgres(request.getfixturevalue("server"), tmp_path)
    return (in_duckdb if dialect == "duckdb" else in_spark)(tmp_path)


def by_kpicard(result: kpicard.Scorecards, folder: Path) -> list[dict[str, str | None]]:
    """Return the rows of `--format csv`."""
    result.write_csv(folder / "scores.csv")
    with (folder / "scores.csv").open(encoding="utf-8", newline="") as stream:
        return [{name: cell or None for name, cell in row.items()} for row in csv.DictReader(stream)]


def values(rows: list[Row]) -> list[dict[str, str | Decimal | None]]:
    """Return rows with numbers as such: 25 and 25.000000 are one."""
    return [
        {name: Decimal(cell) if cell is not None and name in NUMBERS else cell for name, cell in row.items()}
        for row in rows
    ]


@pytest.mark.parametrize("missing", get_args(Missing))
def test_random_cards_are_scored_as_by_kpicard(
    dialect: str, scored: Scored, missing: Missing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ties, negatives, zeros, own targets, N/A, adjustments, vetoes, and the ends of the range."""
    monkeypatch.setattr("tests.test_oracle.CASES", 4000)
    month = Month(tmp_path, f"adjusted-extreme-{missing}", "extreme")
    rules, _ = kpicard.load(month.folder / "roles")
    result = month.scored(missing)
    with (tmp_path / "2026-10.csv").open(encoding="utf-8", newline="") as stream:
        actuals = table(tmp_path, [["2026-10", *row] for row in list(csv.reader(stream))[1:]])
    found = scored(script(rules, Wanted(DIALECTS[dialect], columns=("target",), missing=missing), "en"), actuals)
    expected = by_kpicard(result, tmp_path)
    assert len(expected) > 300
    assert values(list(expected)) == values(found.scores)
    codes = {str(problem.code) for problem in result.problems} - {"unit-slip"}
    assert codes == {row["problem"] for row in found.problems}
