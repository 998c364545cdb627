"""A KPI's curve: what every scoring method becomes, and all that the engine knows of scoring.

A curve is a row of segments. Within a segment the score is a straight line in x, where x is the actual, the
attainment or the gap to the target, in millionths, and the score comes out in hundredths:

    score = round((intercept + slope * x) / divisor)

The four are whole numbers, so that nothing is lost. The segments cover every x from -LIMIT to LIMIT, without a gap and
without overlap: x is a whole number, so that each segment simply says its first and its last x.

To people a segment is said by its ends as the rules have them: `from 99.5` or `above 25`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, Self

from kpicard.numbers import LIMIT, MILLION, exact_difference, from_millionths, plain, to_millionths
from kpicard.rules.document import Route

Axis = Literal["actual", "attainment", "gap"]

Better = Literal["higher", "lower", "within"]

LOWEST, HIGHEST = -LIMIT, LIMIT
"""The ends of every curve, in millionths."""


ON_TARGET: Final = MappingProxyType({"attainment": Decimal(100), "gap": Decimal(0)})
"""The x on target, on the axes where that does not hang on the target itself."""


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
    def flat(cls, first: int, last: int, score: Decimal | Fraction, route: Route = ()) -> Self:
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

    @property
    def is_identity(self) -> bool:
        """Whether the score is x itself: scores are in hundredths, x in millionths."""
        return self.intercept == 0 and self.slope * MILLION == self.divisor * 100

    def continues(self, before: Segment | None) -> bool:
        """Whether the curve does not jump from the piece before it to this one."""
        return before is not None and before.score_at(before.last + 1) == self.score_at(self.first)


@dataclass(frozen=True, slots=True)
class Bound:
    """An end of a piece: x, whether it still belongs to the piece, and the score there, as the rules say it."""

    x: Decimal
    is_included: bool
    score: Decimal


Kind = Literal["line", "flat", "itself"]
"""A straight line between two points; one score all along; or the score that is x itself."""


@dataclass(frozen=True, slots=True)
class Place:
    """The piece of a curve that x lies on, between its bounds; None: it is open."""

    axis: Axis
    x: Decimal
    kind: Kind
    low: Bound | None
    high: Bound | None
    score: Fraction
    """The exact score at x."""
    rule: str
    """What of the scoring's keys it is by."""
    number: int | None
    """Which one of them, from 1, where they are a list."""


class Curve(NamedTuple):
    """The segments of one KPI, from the lowest x to the highest, and what x is."""

    axis: Axis
    segments: tuple[Segment, ...]

    def x(self, actual: Decimal | None, target: Decimal | None, attainment: Decimal | None) -> Decimal | None:
        """Return the x of a figure; None where it has none."""
        if self.axis == "gap":
            return None if actual is None or target is None else exact_difference(actual, target)
        return actual if self.axis == "actual" else attainment

    def aim(self, target: Decimal | None) -> Decimal | None:
        """Return the x on target; None without one."""
        return None if target is None else target if self.axis == "actual" else ON_TARGET[self.axis]

    def score_at(self, x: Decimal) -> Fraction:
        """Return the exact score, not rounded, at x."""
        millionths = to_millionths(x)
        return self.segments[self._index_at(millionths)].score_at(millionths)

    def place(self, x: Decimal) -> Place:
        """Return where x lies on the curve."""
        millionths = to_millionths(x)
        index = self._index_at(millionths)
        piece = self.segments[index]
        rule, *position = piece.route or ("",)
        return Place(
            axis=self.axis,
            x=x,
            kind="flat" if not piece.slope else "itself" if piece.is_identity else "line",
            low=self.low(index),
            high=self.high(index),
            score=piece.score_at(millionths),
            rule=str(rule),
            number=int(position[0]) + 1 if position else None,
        )

    def _index_at(self, millionths: int) -> int:
        return next(index for index, each in enumerate(self.segments) if each.first <= millionths <= each.last)

    def low(self, index: int) -> Bound | None:
        """Return the lower end of a segment; None: it is open."""
        piece, before = self.segments[index], self.segments[index - 1] if index else None
        if before is None:
            return None
        x, is_first = (from_millionths(piece.first), True) if piece.slope else _boundary(before, piece)
        return Bound(x, is_first, _score(piece, piece.first))

    def high(self, index: int) -> Bound | None:
        """Return the upper end of a segment, None: it is open. A line reaches to the beginning of the next one."""
        piece, after = self.segments[index], self.segments[index + 1] if index + 1 < len(self.segments) else None
        if after is None:
            return None
        if piece.slope:
            return Bound(from_millionths(after.first), is_included=False, score=_score(piece, after.first))
        if after.slope and after.continues(piece):
            return Bound(from_millionths(after.first), is_included=True, score=_score(piece, piece.last))
        x, is_next = _boundary(piece, after)
        return Bound(x, not is_next, _score(piece, piece.last))

    def moved(self, by: int) -> Self:
        """Return the curve with every x so many millionths higher: by the gap and the target, that by the actual."""
        return self._replace(
            axis="actual",
            segments=tuple(
                each._replace(first=each.first + by, last=each.last + by, intercept=each.intercept - each.slope * by)
                for each in self.segments
            ),
        )

    def between(self, first: int, last: int) -> Self:
        """Return the part of the curve for the x from `first` to `last` in millionths, both included."""
        cut = (each._replace(first=max(each.first, first), last=min(each.last, last)) for each in self.segments)
        return self._replace(segments=without_empty(cut))


def without_empty(pieces: Iterable[Segment]) -> tuple[Segment, ...]:
    """Return the pieces that hold an x at all."""
    return tuple(each for each in pieces if each.first <= each.last)


def _score(piece: Segment, x: int) -> Decimal:
    return from_millionths(int(piece.score_at(x) * MILLION))


def _boundary(before: Segment, after: Segment) -> tuple[Decimal, bool]:
    """Return where two pieces part, and whether that belongs to the second: whichever is rounder."""
    first, last = from_millionths(after.first), from_millionths(before.last)
    is_rounder = len(plain(first).partition(".")[2]) < len(plain(last).partition(".")[2])
    return (first, True) if is_rounder else (last, False)
