"""The steps from one KPI's actual to its points."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from kpicard.card import Card, Scored
from kpicard.explain.formula import Formula, inner, line_through
from kpicard.explain.place import Place, place_on
from kpicard.explain.values import KpiSteps
from kpicard.numbers import DECIMALS, POINTS, from_millionths, plain, round2
from kpicard.quantities.units import unit_of
from kpicard.rules.models import Department
from kpicard.rules.rules import Rules, held_in


class _Target(NamedTuple):
    since: str | None
    is_own: bool


def explain_kpi(scored: Scored, card: Card, rules: Rules, department: Department, last: str) -> KpiSteps:
    """Return the steps of one KPI of a card; `last` is the card's period, of a longer one its last month."""
    curve = scored.kpi.curve(department.cap)
    x = scored.actual if curve.axis == "actual" else scored.attainment
    place = None if scored.score is None or x is None else place_on(curve, x)
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
        place=place,
        score=_score(scored, place),
        effective_weight=_effective_weight(scored, card) if card.is_partial else None,
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


def _score(scored: Scored, place: Place | None) -> Formula | None:
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
    value = 100 * Fraction(scored.kpi.weight) / Fraction(card.full_weight)
    text = f"{plain(scored.kpi.weight)} × 100 ÷ {plain(card.full_weight)}"
    return Formula(text, value, scored.effective_weight, POINTS)


def _points(scored: Scored) -> Formula | None:
    if scored.points is None or scored.score is None or scored.effective_weight is None:
        return None
    value = Fraction(scored.score) * Fraction(scored.effective_weight) / 100
    shown = f"({scored.score:f})" if scored.score < 0 else f"{scored.score:f}"
    return Formula(f"{shown} × {plain(scored.effective_weight)} ÷ 100", value, scored.points, POINTS)
