"""The whole department: how totals lie, quotas, totals over several roles, and what they are summed up from."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kpicard
from kpicard.cards.summary import spread, summarise
from kpicard.cards.summary_values import Combined, Summary
from kpicard.cards.values import Card, Pay
from kpicard.numbers import from_hundredths, round2
from kpicard.rules.fields import allowed, limit_at
from kpicard.rules.models import Department, Kpi, Role
from kpicard.rules.rules import Rules

GRADES = (("A", 90, "1.2"), ("B", 60, "1"), ("C", 0, "0.5"))
TOTALS = st.lists(st.integers(-10_000, 15_000), min_size=1, max_size=40)


def department(**quota: object) -> Department:
    grades = [{"grade": grade, "from": lowest, "coefficient": coefficient} for grade, lowest, coefficient in GRADES]
    return Department.model_validate({"title": "Shop", "grades": grades, "quota": quota})


def card(employee: str, total: str | None, role: str = "clerk", **more: Any) -> Card:
    """Return a card with a total, graded by it."""
    kpi = Kpi.model_validate({"id": "speed", "name": "Speed", "weight": 100, "better": "higher", "target": 10})
    value = None if total is None else Decimal(total)
    grade = None if value is None else next(name for name, lowest, _ in GRADES if value >= lowest or name == "C")
    values: dict[str, Any] = {
        "period": "2026-10",
        "name": None,
        "team": None,
        "kpis": (),
        "adjustments": (),
        "grade": grade,
        "coefficient": (factor := next((Decimal(factor) for name, _, factor in GRADES if name == grade), None)),
        "pay": Pay(factor),
        "grade_by_total": grade,
        "rules": "0" * 16,
        **more,
    }
    return Card(employee=employee, total=value, role=Role(id=role, title=role.title(), kpis=(kpi,)), **values)


def of(*cards: Card, **quota: object) -> Summary:
    """Return the summary of the cards of one period."""
    (summary,) = summarise(cards, Rules((department(**quota),)))
    return summary


def several(totals: Sequence[int]) -> list[Card]:
    return [card(f"E{number}", f"{from_hundredths(total):f}") for number, total in enumerate(totals)]


@given(TOTALS)
def test_mean_and_median_are_exact(totals: list[int]) -> None:
    """As whole fractions have them, rounded half away from zero."""
    found = spread(several(totals), department())
    assert round2(Fraction(sum(totals), len(totals) * 100)) == found.mean
    assert round2(Fraction(median(map(Fraction, totals))) / 100) == found.median
    assert (from_hundredths(min(totals)), from_hundredths(max(totals))) == (found.lowest, found.highest)


@given(TOTALS)
def test_the_deviation_is_the_nearest_hundredth(totals: list[int]) -> None:
    """The square of half a hundredth less is not above the variance, and that of half a hundredth more is."""
    deviation = spread(several(totals), department()).deviation
    mean = Fraction(sum(totals), len(totals))
    variance = sum(((total - mean) ** 2 for total in totals), Fraction(0)) / len(totals)
    assert deviation is not None
    nearest = Fraction(deviation) * 100
    assert max(nearest - Fraction(1, 2), Fraction(0)) ** 2 <= variance < (nearest + Fraction(1, 2)) ** 2


def test_every_grade_of_the_scale_is_counted() -> None:
    """Also one that nobody has; who is not assessed is counted as a card without one."""
    whole = of(card("E1", "95"), card("E2", "90"), card("E3", "59.99"), card("E4", None)).whole
    assert {"A": 2, "B": 0, "C": 1} == whole.grades
    assert ["A", "B", "C"] == list(whole.grades)
    assert (4, 3) == (whole.cards, whole.assessed)


def test_where_nobody_is_assessed_there_is_no_mean() -> None:
    """Nothing is made of nothing."""
    whole = of(card("E1", None)).whole
    assert (None,) * 6 == (whole.mean, whole.median, whole.lowest, whole.highest, whole.deviation, whole.bonus)


def test_equal_totals_share_a_rank() -> None:
    """The next one is as far down as there are people above; who is not assessed comes last, without a rank."""
    ranking = of(card("E1", "80"), card("E2", "90"), card("E3", None), card("E4", "90"), card("E5", "70")).ranking
    expected = [(1, "E2"), (1, "E4"), (3, "E1"), (4, "E5"), (None, "E3")]
    assert expected == [(rank, each.employee) for rank, each in ranking]


def test_roles_and_teams_are_groups() -> None:
    """Roles by id, teams by name, and last those who name none; without any team there are no such groups."""
    cards = (card("E1", "80", team="Z"), card("E2", "70", "packer"), card("E3", "60", team="A"))
    summary = of(*cards)
    assert ["clerk", "packer"] == [group.role.id for group in summary.by_role if group.role]
    assert [Decimal("70.00"), Decimal("70.00")] == [group.spread.mean for group in summary.by_role]
    assert ["A", "Z", None] == [group.team for group in summary.by_team]
    assert () == of(card("E1", "80")).by_team


def test_figures_keep_every_digit() -> None:
    """Whatever precision the caller's decimals have: the sum of the bonuses, and what the totals come to."""
    with localcontext() as context:
        context.prec = 3
        cards = (card("E1", "95.05", base=Decimal("123456789012.345678")), card("E2", "60", base=Decimal("0.000001")))
        whole = of(*cards, card("E3", "60")).whole
    assert Decimal("148148146814.8148146") == whole.bonus
    assert 2 == whole.bonuses
    assert (Decimal("95.05"), Decimal("71.68")) == (whole.highest, whole.mean)


