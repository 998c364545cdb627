"""How the totals of some cards lie, exactly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Context, Decimal
from fractions import Fraction
from functools import reduce
from math import isqrt

from kpicard.card import Card
from kpicard.numbers import from_hundredths, plain, round2, to_millionths
from kpicard.rules.models import Department
from kpicard.summary.values import Spread


def spread(cards: Sequence[Card], department: Department) -> Spread:
    """Return how the totals of some cards lie, and how many have each grade of the department's scale."""
    totals = sorted(to_millionths(card.total) // 10_000 for card in cards if card.total is not None)
    grades = Counter(card.grade for card in cards)
    bonuses = [card.bonus for card in cards if card.bonus is not None]
    return Spread(
        cards=len(cards),
        assessed=len(totals),
        mean=round2(Fraction(sum(totals), 100 * len(totals))) if totals else None,
        median=_median(totals) if totals else None,
        lowest=from_hundredths(totals[0]) if totals else None,
        highest=from_hundredths(totals[-1]) if totals else None,
        deviation=_deviation(totals) if totals else None,
        grades={grade.grade: grades[grade.grade] for grade in department.grades},
        bonuses=len(bonuses),
        bonus=_sum(bonuses) if bonuses else None,
    )


def _median(totals: Sequence[int]) -> Decimal:
    """Return the middle one of sorted totals, or the mean of the two in the middle."""
    half = len(totals) // 2
    return round2(Fraction(totals[half] + totals[~half], 200))


def _deviation(totals: Sequence[int]) -> Decimal:
    """Return the standard deviation of totals in hundredths, rounded half up: (n Σx² - (Σx)²) / n² is its square.

    With 2·deviation = isqrt(4·square) and a rest, one half more and the rest cut off is the nearest hundredth.
    """
    count = len(totals)
    square = Fraction(count * sum(total * total for total in totals) - sum(totals) ** 2, count * count)
    return from_hundredths((isqrt(4 * square.numerator // square.denominator) + 1) // 2)


def _sum(values: Sequence[Decimal]) -> Decimal:
    """Return the sum with every digit; a caller's context neither rounds nor traps it."""
    return Decimal(plain(reduce(Context(prec=60).add, values)))
