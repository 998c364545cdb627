"""Explanations as values: formulas and steps, in the order in which they were calculated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal

from kpicard.cards.advice import Advice
from kpicard.cards.values import Adjusted, Card, Scored, Withheld
from kpicard.numbers import plain, points_text, round_to
from kpicard.rules.models import Department, Grade
from kpicard.rules.scoring.curve import Curve, Place

_MORE: Final = 4
"""How many digits more are shown of what is rounded than are kept."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A calculation: `text`, as `100 × 28.5 ÷ 30`, comes to exactly `value`, and that rounded is `result`."""

    text: str
    value: Fraction
    result: Decimal
    places: int = 2
    """The decimals that it is rounded to."""

    @property
    def is_rounded(self) -> bool:
        """Whether the result is another number than the value."""
        return Fraction(self.result) != self.value

    @property
    def is_corrected(self) -> bool:
        """Whether the result is not just the rounded value: an effective weight, so that all of a card sum to 100."""
        return self.result != round_to(self.value, self.places)

    @property
    def unrounded(self) -> str:
        """The value by its digits: as many as show how it is rounded, and `…` where there are more."""
        places = self.places + _MORE
        scaled = abs(self.value) * 10**places
        whole = scaled.numerator // scaled.denominator
        sign = "-" if self.value < 0 else ""
        digits = str(whole).rjust(places + 1, "0")
        shown = f"{sign}{digits[:-places]}.{digits[-places:]}"
        return f"{shown}…" if scaled != whole else plain(Decimal(shown))


def sum_of(values: Sequence[Decimal]) -> str:
    """Write a sum of points or totals; what is below 0 is taken off."""
    first, *others = values
    return points_text(first) + "".join(
        f" {'−' if each < 0 else '+'} {points_text(each.copy_abs())}" for each in others
    )


def inner(value: Decimal) -> str:
    """Write a number as it stands inside a formula: in brackets where it is below 0."""
    return f"({plain(value)})" if value < 0 else plain(value)


def line_through(low: tuple[Decimal, Decimal], high: tuple[Decimal, Decimal], x: Decimal) -> tuple[str, Fraction]:
    """Write the straight line between two points (x, score) at x, from the lower score up; return its value too."""
    (x0, y0), (x1, y1) = low, high
    lower, upper = min(y0, y1), max(y0, y1)
    end, start = (x, x0) if y0 <= y1 else (x1, x)
    text = (
        f"{plain(lower)} + ({plain(upper)} − {inner(lower)})"
        f" × ({plain(end)} − {inner(start)}) ÷ ({plain(x1)} − {inner(x0)})"
    )
    share = (Fraction(end) - Fraction(start)) / (Fraction(x1) - Fraction(x0))
    return text, Fraction(lower) + (Fraction(upper) - Fraction(lower)) * share


@dataclass(frozen=True, slots=True)
class KpiSteps:
    """How the points of one KPI come about. A step is None where there is none: no target, nothing scored."""

    scored: Scored
    curve: Curve
    since: str | None
    """The period from which its target holds; None: from the beginning, or it is not the rules'."""
    is_own_target: bool
    """Whether the target is the row's own and not the rules'."""
    division: Formula | None
    """The actual from its numerator and denominator."""
    ratio: Formula | None
    """The actual as percent of the target."""
    attainment: Formula | None
    """The attainment where it is not the ratio itself."""
    gap: Formula | None
    """The actual less the target, where that is what is scored."""
    place: Place | None
    score: Formula | None
    effective_weight: Formula | None
    """The effective weight from the weight, on a card on which KPIs are left out."""
    points: Formula | None


@dataclass(frozen=True, slots=True)
class AdjustmentSteps:
    """How the points of an adjustment come about: so many times so much, unless that is beyond a bound."""

    adjusted: Adjusted
    product: Formula | None
    """None where nothing is counted, and on the card of a longer period: it has the mean of its months' points."""
    bound: tuple[Literal["at-least", "at-most"], Decimal] | None


@dataclass(frozen=True, slots=True)
class Band:
    """The grade of a total: from the grade's `from_` up to, not including, `below`; None: there is no better one."""

    grade: Grade
    below: Decimal | None
    is_last: bool
    """Whether it takes all that is below it too."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The whole calculation of one card. `total` is the sum of the points, or the mean of a longer period's months."""

    card: Card
    department: Department
    kpis: tuple[KpiSteps, ...]
    adjustments: tuple[AdjustmentSteps, ...]
    total: Formula | None
    band: Band | None
    bonus: Formula | None
    advice: Advice | None


@dataclass(frozen=True, slots=True)
class Explanations:
    """The explanations of the cards of one run, and whose cards were withheld."""

    explained: tuple[Explanation, ...]
    withheld: tuple[Withheld, ...]