def test_each_period_has_its_own_summary_by_the_scale_that_held_then() -> None:
    """The department's version of the period, not the newest."""
    newest = Department.model_validate(
        {"title": "Shop", "from": "2026-11", "grades": [{"grade": "X", "from": 0, "coefficient": 1}]}
    )
    summaries = summarise([card("E1", "80", period="2026-11"), card("E1", "70")], Rules((department(), newest)))
    assert [("2026-10", ["A", "B", "C"]), ("2026-11", ["X"])] == [
        (each.period, list(each.whole.grades)) for each in summaries
    ]


# Totals over several roles


def combined(*cards: Card) -> Combined:
    (found,) = of(*cards).combined
    return found


def test_several_roles_are_weighted_by_days() -> None:
    """(100 × 10 + 85 × 12) ÷ 22 = 91.818…"""
    found = combined(card("E1", "100", days=Decimal(10)), card("E1", "85", "packer", days=Decimal(12)))
    assert ("days", Decimal("91.82"), "A", Decimal("1.2")) == (found.by, found.total, found.grade, found.coefficient)


def test_days_come_before_shares_where_both_are_given() -> None:
    """And shares are used where not every card has days."""
    both: dict[str, Any] = {"days": Decimal(10), "share": Decimal(1)}
    first = combined(card("E1", "100", **both), card("E1", "80", "packer", days=Decimal(10), share=Decimal(99)))
    assert ("days", Decimal("90.00")) == (first.by, first.total)
    second = combined(card("E1", "100", **both), card("E1", "80", "packer", share=Decimal(99)))
    assert ("share", Decimal("80.20")) == (second.by, second.total)


def test_with_days_on_only_some_cards_there_is_no_combined_total() -> None:
    """Nor for an employee with a single role."""
    assert () == of(card("E1", "100", days=Decimal(10)), card("E1", "80", "packer")).combined
    assert () == of(card("E1", "100", days=Decimal(10)), card("E2", "80", "packer", days=Decimal(9))).combined


def test_a_card_that_is_not_assessed_is_left_out() -> None:
    """The rest makes the total; where no card counts there is none."""
    rest = combined(card("E1", "100", days=Decimal(10)), card("E1", None, "packer", days=Decimal(12)))
    assert Decimal("100.00") == rest.total
    none = combined(card("E1", "100", days=Decimal(0)), card("E1", None, "packer", days=Decimal(12)))
    assert (None, None, None) == (none.total, none.grade, none.coefficient)


@given(
    st.lists(st.tuples(st.integers(0, 12_000), st.integers(1, 31)), min_size=2, max_size=5),
)
def test_a_combined_total_lies_between_its_parts(parts: list[tuple[int, int]]) -> None:
    """And is the exact weighted mean, rounded once."""
    cards = [
        card("E1", f"{from_hundredths(total):f}", f"role-{number}", days=Decimal(days))
        for number, (total, days) in enumerate(parts)
    ]
    expected = Fraction(sum(total * days for total, days in parts), 100 * sum(days for _, days in parts))
    assert round2(expected) == combined(*cards).total


ROLE = """\
id: {id}
title: {id}
kpis:
  - {{id: {id}-pace, name: {id} pace, weight: 100, better: higher, target: 10,
     veto: {{score_below: 60, grade_at_most: {grade}}}}}
"""
DEPARTMENT = """\
title: Shop
grades:
  - {grade: A, from: 90, coefficient: 1.2}
  - {grade: B, from: 60, coefficient: 1}
  - {grade: C, from: 0, coefficient: 0.5}
"""


@pytest.fixture
def roles(tmp_path: Path) -> Path:
    """Two roles with a veto each: the packer's leaves a B at best, the clerk's a C."""
    folder = tmp_path / "roles"
    folder.mkdir()
    (folder / "department.yaml").write_text(DEPARTMENT, "utf-8")
    for id_, grade in (("packer", "B"), ("clerk", "C")):
        (folder / f"{id_}.yaml").write_text(ROLE.format(id=id_, grade=grade), "utf-8")
    return folder


def score(roles: Path, text: str, missing: kpicard.Missing = "refuse") -> kpicard.Scorecards:
    file = roles.parent / "2026-10.csv"
    file.write_text(text, "utf-8")
    return kpicard.score(kpicard.load(roles).rules, file, missing=missing)


