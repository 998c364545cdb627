"""Points beside the 100, and vetoes: exact, on their own lines, and never lost."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.oracle import round2

Run = Callable[..., subprocess.CompletedProcess[str]]

DEPARTMENT = """\
title: Shop
grades:
  - {grade: A, from: 100, coefficient: 1.2}
  - {grade: B, from: 80, coefficient: 1}
  - {grade: C, from: 60, coefficient: 0.8}
  - {grade: D, from: 0, coefficient: 0.5}
adjustments:
  - {id: ideas, name: {en: Ideas adopted, zh: 采纳建议}, points_each: 2, at_most: 5}
"""
CLERK = """\
id: clerk
title: {en: Clerk, zh: 文员}
kpis:
  - {id: speed, name: {en: Speed, zh: 速度}, weight: 60, better: higher, target: 10,
     veto: {score_below: 60, grade_at_most: C}}
  - {id: care, name: {en: Care, zh: 细心}, weight: 40, better: higher, target: 10,
     veto: {score_below: 50, grade_at_most: D}}
adjustments:
  - {id: late, name: {en: Lateness, zh: 迟到}, points_each: -1.5, at_least: -5, unit: {en: times, zh: 次}}
"""
HEADING = "period,employee,role,kpi,actual\n"


@pytest.fixture
def clerks(kpicard: Run, tmp_path: Path) -> Run:
    """Score rows of clerks: `clerks("E1,speed,10", "--lang", "zh", wide=...)`."""
    roles = tmp_path / "roles"
    roles.mkdir()
    (roles / "department.yaml").write_text(DEPARTMENT, "utf-8")
    (roles / "clerk.yaml").write_text(CLERK, "utf-8")

    def run(rows: str, *args: str) -> subprocess.CompletedProcess[str]:
        lines = [f"2026-10,{who},clerk,{kpi},{actual}" for who, kpi, actual in (row.split(",") for row in rows.split())]
        (tmp_path / "a.csv").write_text(HEADING + "\n".join(lines) + "\n", "utf-8")
        return kpicard("score", "a.csv", *args, cwd=tmp_path)

    return run


def card(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert (0, "") == (done.returncode, done.stderr)
    (found,) = json.loads(done.stdout, parse_float=Decimal, parse_int=Decimal)["cards"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("late", "points"),
    [
        ("0", "0.00"),
        ("1", "-1.50"),
        ("3", "-4.50"),
        ("3.333", "-4.9995"),
        ("4", "-5.00"),
        ("0.01", "-0.015"),
        ("0.0001", "-0.0002"),
    ],
)
def test_points_are_so_many_for_each_within_the_bounds(clerks: Run, late: str, points: str) -> None:
    """-1.5 each and at least -5: to four decimals, half away from zero, and added before the total is rounded."""
    found = card(clerks(f"E1,speed,10 E1,care,10 E1,late,{late}", "--format", "json"))
    line = {each["adjustment"]: each for each in found["adjustments"]}["late"]
    assert (Decimal(points), "scored") == (line["points"], line["status"])
    assert round2(100 + Fraction(points)) == found["total"]


def test_every_line_of_a_card_adds_up_to_its_total(clerks: Run) -> None:
    """The points of the KPIs, of the role's adjustments and of the department's are the total, in JSON and in CSV."""
    rows = "E1,speed,9.99 E1,care,10.01 E1,late,1 E1,ideas,3"
    found = card(clerks(rows, "--format", "json"))
    points = [each["points"] for each in (*found["kpis"], *found["adjustments"])]
    assert [Decimal("59.94"), Decimal("40.04"), Decimal("-1.50"), Decimal("5.00")] == points
    assert Decimal("103.48") == sum(points) == found["total"]
    assert [
        "period,employee,role,kpi,weight,effective_weight,target,actual,attainment,score,points,status,total,grade,coefficient,veto",
        "2026-10,E1,clerk,speed,60,60,10,9.99,99.90,99.90,59.9400,scored,103.48,A,1.2,",
        "2026-10,E1,clerk,care,40,40,10,10.01,100.10,100.10,40.0400,scored,103.48,A,1.2,",
        "2026-10,E1,clerk,late,,,,1,,,-1.5000,scored,103.48,A,1.2,",
        "2026-10,E1,clerk,ideas,,,,3,,,5.0000,scored,103.48,A,1.2,",
    ] == clerks(rows, "--format", "csv").stdout.splitlines()


def test_nothing_reported_adds_nothing_and_withholds_nothing(clerks: Run) -> None:
    """No row, an empty cell and N/A all leave an adjustment without points; its line stays on the card."""
    found = card(clerks("E1,speed,10 E1,care,10 E1,late, E1,ideas,N/A", "--format", "json"))
    lines = [(each["adjustment"], each["points"], each["status"]) for each in found["adjustments"]]
    assert [("late", None, "not_reported"), ("ideas", None, "not_applicable")] == lines
    assert (Decimal(100), "A") == (found["total"], found["grade"])


def test_weights_are_scaled_up_without_the_adjustments(clerks: Run) -> None:
    """A KPI not applicable leaves its weight to the other KPIs; a card on which no KPI counts is not assessed."""
    found = card(clerks("E1,speed,N/A E1,care,10 E1,late,2", "--format", "json"))
    assert Decimal("97.00") == found["total"]
    found = card(clerks("E1,speed,N/A E1,care,N/A E1,late,2", "--format", "json"))
    assert (None, None, []) == (found["total"], found["grade"], found["vetoes"])


def test_a_veto_holds_the_grade_down_and_says_why(clerks: Run) -> None:
    """The total stays what it is; grade and coefficient are the veto's, and the reason is on the card."""
    rows = "E1,speed,5.99 E1,care,50 E1,ideas,9"
    found = card(clerks(rows, "--format", "json"))
    assert (Decimal("88.94"), "C", Decimal("0.8"), "B") == tuple(
        found[key] for key in ("total", "grade", "coefficient", "grade_by_total")
    )
    assert [{"kpi": "speed", "score": Decimal("59.90"), "score_below": 60, "grade_at_most": "C"}] == found["vetoes"]
    for format_ in ("terminal", "markdown"):
        assert (
            "Veto: Speed scored 59.90, below 60: grade C at most (by the total: B)."
            in clerks(rows, "--format", format_).stdout
        )
        assert (
            "否决：速度得分 59.90，低于 60，等级最高为 C（按总分为 B）。"
            in clerks(rows, "--format", format_, "--lang", "zh").stdout
        )
    row = clerks(rows, "--format", "csv").stdout.splitlines()[1]
    assert row == "2026-10,E1,clerk,speed,60,60,10,5.99,59.90,59.90,35.9400,scored,88.94,C,0.8,C"


