"""A row of figures as a row of small bars."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Final

LOW: Final = Decimal(0)
HIGH: Final = Decimal(120)
"""The scale of scores and totals: 0, and the highest score that roles usually give."""

GAP: Final = "·"
BARS: Final = "▁▂▃▄▅▆▇█"


def sparkline(values: Iterable[Decimal | None], low: Decimal = LOW, high: Decimal = HIGH) -> str:
    """Draw each value as a bar of eight heights between `low` and `high`, and a dot where there is none.

    The scale is fixed, so that two sparklines compare: from 0 to 120 a bar is one higher every 15 points. A value
    beyond the scale is drawn as the lowest or the highest bar.

    >>> sparkline([Decimal("59.99"), Decimal(60), None, Decimal(100), Decimal(130)])
    '▄▅·▇█'
    """
    return "".join(GAP if value is None else BARS[_height(value, low, high)] for value in values)


def _height(value: Decimal, low: Decimal, high: Decimal) -> int:
    within = (Fraction(value) - Fraction(low)) / (Fraction(high) - Fraction(low))
    return min(max(int(within * len(BARS)), 0), len(BARS) - 1)
