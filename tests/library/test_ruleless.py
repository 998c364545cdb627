"""Cards that no rules score, since their role's file is wrong or begins later, are withheld cards as others are."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

import kpicard

Run = Callable[..., subprocess.CompletedProcess[str]]

DEPARTMENT = "title: Shop\ngrades: [{grade: A, from: 0, coefficient: 1}]\n"
CLERK = (
    "id: clerk\ntitle: Clerk\nkpis: [{id: speed, name: Speed, weight: 100, better: higher, target: {2026-02: 10}}]\n"
)
PACKER = "id: packer\ntitle: Packer\nkpis: [{id: boxes, name: Boxes, weight: 90, better: higher, target: 10}]\n"
ROWS = """period,employee,name,role,days,kpi,actual
2026-02,E1,Ann,clerk,10,speed,10
2026-02,E1,Ann,packer,10,boxes,10
2026-02,E2,,PACKER,,boxes,10
2026-02,E2,Bo,packer,,boxes,
2026-02,E3,Cy,clerk,,speed,x
2026-02,E4,Di,driver,,speed,1
2026-01,E1,Ann,clerk,,speed,9
"""


@pytest.fixture
def month(tmp_path: Path) -> Path:
    """Rules of which one role is wrong and another begins in February, and rows of both."""
    (tmp_path / "roles").mkdir()
    for name, text in (("department", DEPARTMENT), ("clerk", CLERK), ("packer", PACKER)):
        (tmp_path / "roles" / f"{name}.yaml").write_text(text, "utf-8")
    (tmp_path / "rows.csv").write_text(ROWS, "utf-8")
    return tmp_path / "rows.csv"


def scored(month: Path, **options: object) -> kpicard.Scorecards:
    return kpicard.score(kpicard.load(month.with_name("roles")).rules, month, **options)  # type: ignore[arg-type]


def withheld(result: kpicard.Scorecards) -> list[tuple[str, str, str, str | None]]:
    return [(each.period, each.role.id, each.employee, each.name) for each in result.withheld_cards]


def test_they_are_counted_and_named(month: Path) -> None:
    """Once each, however many rows they have; a role that nobody knows makes no card."""
    result = scored(month)
    expected = [
        ("2026-01", "clerk", "E1", "Ann"),
        ("2026-02", "clerk", "E3", "Cy"),
        ("2026-02", "packer", "E1", "Ann"),
        ("2026-02", "packer", "E2", "Bo"),
    ]
    assert (1, 4, expected) == (result.count, result.withheld, withheld(result))
    assert ["Clerk", "Clerk", "packer", "packer"] == [str(each.role.title) for each in result.withheld_cards]


def test_only_those_that_are_chosen(month: Path) -> None:
    """By role, employee and period."""
    assert [("2026-02", "packer", "E1", "Ann"), ("2026-02", "packer", "E2", "Bo")] == withheld(
        scored(month, roles="packer")
    )
    assert [("2026-02", "packer", "E2", "Bo")] == withheld(scored(month, employees="E2"))
    assert [("2026-01", "clerk", "E1", "Ann")] == withheld(scored(month, periods="2026-01"))


def test_a_quarter_is_withheld_once(month: Path) -> None:
    """Also that of a clerk, who has a card of February: who knows what January's would be."""
    result = scored(month, by="quarter", employees=("E1", "E2"))
    expected = [("clerk", "E1", "Ann"), ("packer", "E1", "Ann"), ("packer", "E2", "Bo")]
    assert (0, 3, [("2026-Q1", *each) for each in expected]) == (result.count, result.withheld, withheld(result))


def test_a_combined_total_is_not_known_without_them(month: Path) -> None:
    """Half of somebody's month is not all of it."""
    *_, february = scored(month).summaries
    assert [("E1", None)] == [(each.employee, each.total) for each in february.combined]


def test_every_report_names_them(kpicard: Run, month: Path) -> None:
    """At the end, in the summary, and in what is handed out."""
    done = kpicard("score", month, "--format", "html", cwd=month.parent)
    assert "Cards: 1 scored, 4 withheld." in done.stderr
    assert "E2" in done.stdout
    summary = json.loads(kpicard("summary", month, "--format", "json", cwd=month.parent).stdout, parse_float=Decimal)
    found = {each["period"]: [who["employee"] for who in each["withheld"]] for each in summary["summaries"]}
    assert ["E3", "E1", "E2"] == found["2026-02"]
