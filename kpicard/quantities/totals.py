"""Sums of numbers times factors: exact, and rounded once."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction
from math import lcm
from typing import Final, NamedTuple

from kpicard.numbers import LIMIT, MILLION, from_millionths

_HIGHEST: Final = 40
"""No unit and no magnitude brings a number with more digits before its point back into range."""
_LOWEST: Final = -60
"""No unit and no magnitude makes a number count whose first digit is further behind its point."""
_ROOM: Final = 200
"""More digits than factors and places add to those of a text."""


class Total(NamedTuple):
    """The sum of some numbers, none below zero, each times a factor; or minus that sum."""

    terms: tuple[tuple[Decimal, Fraction], ...]
    negative: bool = False


def rounded(total: Total, digits: int) -> Decimal | None:
    """Return a total of numbers with so many digits, rounded half away from zero; None where it is out of range."""
    common = lcm(*(factor.denominator for _, factor in total.terms))
    exact = Context(prec=digits + _ROOM)  # wide enough that nothing before the division is rounded
    doubled = Decimal(common)  # half a millionth more: what is then cut off was rounded
    for number, factor in total.terms:
        if not number or number.adjusted() < _LOWEST:
            continue
        if number.adjusted() >= _HIGHEST:
            return None
        doubled = exact.fma(number, 2 * MILLION * factor.numerator * (common // factor.denominator), doubled)
    millionths = int(exact.divide_int(doubled, 2 * common))
    if millionths >= LIMIT:
        return None
    return from_millionths(-millionths if total.negative else millionths)