@pytest.mark.parametrize(
    ("packer", "clerk", "total", "grade"),
    [
        ("5.9,1", "12,30", "118.03", "B"),
        ("12,30", "5.9,1", "118.03", "C"),
        ("5.9,1", "5.9,30", "59.00", "C"),
        ("5.9,0", "12,31", "120.00", "A"),
        ("12,1", "12,30", "120.00", "A"),
    ],
)
def test_the_strictest_veto_of_a_part_holds_for_the_whole(
    roles: Path, packer: str, clerk: str, total: str, grade: str
) -> None:
    """Whatever the combined total; a role of no days has no part in it."""
    text = f"employee,role,kpi,actual,days\nE1,packer,packer-pace,{packer}\nE1,clerk,clerk-pace,{clerk}\n"
    (summary,) = score(roles, text).summaries
    (found,) = summary.combined
    assert (Decimal(total), grade) == (found.total, found.grade)


def test_where_a_card_is_withheld_there_is_no_combined_total(roles: Path) -> None:
    """A mean without it would be a wrong one; the summary names whose card it is."""
    text = "employee,role,kpi,actual,days\nE1,packer,packer-pace,10,5\nE1,clerk,clerk-pace,,5\n"
    (summary,) = score(roles, text).summaries
    (found,) = summary.combined
    assert (None, ["clerk"]) == (found.total, [each.role.id for each in found.withheld])
    assert ["E1"] == [each.employee for each in summary.withheld]


# Quotas


@pytest.mark.parametrize(
    ("limit", "people", "expected"),
    [("10%", 24, 2), ("10%", 9, 0), ("33.3%", 100, 33), ("100%", 7, 7), ("0%", 7, 0), ("3", 2, 3), ("0", 9, 0)],
)
def test_a_share_of_the_people_is_rounded_down(limit: str, people: int, expected: int) -> None:
    """Nobody is a part of a person; a number is that number."""
    assert expected == allowed(limit, people)


@pytest.mark.parametrize(("people", "limit"), [(1, "1"), (5, "1"), (6, "2"), (20, "2"), (21, "10%")])
def test_a_quota_by_headcount_takes_the_first_that_fits(people: int, limit: str) -> None:
    """Up to and including the number; above all of them `else`."""
    assert limit == limit_at({"up_to_5": "1", "up_to_20": "2", "else": "10%"}, people)


def over(*cards: Card, **quota: object) -> list[tuple[str, int, list[str]]]:
    return [(use.grade, use.allowed, [each.employee for each in use.over]) for use in of(*cards, **quota).quotas or ()]


def test_who_is_over_is_who_has_too_many_as_good() -> None:
    """The best are within; all others with that grade are over."""
    cards = (card("E1", "95"), card("E2", "99"), card("E3", "97"), card("E4", "70"))
    assert [("A", 2, ["E1"])] == over(*cards, A=2)
    assert [("A", 3, [])] == over(*cards, A="75%")
    assert [("A", 0, ["E2", "E3", "E1"]), ("B", 1, [])] == over(*cards, B=1, A="10%")


def test_a_tie_at_the_limit_is_over_as_a_whole() -> None:
    """Nothing tells the equal ones apart."""
    cards = (card("E1", "95"), card("E2", "99"), card("E3", "95"))
    assert [("A", 2, ["E1", "E3"])] == over(*cards, A=2)


def test_without_else_there_is_no_quota_for_more_people() -> None:
    """The department says nothing of them."""
    cards = (card("E1", "95"), card("E2", "99"))
    assert [] == over(*cards, A={"up_to_1": 1})
    assert [("A", 1, ["E1"])] == over(*cards, A={"up_to_2": 1})


def test_a_person_counts_once() -> None:
    """By the combined total where there is one, else by the best card; who is not assessed does not count."""
    parts = (card("E1", "100", days=Decimal(10)), card("E1", "70", "packer", days=Decimal(20)))
    others = (card("E2", "95"), card("E2", "50", "packer"), card("E3", None))
    (use,) = of(*parts, *others, A="50%").quotas or ()
    assert (2, 1, 1, ()) == (use.people, use.allowed, use.count, use.over)
    (by_combined,) = of(*parts, *others, B=0).quotas or ()
    assert [Decimal("80.00")] == [each.total for each in by_combined.over]


@given(st.lists(st.integers(9000, 9010), min_size=1, max_size=12), st.integers(0, 12))
def test_a_quota_is_never_exceeded_by_those_within(totals: list[int], most: int) -> None:
    """Whoever is within has at most as many equals or betters as are allowed; whoever is over has more."""
    cards = several(totals)
    (use,) = of(*cards, A=most).quotas or ()
    beyond = {each.employee for each in use.over}
    for each in cards:
        as_good = sum(
            other.total >= each.total for other in cards if other.total is not None and each.total is not None
        )
        assert (each.employee in beyond) == (as_good > most)


def test_a_quota_changes_no_grade_and_no_fingerprint(roles: Path) -> None:
    """It is for people to decide what follows from it."""
    text = "employee,role,kpi,actual\nE1,packer,packer-pace,10\n"
    before = score(roles, text)
    (roles / "department.yaml").write_text(DEPARTMENT + "quota: {A: 0}\n", "utf-8")
    after = score(roles, text)
    assert before.cards == after.cards
    assert [("A", 0, ["E1"])] == [
        (use.grade, use.allowed, [each.employee for each in use.over]) for use in after.summaries[0].quotas or ()
    ]
