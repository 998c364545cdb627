"""Advice on random cards: scored for real, by the oracle, it reaches the next grade, and the least less does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from kpicard.cards.advice import Advice, Step, plans
from kpicard.cards.values import Card
from tests import oracle
from tests.oracle_months import Missing, Month

MILLIONTH = Decimal("0.000001")


class Advised:
    """A random month with the advice for its cards, and the oracle's judgement of other actuals."""

    def __init__(self, folder: Path, seed: str, missing: Missing) -> None:
        self.month = Month(folder, seed, "extreme" if "extreme" in seed else "ordinary")
        self.missing = missing
        self.result = self.month.scored(missing)
        self.roles = {role["id"]: role for role in self.month.roles}
        self.ranks = {grade["grade"]: rank for rank, grade in enumerate(self.month.department["grades"])}

    def pairs(self) -> Iterator[tuple[Card, Advice]]:
        for card in self.result.cards:
            if card.key in self.result.advice:
                yield card, self.result.advice[card.key]

    def kpi(self, card: Card, id_: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = next(kpi for kpi in self.roles[card.role.id]["kpis"] if kpi["id"] == id_)
        return found

    def scored(self, card: Card, actuals: Mapping[str, Decimal]) -> oracle.Card | None:
        """Score the card's cells for real, with other actuals."""
        cells = self.month.cards[card.role.id, card.employee]
        changed = {id_: (f"{actual:f}", cells[id_][1]) for id_, actual in actuals.items()}
        return oracle.card(self.roles[card.role.id], self.month.department, {**cells, **changed}, self.missing)

    def reaches(self, card: Card, actuals: Mapping[str, Decimal]) -> bool:
        """Whether the card gets a better grade with these actuals."""
        found = self.scored(card, actuals)
        return found is not None and self.ranks[found.grade or ""] < self.ranks[card.grade or ""]


SEEDS: list[tuple[str, Missing]] = [
    ("advice-1", "zero"),
    ("adjusted-advice-2", "exclude"),
    ("extreme-advice", "refuse"),
]
MORE_SEEDS: list[tuple[str, Missing]] = [("advice-2", "exclude"), ("adjusted-advice", "zero")]
PARAMETERS = [
    *(pytest.param(seed, id=seed[0]) for seed in SEEDS),
    *(pytest.param(seed, id=seed[0], marks=pytest.mark.slow) for seed in MORE_SEEDS),
]


@pytest.fixture(scope="module", params=PARAMETERS)
def advised(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Advised:
    return Advised(tmp_path_factory.mktemp("advice"), *request.param)


def figures_of(step: Step) -> list[Decimal]:
    """Return the figures of the card whose decimals a step has."""
    return [each for each in (step.scored.target, step.scored.actual) if each is not None] or [Decimal(0)]


def decimals(value: Decimal) -> int:
    return len(f"{value:f}".rstrip("0").partition(".")[2])


def less_good(step: Step) -> list[Decimal]:
    """Return the actuals that are one millionth less good; from nothing, a range has two sides to be worse on."""
    if step.scored.kpi.better == "within" and step.scored.actual is not None:
        return [step.least + (MILLIONTH if step.scored.actual > step.least else -MILLIONTH)]
    worse = {"higher": [-MILLIONTH], "lower": [MILLIONTH], "within": [-MILLIONTH, MILLIONTH]}
    return [step.least + change for change in worse[step.scored.kpi.better]]


def test_the_advised_actual_reaches_the_next_grade_and_one_millionth_less_does_not(advised: Advised) -> None:
    """For each KPI alone; what is shown has the decimals of the KPI's figures, with the score that it earns itself."""
    steps = 0
    for card, advice in advised.pairs():
        for step in advice.alone:
            id_ = step.scored.kpi.id
            found = advised.scored(card, {id_: step.actual})
            assert found is not None
            assert advised.ranks[found.grade or ""] <= advised.ranks[advice.grade]
            (figure,) = [figure for figure in found.figures if figure.kpi == id_]
            assert (f"{step.score:f}", f"{step.points:f}") == (figure.score, figure.points)
            assert not all(advised.reaches(card, {id_: actual}) for actual in less_good(step))
            assert step.actual == step.least or decimals(step.actual) <= max(map(decimals, figures_of(step)))
            assert abs(step.actual - step.least) < Decimal(10) ** -max(map(decimals, figures_of(step)))
            steps += 1
    assert steps > 200


def test_a_kpi_without_advice_cannot_do_it_alone(advised: Advised) -> None:
    """No actual at a corner of its curve, nor at the ends of what can be read, reaches a better grade."""
    silent = 0
    for card, advice in advised.pairs():
        for id_ in {scored.kpi.id for scored in card.kpis if scored.points is not None} - {
            step.scored.kpi.id for step in advice.alone
        }:
            assert not any(advised.reaches(card, {id_: actual}) for actual in corners(advised, card, id_))
            silent += 1
        if silent > 300:  # the oracle is slow
            break
    assert silent > 100


def corners(advised: Advised, card: Card, id_: str) -> list[Decimal]:
    """Return the actuals at the ends of the pieces of a KPI's curve."""
    kpi = advised.kpi(card, id_)
    scoring = kpi.get("scoring", {"method": "ratio"})
    xs = [Fraction(x) for x, _ in scoring.get("points", ())]
    xs += [Fraction(band[key]) for band in scoring.get("bands", ()) for key in band if key != "score"]
    axis = scoring.get("axis", "attainment" if scoring["method"] in {"ratio", "step"} else "actual")
    if scoring["method"] == "ratio":
        xs = [Fraction(scoring.get("cap", advised.month.department["cap"]))]
    if scoring["method"] == "step":
        xs = [count * Fraction(scoring["size"]) + 100 * (axis == "attainment") for count in range(-200, 200, 23)]
    target = next(scored.target for scored in card.kpis if scored.kpi.id == id_)
    if axis == "gap":
        xs = [x + Fraction(target or 0) for x in xs]
    if axis == "attainment":
        xs = [(200 - x if kpi["better"] == "lower" else x) * Fraction(target or 0) / 100 for x in xs]
    read = [Decimal(oracle.plain(oracle.rounded(x, 6)) or "") for x in xs]
    ends = [Decimal("999999999999.999999"), Decimal("-999999999999.999999")]
    return [*ends, *(x for x in read if abs(x) < 10**11)]


def test_all_changes_together_reach_it_and_cost_no_more_than_one_alone(advised: Advised) -> None:
    """The combination is scored for real, too; what a KPI could do alone is never cheaper."""
    for card, advice in advised.pairs():
        measured = [step for step in advice.alone if step.scored.actual is not None and (step.scored.target or 0) > 0]
        if advice.together:
            assert advised.reaches(card, {step.scored.kpi.id: step.actual for step in advice.together})
            assert advice.is_cheapest or any(each.kpi.scoring.method == "step" for each in card.kpis)
            assert all(cost([step]) >= cost(advice.together) for step in measured)
        else:
            assert [] == measured


def cost(steps: list[Step] | tuple[Step, ...]) -> Fraction:
    """Return the sum of the changes, each as a part of its target."""
    return sum(
        (
            abs(Fraction(step.least) - Fraction(step.scored.actual or 0)) / Fraction(step.scored.target or 0)
            for step in steps
        ),
        Fraction(0),
    )


def test_no_combination_on_a_grid_is_cheaper(advised: Advised) -> None:
    """Brute force: whatever gains 0.01 points more for each KPI, beyond what rounding gives, costs at least as much."""
    compared = 0
    for card, advice in advised.pairs():
        movable = [each for each in card.kpis if each.actual is not None and (each.target or 0) > 0]
        if advice.together and 2 <= len(movable) <= 3 and not card.vetoes:
            lacking = advice.lacking + Decimal("0.01") * len(movable)
            *others, last = (grid(advised, card, scored.kpi.id) for scored in movable)
            for way in product(*others):
                rest = lacking - sum(gain for gain, _ in way)
                cheapest = min((part for gain, part in last if gain >= rest), default=None)
                assert cheapest is None or cost(advice.together) <= cheapest + sum(part for _, part in way)
            compared += 1
    assert compared > 20


def grid(advised: Advised, card: Card, id_: str) -> list[tuple[Decimal, Fraction]]:
    """Return what a KPI gains and what that costs: as it is, at the corners of its curve, and in even steps between.

    Actuals that gain no more than cheaper ones are left out.
    """
    kpi = advised.kpi(card, id_)
    scored = next(scored for scored in card.kpis if scored.kpi.id == id_)
    present, target = Fraction(scored.actual or 0), Fraction(scored.target or 0)
    actuals = {Fraction(x) for x in corners(advised, card, id_) if abs(x) < 10**11}
    actuals |= {oracle.rounded(present + target * part / 20, 6) for part in range(-20, 21)}
    found: list[tuple[Decimal, Fraction]] = []
    near = (actual for actual in actuals if abs(actual - target) <= 10**12)
    for actual in sorted(near, key=lambda actual: abs(actual - present)):
        try:
            x = oracle.x_of(kpi, target, actual, oracle.attainment(kpi, target, actual))
        except oracle.OutOfRangeError:  # so small a target that a step of a millionth goes beyond every attainment
            continue
        score = oracle.scored_at(kpi, Fraction(advised.month.department["cap"]), x)
        weight = Fraction(scored.effective_weight or 0)
        points = oracle.show(oracle.rounded(score * weight / oracle.full_marks(kpi), 4), 4)
        gain = Decimal(points or 0) - (scored.points or 0)
        if not found or gain > found[-1][0]:
            found.append((gain, abs(actual - present) / target))
    return found


def test_the_engine_agrees_to_all_that_is_planned(advised: Advised) -> None:
    """The check is a safeguard: no step is lost by it."""
    planned = 0
    for card, plan in plans(advised.result.cards, advised.result._numbered):  # noqa: SLF001 - the rules by number
        advice = advised.result.advice[card.key]
        assert [*plan.alone] == [step.scored.kpi.id for step in advice.alone]
        assert {*plan.together} == {step.scored.kpi.id for step in advice.together}
        planned += len(plan.alone) + len(plan.together)
    assert planned > 300


def test_the_next_grade_is_the_one_above_the_final_grade(advised: Advised) -> None:
    """Each card below the best grade has advice, for the grade just above; not one that a count holds down."""
    grades = advised.month.department["grades"]
    for card in advised.result.cards:
        advice = advised.result.advice.get(card.key)
        rank = advised.ranks[card.grade] if card.grade else 0
        held = [advised.ranks[line.adjustment.veto.grade_at_most] for line in card.red_lines if line.adjustment.veto]
        assert (rank > 0 and max(held, default=0) < rank) == (advice is not None)
        if advice:
            assert grades[rank - 1]["grade"] == advice.grade
            assert Decimal(grades[rank - 1]["from"]) == advice.from_
