"""What holds for every card, whatever the rules and the figures are: better is never less, and the points add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kpicard
from kpicard.cards.left_out import left_out
from tests.oracle import round2
from tests.random_months import Month, Row, folder_of, law, load, months, random_card, random_rules, write
from tests.random_rules import Extent, actual, number

VALUES = 10
"""How many actuals of a KPI are compared."""


def variants(random: Random, card: Sequence[Row], kpi: Mapping[str, Any], target: str) -> list[list[Row]]:
    """Return the same card with different actuals of one KPI, by rising actual."""
    values = {actual(random, kpi.get("scoring", {"method": "ratio"}), target) for _ in range(VALUES)}
    if "points_each" in kpi:
        values = {number(random, 0, 30) for _ in range(VALUES)}
    return [
        [
            row._replace(employee=f"{kpi['id']}-{index:02}", **({"actual": value} if row.kpi == kpi["id"] else {}))
            for row in card
        ]
        for index, value in enumerate(sorted(values, key=Fraction))
    ]


def standing(card: kpicard.Card, kpi: str, grades: Sequence[str]) -> tuple[Decimal, ...]:
    """Return what must not fall: the KPI's score and points, the total, and how good the grade is."""
    lines = {each.kpi.id: (each.score, each.points) for each in card.kpis}
    lines |= {each.adjustment.id: (each.points, each.points) for each in card.adjustments}
    ranks = [-grades.index(grade) for grade in (card.grade, card.grade_by_total) if grade]
    figures = (*lines[kpi], card.total)
    return (*(figure for figure in figures if figure is not None), *map(Decimal, ranks))


@law
@given(random=st.randoms(use_true_random=False), extent=st.sampled_from(["ordinary", "extreme"]))
def test_better_never_scores_less(tmp_path_factory: pytest.TempPathFactory, random: Random, extent: Extent) -> None:
    """One actual of a card is better, all else the same: no score, points, total or grade is worse."""
    department, roles = random_rules(random, extent)
    rules = load(folder := folder_of(tmp_path_factory), department, roles)
    role = roles[0]
    card = random_card(random, department, roles[:1], "E", extent)
    items = {item["id"]: item for item in (*role["kpis"], *role.get("adjustments", ()))}
    targets = {row.kpi: row.target or items[row.kpi].get("target", "") for row in card if row.kpi in items}
    tried = {id_: variants(random, card, item, targets[id_]) for id_, item in items.items()}
    rows = [row for cards in tried.values() for each in cards for row in each]
    scored = kpicard.score(rules, write(folder / "month.csv", rows), missing="zero")
    grades = [grade["grade"] for grade in department["grades"]]
    for id_, item in items.items():
        found = [standing(each, id_, grades) for each in scored.cards if each.employee.rpartition("-")[0] == id_]
        better = item.get("better", "higher" if Fraction(item.get("points_each", 1)) > 0 else "lower")
        if better == "lower":
            found.reverse()
        best = len(found)
        if better == "within" and found:
            best = max(range(best), key=lambda index: found[index][0])
        for worse, after in pairwise(found[: best + 1]):
            assert all(one <= two for one, two in zip(worse, after, strict=True))
        for before, worse in pairwise(found[best:]):
            assert all(one >= two for one, two in zip(before, worse, strict=True))


@law
@given(month=months(), missing=st.sampled_from(["refuse", "zero", "exclude"]))
def test_points_sum_to_the_total(
    tmp_path_factory: pytest.TempPathFactory, month: Month, missing: kpicard.Missing
) -> None:
    """The total is the sum of the points that stand on the card, rounded once; no card has one without a KPI.

    A card that leaves out more than it may has no grade.
    """
    folder = folder_of(tmp_path_factory)
    result = kpicard.score(month.load(folder), write(folder / "month.csv", month.rows), missing=missing)
    assert len(month.cards) == result.count + result.withheld
    most = Decimal(month.department.get("left_out_at_most", "100"))
    for card in result.cards:
        points = [each.points for each in card.kpis if each.points is not None]
        extra = [each.points for each in card.adjustments if each.points is not None]
        whole = sum(map(Fraction, [*points, *extra]), Fraction(0))
        assert (round2(whole) if points else None) == card.total
        assert (card.grade is None) == (card.coefficient is None)
        of_no_effect = left_out(card)
        is_graded = card.total is not None and (of_no_effect is None or of_no_effect.weight <= most)
        assert is_graded == (card.grade is not None)
        assert all((each.score is None) == (each.points is None) for each in card.kpis)
        weights = sum(card.role.share(each.kpi) for each in card.kpis if each.points is not None)
        assert weights == card.full_weight
        effective = [each.effective_weight for each in card.kpis if each.effective_weight is not None]
        # in sections each is a product kept to six decimals, which may miss 100 by a few millionths
        most_off = Decimal("0.00001") if card.role.weights == "in-section" else Decimal(0)
        assert abs((100 if points else 0) - sum(effective, Decimal(0))) <= most_off
        assert card.is_partial or effective == [
            card.role.share(each.kpi) for each in card.kpis if each.points is not None
        ]
        assert all(each.status == "scored" or each.score in {None, Decimal(0)} for each in card.kpis), (
            "what is not scored earns nothing"
        )
