"""N/A that cannot be used as a lever: reasons, KPIs that are always applicable, and cards without a grade."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import kpicard
from kpicard.cards.left_out import left_out

Run = Callable[..., subprocess.CompletedProcess[str]]

DEPARTMENT = """\
title: Shop
not_applicable: with-reason
left_out_at_most: 50
grades: [{grade: A, from: 90, coefficient: 1.2}, {grade: B, from: 0, coefficient: 1}]
quota: {A: 1}
"""
CLERK = """\
id: clerk
title: Clerk
kpis:
  - {id: speed, name: Speed, weight: 60, better: higher, target: 10}
  - {id: care, name: Care, weight: 30, better: higher, target: 10}
  - {id: safety, name: Safety, weight: 10, better: higher, target: 10, not_applicable: never}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A department that wants reasons, with a role of three KPIs."""
    (tmp_path / "roles").mkdir()
    (tmp_path / "roles" / "department.yaml").write_text(DEPARTMENT, encoding="utf-8")
    (tmp_path / "roles" / "clerk.yaml").write_text(CLERK, encoding="utf-8")
    return tmp_path


def score(shop: Path, *rows: str) -> kpicard.Scorecards:
    """Score rows of a wide file: employee, speed, care, safety, base and reason."""
    lines = ["period,employee,role,speed,care,safety,base,reason", *(f"2026-10,{row}" for row in rows)]
    (shop / "m.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    rules, problems = kpicard.load(shop / "roles")
    assert () == problems
    return kpicard.score(rules, shop / "m.csv")


def test_not_applicable_without_its_reason_withholds_the_card(shop: Path) -> None:
    """The problem stands at the cell; who gives a reason has a card, which says it."""
    result = score(shop, "E1,clerk,10,N/A,10,,", "E2,clerk,10,N/A,10,,on leave")
    (problem,) = result.problems
    assert (problem.code, problem.line, problem.column) == ("no-reason", 2, 21)
    (card,) = result.cards
    assert (card.employee, [each.reason for each in card.kpis]) == ("E2", [None, "on leave", None])


def test_a_kpi_that_is_always_applicable_cannot_be_left_out(shop: Path) -> None:
    """Whatever the reason."""
    result = score(shop, "E1,clerk,10,10,N/A,,on leave")
    assert [each.code for each in result.problems] == ["never-not-applicable"]
    assert () == result.cards


def test_a_card_with_too_much_left_out_has_a_total_and_no_grade(shop: Path) -> None:
    """It has no bonus, and counts in no quota; at the limit there is a grade."""
    result = score(shop, "E1,clerk,N/A,10,10,1000,ill", "E2,clerk,10,N/A,10,1000,ill")
    ungraded, graded = result.cards
    assert (f"{ungraded.total}", ungraded.grade, ungraded.coefficient, ungraded.bonus) == ("100.00", None, None, None)
    assert (f"{graded.total}", graded.grade, f"{graded.bonus}") == ("100.00", "A", "1200")
    (summary,) = result.summaries
    assert summary.quotas is not None
    assert [(use.grade, use.people, use.count) for use in summary.quotas] == [("A", 1, 1)]
    totals = [found.total_with_zero for card in result.cards if (found := left_out(card))]
    assert [f"{total}" for total in totals] == ["40.00", "70.00"]


def test_a_quarter_with_a_month_without_a_grade_has_none(shop: Path) -> None:
    """Its total is the mean of the months all the same."""
    score(shop, "E1,clerk,N/A,10,10,,ill")
    months = (shop / "m.csv").read_text("utf-8")
    (shop / "m.csv").write_text(f"{months}2026-11,E1,clerk,8,10,10,,\n", encoding="utf-8")
    (card,) = kpicard.score(kpicard.load(shop / "roles")[0], shop / "m.csv", by="quarter").cards
    assert (f"{card.total}", card.grade, card.coefficient) == ("94.00", None, None)


def test_a_tidy_table_keeps_the_reasons(kpicard: Run, shop: Path) -> None:
    """So that it is scored as the file that it was made from."""
    score(shop, "E1,clerk,10,N/A,10,,on leave")
    kpicard("tidy", "m.csv", "--output", "tidy.csv", cwd=shop)
    from_tidy = kpicard("score", "tidy.csv", "--format", "json", cwd=shop)
    assert '"reason": "on leave"' in from_tidy.stdout
    assert kpicard("score", "m.csv", "--format", "json", cwd=shop).stdout == from_tidy.stdout
