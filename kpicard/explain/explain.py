"""From cards to explanations. Nothing is scored here: the steps lead to the figures that the cards have."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from kpicard.advice.values import Advice
from kpicard.card import Adjusted, Card, Scored
from kpicard.explain.formula import Formula, inner, sum_of
from kpicard.explain.kpi import explain_kpi
from kpicard.explain.values import AdjustmentSteps, Band, Explanation, Explanations
from kpicard.numbers import POINTS, plain
from kpicard.rules.models import Department
from kpicard.rules.rules import Rules, held_in
from kpicard.scorecards import Scorecards


def explain_all(result: Scorecards) -> Explanations:
    """Return the explanation of every card of a result."""
    return Explanations(
        tuple(explain(card, result.rules, result.advice.get(card.key)) for card in result.cards), result.withheld_cards
    )


def explain(card: Card, rules: Rules, advice: Advice | None = None) -> Explanation:
    """Return how a card's figures come about; `rules` are those that it was scored by.

    Raises ValueError for rules that have no department in the card's period: they cannot have scored it.
    """
    last = card.months[-1].period if card.months else card.period
    department = held_in(rules.departments, last)
    if department is None:
        message = f"these rules do not score {card.period}"
        raise ValueError(message)
    return Explanation(
        card=card,
        department=department,
        kpis=tuple(explain_kpi(scored, card, rules, department, last) for scored in card.kpis),
        adjustments=tuple(_adjustment(adjusted, is_month=card.rollup is None) for adjusted in card.adjustments),
        total=_mean(card) if card.rollup == "totals" else _sum(card),
        band=_band(card, department),
        bonus=_bonus(card),
        advice=advice,
    )


def _adjustment(adjusted: Adjusted, *, is_month: bool) -> AdjustmentSteps:
    if adjusted.actual is None or adjusted.points is None or not is_month:
        return AdjustmentSteps(adjusted, None, None)
    adjustment = adjusted.adjustment
    value = Fraction(adjusted.actual) * Fraction(adjustment.points_each)
    product = Formula(f"{plain(adjusted.actual)} × {inner(adjustment.points_each)}", value, adjusted.points, POINTS)
    if adjustment.at_least is not None and value < Fraction(adjustment.at_least):
        return AdjustmentSteps(adjusted, product, ("at-least", adjustment.at_least))
    if adjustment.at_most is not None and value > Fraction(adjustment.at_most):
        return AdjustmentSteps(adjusted, product, ("at-most", adjustment.at_most))
    return AdjustmentSteps(adjusted, product, None)


def _sum(card: Card) -> Formula | None:
    lines: tuple[Scored | Adjusted, ...] = (*card.kpis, *card.adjustments)
    points = [line.points for line in lines if line.points is not None]
    if card.total is None:
        return None
    return Formula(sum_of(points), sum(map(Fraction, points), Fraction(0)), card.total)


def _mean(card: Card) -> Formula | None:
    totals = [month.total for month in card.months if month.total is not None]
    if card.total is None or not totals:
        return None
    whole = sum(map(Fraction, totals), Fraction(0))
    text = sum_of(totals) if len(totals) == 1 else f"({sum_of(totals)}) ÷ {len(totals)}"
    return Formula(text, whole / len(totals), card.total)


def _band(card: Card, department: Department) -> Band | None:
    """Return the band that the total lies in, whatever vetoes make of it."""
    if card.total is None:
        return None
    better: Decimal | None = None
    for grade in department.grades:
        is_last = grade is department.grades[-1]
        if is_last or card.total >= grade.from_:
            return Band(grade, better, is_last)
        better = grade.from_
    return None


def _bonus(card: Card) -> Formula | None:
    if card.bonus is None or card.base is None or card.coefficient is None:
        return None
    value = Fraction(card.base) * Fraction(card.coefficient)
    return Formula(f"{plain(card.base)} × {plain(card.coefficient)}", value, card.bonus)
