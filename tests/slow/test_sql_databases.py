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
from kpicard.cards.values import Missing
from kpicard.engines.dialects import DIALECTS
from kpicard.engines.script import Wanted, script
from tests.oracle_months import Month
from tests.sql_databases import TEXTS, Row, Scored, in_duckdb, in_postgres, in_spark, postgres_server, table

ROOT = Path(__file__).parents[2]
NUMBERS = {
    *(
        "weight",
        "effective_weight",
        "target",
        "actual",
        "attainment",
        "score",
        "points",
        "total",
        "coefficient",
        "out_of",
    ),
}


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
    monkeypatch.setattr("tests.oracle_months.CASES", 4000)
    month = Month(tmp_path, f"adjusted-extreme-{missing}", "extreme")
    rules, _ = kpicard.load(month.folder / "roles")
    result = month.scored(missing)
    with (tmp_path / "2026-10.csv").open(encoding="utf-8", newline="") as stream:
        actuals = table(tmp_path, [["2026-10", *row] for row in list(csv.reader(stream))[1:]])
    found = scored(script(rules, Wanted(DIALECTS[dialect], columns=("target",), missing=missing), "en"), actuals)
    expected = by_kpicard(result, tmp_path)
    assert len(expected) > 300
    assert values(list(expected)) == values(found.scores)
    codes = {str(problem.code) for problem in result.problems} - {"unit-slip", "idle-target"}
    assert codes == {row["problem"] for row in found.problems}


ROLE = r"""
id: seller
from: {start}
title: Seller
kpis:
  - {{id: sales, name: Sales, weight: {weight}, better: higher, target: {target}}}
  - id: delay
    name: Delay
    weight: {rest}
    better: lower
    target: 30
    range: {{from: 0, upto: 90.5}}
    scoring: {{method: linear, points: [[0, 120], [30, 100], [60, 0]]}}
    veto: {{score_below: 60, grade_at_most: 'it''s C\'}}
adjustments:
  - {{id: ideas, name: Ideas, points_each: 1.5, at_most: 5}}
"""
DEPARTMENT = r"""
title: Shop
grades:
  - {grade: 优, from: 100, coefficient: 1.25}
  - {grade: B, from: 80, coefficient: 1.0}
  - {grade: 'it''s C\', from: 0, coefficient: "0.80"}
"""

PLANTED = """
2026-06,E1,seller,sales,90,,
2026-06,E1,seller,delay,20,,no-rules
2026-07,E1,seller,sales,90,,
2026-07,E1,seller,delay,75,,
2026-08,E1,seller,sales,1.2E2,80,
2026-08,E1,seller,delay, 30.0000005 ,-,
2026-08,E1,seller,ideas,2,,
2026-09,E1,seller,sales,95,,
2026-09,E1,seller,delay,N/A,40,
2026-10,A,seller,sales,100,,
2026-10,A,seller,delay,,,
2026-10,a,seller,sales,,120,
2026-10,a,seller,sales,,,
2026-10,a,seller,sales,130,,
2026-10,a,seller,delay,—,35,
2026-10,Twice,seller,sales,1,,
2026-10,Twice,seller,sales,1,,doubled-figure
2026-10,Text,seller,sales,12 apples,,bad-value
2026-10,Text,seller,delay,20,,
2026-10,Far,seller,sales,1000000000000,,out-of-range
2026-10,Further,seller,sales,999999999999.9999994,0.000001,out-of-range
2026-10,Kpi,seller,sale,1,,unknown-kpi
2026-10,Kpi,seller,delay,1,,
2026-10,Ideas,seller,ideas,-1,,negative-count
2026-10,Past,seller,delay,-0.000001,,impossible-figure
2026-10,Bound,seller,sales,100,-5,bad-target
2026-10,Bound,seller,delay,90.5,0,
2026-10,Bounds,seller,sales,100,,
2026-10,Bounds,seller,delay,90.5,90.5,
2026-10,Never,seller,delay,,90.500001,impossible-target
2026-10,Target,seller,sales,1,0,bad-target
2026-10,Target2,seller,sales,1,x,bad-target-value
2026-10,Stray,seller,sales,110,,
2026-10,Stray,saler,delay,20,,unknown-role
2026-13,Month,seller,sales,1,,bad-period
2026-10,,seller,sales,1,,no-employee
"""


def test_what_is_wrong_is_listed_and_withholds_its_card(dialect: str, scored: Scored, tmp_path: Path) -> None:
    """Rules that change in time, and a row for each problem: the cards that are left are those that kpicard leaves."""
    roles = tmp_path / "roles"
    roles.mkdir()
    (roles / "department.yaml").write_text(DEPARTMENT, "utf-8")
    for start, weight, target in (("2026-07", 60, 100), ("2026-08", 70, 110)):
        text = ROLE.format(start=start, weight=weight, rest=100 - weight, target=target)
        (roles / f"seller.{start}.yaml").write_text(text, "utf-8")
    rules, problems = kpicard.load(roles)
    assert () == problems
    lines = [line.split(",") for line in PLANTED.strip().splitlines()]
    actuals = table(tmp_path, [line[:6] for line in lines])
    result = kpicard.score(rules, actuals.file, missing="exclude")
    expected = by_kpicard(result, tmp_path)
    assert ["2026-07", "2026-08", "2026-09", "2026-10"] == sorted({str(row["period"]) for row in expected})
    found = scored(script(rules, Wanted(DIALECTS[dialect], columns=("target",), missing="exclude"), "zh"), actuals)
    assert values(list(expected)) == values(found.scores)
    planted = {"unknown-role" if line[6] == "no-rules" else line[6] for line in lines if line[6]}
    assert planted | {"maybe-misread"} == {row["problem"] for row in found.problems}
    assert all(row["hint"] for row in found.problems)


def test_what_kpicard_printed_is_scored_the_same_again(dialect: str, scored: Scored, tmp_path: Path) -> None:
    """A table of numbers with statuses in place of N/A: the examples, as `--format csv` has them."""
    rules, _ = kpicard.load(ROOT / "roles")
    result = kpicard.score(rules, str(ROOT / "examples"), missing="exclude")
    expected = by_kpicard(result, tmp_path)
    number = "DOUBLE PRECISION" if dialect == "postgres" else "DOUBLE"
    types = {**TEXTS, "actual": number, "target": "DECIMAL(20, 8)", "status": "VARCHAR(20)"}
    actuals = table(tmp_path, [[row[name] or "" for name in types] for row in expected], types)
    wanted = Wanted(DIALECTS[dialect], columns=("target", "status"), missing="exclude")
    found = scored(script(rules, wanted, "en"), actuals)
    assert [] == found.problems
    assert values(list(expected)) == values(found.scores)


def test_blanks_around_a_text_are_none_of_it(dialect: str, scored: Scored, tmp_path: Path) -> None:
    """Of whatever kind: nobody has two cards for a tab behind an id, each with a part of the figures."""
    rules, _ = kpicard.load(Path(__file__).parents[1] / "data" / "roles")
    lines = [
        ["2026-10", "E1", "support", "speed", "30", ""],
        ["\u30002026-10 ", "\tE1\u00a0", "support\u2003", " quality\u3000", "90.5\t", ""],
    ]
    actuals = table(tmp_path, lines)
    expected = by_kpicard(kpicard.score(rules, actuals.file, missing="exclude"), tmp_path)
    assert ["E1", "E1"] == [row["employee"] for row in expected]
    found = scored(script(rules, Wanted(DIALECTS[dialect], columns=("target",), missing="exclude"), "en"), actuals)
    assert (values(list(expected)), []) == (values(found.scores), found.problems)
