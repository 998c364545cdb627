"""From cards to explanations. Nothing is scored here: the steps lead to the figures that the cards have."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from kpicard.cards.advice import Advice
from kpicard.cards.explanation.values import (
    AdjustmentSteps,
    Band,
    Explanation,
    Explanations,
    Formula,
    KpiSteps,
    inner,
    line_through,
    sum_of,
)
from kpicard.cards.scorecards import Scorecards
from kpicard.cards.values import Adjusted, Card, Scored
from kpicard.numbers import DECIMALS, POINTS, from_millionths, plain, round2, to_millionths
from kpicard.rules.models import FULL, Department
from kpicard.rules.rules import Rules, held_in
from kpicard.rules.scoring.curve import Place
from kpicard.units import unit_of


class _Target(NamedTuple):
    since: str | None
    is_own: bool


def explain_kpi(scored: Scored, card: Card, rules: Rules, department: Department, last: str) -> KpiSteps:
    """Return the steps of one KPI of a card; `last` is the card's period, of a longer one its last month."""
    curve = scored.kpi.curve(department.cap)
    x = curve.x(scored.actual, scored.target, scored.attainment)
    place = None if scored.score is None or x is None else curve.place(x)
    target = _target(scored, card, rules, last)
    ratio = _ratio(scored)
    return KpiSteps(
        scored=scored,
        curve=curve,
        since=target.since,
        is_own_target=target.is_own,
        division=_division(scored),
        ratio=ratio,
        attainment=_attainment(scored, ratio),
        gap=_gap(scored, x) if curve.axis == "gap" else None,
        place=place,
        score=_score_step(scored, place),
        effective_weight=_effective_weight(scored, card) if card.has_effective_weights else None,
        points=_points(scored),
    )


def _target(scored: Scored, card: Card, rules: Rules, last: str) -> _Target:
    """Find out where the target comes from; that of a longer period is brought together from its months'."""
    if card.rollup or scored.target is None:
        return _Target(None, is_own=False)
    if scored.target != scored.kpi.target:
        return _Target(None, is_own=True)
    role = held_in(rules.versions.get(card.role.id, ()), last)
    written = next((kpi.targets for kpi in role.kpis if kpi.id == scored.kpi.id), {}) if role else {}
    return _Target(max((start for start in written if start and start <= last), default=None), is_own=False)


def _division(scored: Scored) -> Formula | None:
    if scored.numerator is None or scored.denominator is None or scored.actual is None:
        return None
    unit = unit_of(scored.kpi.unit)
    factor = int(100 / unit.scale) if unit.kind == "percent" else 1
    times = "" if factor == 1 else f"{factor} × "
    numerator = plain(scored.numerator) if factor == 1 else inner(scored.numerator)
    value = factor * Fraction(scored.numerator) / Fraction(scored.denominator)
    return Formula(f"{times}{numerator} ÷ {plain(scored.denominator)}", value, scored.actual, DECIMALS)


def _ratio(scored: Scored) -> Formula | None:
    if scored.attainment is None or scored.actual is None or scored.target is None:
        return None
    value = 100 * Fraction(scored.actual) / Fraction(scored.target)
    return Formula(f"100 × {inner(scored.actual)} ÷ {plain(scored.target)}", value, round2(value))


def _attainment(scored: Scored, ratio: Formula | None) -> Formula | None:
    if ratio is None or scored.attainment is None or scored.kpi.better != "lower":
        return None
    shown = f"({ratio.result:f})" if ratio.result < 0 else f"{ratio.result:f}"
    return Formula(f"200 − {shown}", 200 - Fraction(ratio.result), scored.attainment)


def _gap(scored: Scored, gap: Decimal | None) -> Formula | None:
    if gap is None or scored.actual is None or scored.target is None:
        return None
    return Formula(f"{plain(scored.actual)} − {inner(scored.target)}", Fraction(gap), gap, DECIMALS)


def _score_step(scored: Scored, place: Place | None) -> Formula | None:
    if place is None or scored.score is None:
        return None
    if place.kind == "line" and place.low and place.high:
        text, value = line_through((place.low.x, place.low.score), (place.high.x, place.high.score), place.x)
        return Formula(text, value, scored.score)
    # flat, or the attainment itself: a number with at most six decimals
    return Formula(plain(from_millionths(int(place.score * 10**DECIMALS))), place.score, scored.score)


def _effective_weight(scored: Scored, card: Card) -> Formula | None:
    """Return the share of the weights that count; by a ten-thousandth it may be another, so that all sum to 100."""
    if scored.effective_weight is None:
        return None
    role = card.role
    counted = [each.kpi for each in card.kpis if each.points is not None]
    own, section = scored.kpi.weight, role.section_weight(scored.kpi)
    if role.weights != "in-section":
        text, value = _scaled(own, from_millionths(sum(to_millionths(each.weight) for each in counted)))
        return Formula(text, value, scored.effective_weight, POINTS)
    beside = sum(to_millionths(each.weight) for each in counted if each.section == scored.kpi.section)
    sections = {each.section: role.section_weight(each) for each in counted}
    text, value = _scaled(own, from_millionths(beside))
    of, part = _scaled(section, from_millionths(sum(map(to_millionths, sections.values()))))
    return Formula(f"{text} × {of} ÷ 100", value * part / 100, scored.effective_weight, DECIMALS)


def _scaled(weight: Decimal, whole: Decimal) -> tuple[str, Fraction]:
    """Write the share of those weights that count, which is the weight itself where all do."""
    if whole == FULL:
        return plain(weight), Fraction(weight)
    return f"{plain(weight)} × 100 ÷ {plain(whole)}", 100 * Fraction(weight) / Fraction(whole)


def _points(scored: Scored) -> Formula | None:
    if scored.points is None or scored.score is None or scored.effective_weight is None:
        return None
    value = Fraction(scored.score) * Fraction(scored.effective_weight) / Fraction(scored.kpi.full)
    shown = f"({scored.score:f})" if scored.score < 0 else f"{scored.score:f}"
    return Formula(
        f"{shown} × {plain(scored.effective_weight)} ÷ {plain(scored.kpi.full)}", value, scored.points, POINTS
    )


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
    """Return the band that the total lies in, whatever limits make of it."""
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
    if card.bonus is None or card.base is None or card.pay is None:
        return None
    return Formula(f"{plain(card.base)} × {card.pay.words}", Fraction(card.bonus), card.bonus)
