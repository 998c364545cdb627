"""What is not applicable on a card: how much weight that is, why, and what the total would be with 0 for it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from kpicard.cards.values import Card, Scored
from kpicard.numbers import POINTS, from_millionths, round2, round_to, to_millionths
from kpicard.rules.models import FULL, Kpi, Role


class LeftOut(NamedTuple):
    """The KPIs of a card that are not applicable, their weight in percent of the total, and the total with 0 for each.

    The total is None on a card on which no KPI counts.
    """

    kpis: tuple[Scored, ...]
    weight: Decimal
    total_with_zero: Decimal | None


def left_out(card: Card) -> LeftOut | None:
    """Return what is not applicable on a card; None where all is, and on cards that are made from totals."""
    kpis = tuple(each for each in card.kpis if each.status == "not_applicable")
    if not kpis:
        return None
    weight = from_millionths(sum(to_millionths(card.role.share(each.kpi)) for each in kpis))
    return LeftOut(kpis, weight, None if card.total is None else _with_zeros(card))


def _with_zeros(card: Card) -> Decimal:
    """Return the total by the arithmetic of every card, with a score of 0 for what is not applicable."""
    counting = [each for each in card.kpis if each.points is not None or each.status == "not_applicable"]
    weights = _effective(card.role, [each.kpi for each in counting])
    points = [
        Fraction(round_to(Fraction(each.score or 0) * weight / Fraction(each.kpi.full), POINTS))
        for each, weight in zip(counting, weights, strict=True)
    ]
    beside = [Fraction(each.points) for each in card.adjustments if each.points is not None]
    return round2(sum([*points, *beside], Fraction(0)))


def _effective(role: Role, kpis: Sequence[Kpi]) -> list[Fraction]:
    """Return the effective weights of the KPIs that count: see `scored.sql`, which computes those of cards."""
    if role.weights != "in-section":
        return _scaled([kpi.weight for kpi in kpis])
    sections = {kpi.section: role.section_weight(kpi) for kpi in kpis}
    order = [each.id for each in role.sections if each.id in sections]
    of_total = dict(zip(order, _scaled([sections[each] for each in order]), strict=True))
    found = [Fraction(0)] * len(kpis)
    for section in order:
        inside = [index for index, kpi in enumerate(kpis) if kpi.section == section]
        for index, own in zip(inside, _scaled([kpis[index].weight for index in inside]), strict=True):
            found[index] = Fraction(round_to(own * of_total[section] / 100, 6))
    return found


_PLACE: Final = Fraction(1, 10**POINTS)


def _scaled(weights: Sequence[Decimal]) -> list[Fraction]:
    """Return weights scaled up to 100 in four decimals, corrected where the remainders are largest."""
    whole = sum(map(Fraction, weights), Fraction(0))
    if whole == FULL:
        return list(map(Fraction, weights))
    exact = [100 * Fraction(weight) / whole for weight in weights]
    found = [Fraction(round_to(each, POINTS)) for each in exact]
    lacking = int((100 - sum(found, Fraction(0))) / _PLACE)
    sign = 1 if lacking > 0 else -1
    by_remainder = sorted(range(len(found)), key=lambda index: -sign * (exact[index] - found[index]))
    for index in by_remainder[: abs(lacking)]:
        found[index] += sign * _PLACE
    return found
