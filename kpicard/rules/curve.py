"""A KPI's curve: what every scoring method becomes, and all that the engine knows of scoring.

A curve is a row of segments. Within a segment the score is a straight line in x, where x is the actual or the
attainment, in millionths, and the score comes out in hundredths:

    score = round((intercept + slope * x) / divisor)

The four are whole numbers, so that nothing is lost. The segments cover every x from -LIMIT to LIMIT, without a gap and
without overlap: x is a whole number, so that each segment simply says its first and its last x.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Literal, NamedTuple, Self

from kpicard.numbers import LIMIT, MILLION, to_millionths
from kpicard.rules.document import Route

Axis = Literal["actual", "attainment"]

LOWEST, HIGHEST = -LIMIT, LIMIT
"""The ends of every curve, in millionths."""


class Segment(NamedTuple):
    """A straight piece of a curve, for the x from `first` to `last` in millionths, both included.

    `route` leads from the scoring to what was written for this piece.
    """

    first: int
    last: int
    intercept: int
    slope: int
    divisor: int
    route: Route = ()

    @classmethod
    def flat(cls, first: int, last: int, score: Decimal, route: Route = ()) -> Self:
        """Return a piece with one score all along."""
        return cls._through(first, last, Fraction(score), Fraction(0), route)

    @classmethod
    def line(
        cls, first: int, last: int, start: tuple[Decimal, Decimal], end: tuple[Decimal, Decimal], route: Route = ()
    ) -> Self:
        """Return a piece of the straight line through two points (x, score)."""
        (x0, y0), (x1, y1) = start, end
        slope = (Fraction(y1) - Fraction(y0)) / (Fraction(x1) - Fraction(x0))
        return cls._through(first, last, Fraction(y0) - slope * Fraction(x0), slope, route)

    @classmethod
    def _through(cls, first: int, last: int, intercept: Fraction, slope: Fraction, route: Route) -> Self:
        """Scale a line in units of x and of the score to millionths of x and hundredths of the score."""
        intercept, slope = intercept * 100, slope * 100 / MILLION
        divisor = lcm(intercept.denominator, slope.denominator)
        return cls(first, last, int(intercept * divisor), int(slope * divisor), divisor, route)

    def score_at(self, x: int) -> Fraction:
        """Return the exact score, not rounded, for x in millionths."""
        return Fraction(self.intercept + self.slope * x, self.divisor * 100)


class Curve(NamedTuple):
    """The segments of one KPI, from the lowest x to the highest, and what x is."""

    axis: Axis
    segments: tuple[Segment, ...]

    def score_at(self, x: Decimal) -> Fraction:
        """Return the exact score, not rounded, where the actual or the attainment is x."""
        millionths = to_millionths(x)
        piece = next(each for each in self.segments if each.first <= millionths <= each.last)
        return piece.score_at(millionths)

    def between(self, first: int, last: int) -> Self:
        """Return the part of the curve for the x from `first` to `last` in millionths, both included."""
        cut = (each._replace(first=max(each.first, first), last=min(each.last, last)) for each in self.segments)
        return self._replace(segments=without_empty(cut))


def without_empty(pieces: Iterable[Segment]) -> tuple[Segment, ...]:
    """Return the pieces that hold an x at all."""
    return tuple(each for each in pieces if each.first <= each.last)