def test_of_several_vetoes_the_worst_grade_counts_and_none_ever_lifts_one(clerks: Run) -> None:
    """Two vetoes: the lower grade. A score just at the bound is no veto, and a grade that is lower already stays."""
    both = card(clerks("E1,speed,5.99 E1,care,4.99", "--format", "json"))
    assert ("D", 2) == (both["grade"], len(both["vetoes"]))
    at_the_bound = card(clerks("E1,speed,6 E1,care,5", "--format", "json"))
    assert ("D", []) == (at_the_bound["grade"], at_the_bound["vetoes"])
    lower = card(clerks("E1,speed,0 E1,care,9", "--format", "json"))
    assert ("D", "D", 1) == (lower["grade"], lower["grade_by_total"], len(lower["vetoes"]))


def test_the_card_shows_how_each_adjustment_comes_about(clerks: Run) -> None:
    """Whoever holds the card can check the points with a calculator."""
    rows = "E1,speed,10 E1,care,10 E1,late,4次 E1,采纳建议,2"
    shown = clerks(rows, "--lang", "zh").stdout
    assert "迟到：4 次 × -1.5，最低 -5 = -5.00" in shown
    assert "采纳建议：2 × 2，最高 5 = 4.00" in shown
    assert "99.00" in shown


def test_a_row_that_may_be_an_adjustment_is_never_dropped_in_silence(clerks: Run, kpicard: Run, tmp_path: Path) -> None:
    """Where a row cannot be read, it may be a deduction: the cards that it may concern are withheld."""
    done = clerks("E1,speed,10 E1,care,10 E2,speed,10 E2,care,10 E2,late,2", "--format", "csv")
    assert done.returncode == 0
    with (tmp_path / "a.csv").open("a", encoding="utf-8") as file:
        file.write("2026-10,E1,clrek,late,3\n")
    done = kpicard("score", "a.csv", "--format", "json", cwd=tmp_path)
    assert done.returncode == 1
    assert ["E2"] == [each["employee"] for each in json.loads(done.stdout)["cards"]]


def test_wide_files_have_columns_for_adjustments(kpicard: Run, clerks: Run, tmp_path: Path) -> None:
    """An adjustment is entered as a KPI is, by id or name in either language."""
    assert clerks("E1,speed,10 E1,care,10").returncode == 0
    (tmp_path / "wide.csv").write_text(
        "考核周期,员工,岗位,速度,细心,迟到 (次),ideas\n2026-10,E1,文员,10,10,2,1\n", "utf-8"
    )
    done = kpicard("score", "wide.csv", "--format", "json", cwd=tmp_path)
    assert Decimal("99.00") == card(done)["total"]


def test_a_count_beyond_what_can_be_scored_is_a_problem_at_its_cell(clerks: Run, tmp_path: Path) -> None:
    """Points of more than twelve digits are no points."""
    (tmp_path / "roles" / "clerk.yaml").write_text(CLERK.replace("at_least: -5, ", ""), "utf-8")
    done = clerks("E1,speed,10 E1,care,10 E1,late,900000000000", "--format", "csv")
    assert done.returncode == 1
    assert "a.csv:4:23: error" in done.stderr
    assert "[out-of-range]" in done.stderr


def test_a_negative_count_is_refused(clerks: Run) -> None:
    """Two deductions written as -2 would add points: the card is withheld, and the cell named."""
    done = clerks("E1,speed,10 E1,care,10 E1,late,-2", "--format", "csv")
    assert done.returncode == 1
    assert "a.csv:4:23: error: -2 is not a count of Lateness [negative-count]" in done.stderr
    assert "Cards: 0 scored, 1 withheld." in done.stderr
