"""The models of SQL: what each header says is true, and any order that the headers allow gives the same tables."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any, Final

import pytest

import kpicard
from kpicard.engines.duckdb import Database
from kpicard.models.run import GIVEN, Models, in_order, model, names, needed

_READ: Final = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)", re.IGNORECASE)
_STEP: Final = re.compile(r"(?:\bWITH|,)\s+(\w+) AS (?:MATERIALIZED )?\(")

MONTH: Final = """\
period,employee,role,kpi,actual,target,base
2026-08,E1,clerk,speed,9,,1000
2026-08,E1,clerk,errors,3,,1000
2026-08,E1,clerk,errors,4,,1000
2026-09,E1,clerk,speed,11,12,1000
2026-09,E1,clerk,errors,N/A,,1000
2026-08,E2,clerk,speed,8,,900
2026-08,E2,clerk,errors,-,,950
2026-08,E3,clerk,speed,7,,
2026-08,E3,clerk,errors,999999,,
2026-09,E3,clerk,speed,seven,,
2026-09,E3,clerk,errors,2,,
2026-09,E4,clerk,speed,10,,800
2026-09,E4,clerk,errors,1,,800
2026-08,E4,clerk,speed,10,,800
2026-08,E4,clerk,errors,1,,800
"""
DEPARTMENT: Final = """\
title: Shop
grades: [{grade: A, from: 90, coefficient: 1.2}, {grade: B, from: 0, coefficient: 1}]
"""
CLERK: Final = """\
id: clerk
title: Clerk
kpis:
  - {id: speed, name: Speed, weight: 60, better: higher, target: 10, rollup: sum}
  - {id: errors, name: Errors, weight: 40, better: lower, target: 4, range: {from: 0, upto: 1000}}
"""


@pytest.mark.parametrize("name", sorted(names()))
def test_a_header_names_just_the_tables_that_its_model_reads(name: str) -> None:
    """What stands behind FROM and JOIN, but for the model's own steps; and the file is called as its table."""
    each = model(name)
    assert each
    steps = set(_STEP.findall(each.select))
    assert name == each.makes
    assert {*each.reads} == set(_READ.findall(each.select)) - steps


def test_no_table_is_made_by_two_models() -> None:
    """Nor by a model that hangs on itself: there is an order of all."""
    ordered = [each.makes for each in in_order(needed(names()))]
    assert sorted(names()) == sorted(ordered)


def _table_of_models() -> str:
    """Return the models as a table of Markdown, in an order in which they can be made."""
    rows = [
        f"| `{each.makes}` | {each.what} | {', '.join(f'`{name}`' for name in each.reads)} | {', '.join(each.key)} |"
        f" {each.units} |"
        for each in in_order(needed(names()))
    ]
    return "\n".join(["| makes | what | reads | key | units |", "|---|---|---|---|---|", *rows])


def test_the_documentation_lists_the_models_as_their_headers_say(request: pytest.FixtureRequest) -> None:
    """`--update-golden` writes the table."""
    page = Path(__file__).parents[2] / "docs" / "architecture.md"
    before, begin, rest = page.read_text("utf-8").partition("<!-- models: begin")
    comment, arrow, _ = rest.partition("-->")
    _, end, after = rest.partition("<!-- models: end -->")
    expected = f"{before}{begin}{comment}{arrow}\n{_table_of_models()}\n{end}{after}"
    if request.config.getoption("--update-golden"):
        page.write_text(expected, "utf-8")
    assert expected == page.read_text("utf-8"), "if the headers are right: pytest --update-golden"


TABLES: Final = sorted(name for name in names() if not name.startswith("what_if"))
"""All but those that advice asks for, one question after the other."""


def contents(database: Database) -> dict[str, list[Any]]:
    """The rows of each model's table, in order."""
    return {name: sorted(database.execute(f"FROM {name}").fetchall(), key=repr) for name in TABLES}


@pytest.mark.parametrize("orders", [8, pytest.param(200, marks=pytest.mark.slow)])
def test_every_order_that_the_headers_allow_gives_the_same_tables(tmp_path: Path, orders: int) -> None:
    """The reverse and random ones, on months with doubled, missing, unread and impossible figures."""
    (tmp_path / "department.yaml").write_text(DEPARTMENT, "utf-8")
    (tmp_path / "clerk.yaml").write_text(CLERK, "utf-8")
    (tmp_path / "months.csv").write_text(MONTH, "utf-8")
    rules, _ = kpicard.load(tmp_path)
    result = kpicard.score(rules, tmp_path / "months.csv", by="quarter", rollup="actuals")
    database = result._database  # noqa: SLF001 - the tables that are given
    chosen = random.Random("orders")  # noqa: S311 - the same orders each time
    expected: dict[str, list[Any]] = {}
    for number in range(orders + 2):
        for name in TABLES:
            for (kind,) in database.execute(
                "SELECT table_type FROM information_schema.tables WHERE table_name = ?", [name]
            ).fetchall():
                database.execute(f"DROP {'VIEW' if kind == 'VIEW' else 'TABLE'} {name}")
        choose = min if number == 0 else max if number == 1 else chosen.choice
        Models(database).make(*TABLES, choose=choose)
        found = contents(database)
        expected = expected or found
        assert expected == found
    assert expected["withheld"]
    assert expected["rollup_graded"]


def test_spark_gives_the_models_all_that_they_start_from() -> None:
    """A table that a model newly starts from is given on a cluster too, if only empty."""
    from kpicard.spark.problems import _FOUND
    from kpicard.spark.scorecards import GIVEN_HERE

    made = needed(["withheld", "graded", "other_rules", *(name for name in _FOUND if name != "not_understood")])
    assert set() == {table for each in made.values() for table in each.reads if table in GIVEN} - GIVEN_HERE
