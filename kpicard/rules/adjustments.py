"""Points beside the 100: what adjustments add to a total or take off, and the counts that hold a grade down."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Annotated, TypeAlias

from pydantic import (
    AfterValidator,
    Field,
)
from pydantic_core import PydanticCustomError

from kpicard.numbers import LIMIT, MILLION, to_millionths
from kpicard.rules.fields import Id, Model, Number, Text, Words
from kpicard.rules.scoring.curve import HIGHEST, LOWEST, Curve, Segment, without_empty


def _not_nothing(points: Decimal) -> Decimal:
    if not points:
        raise PydanticCustomError("no_points", "this would never change a total")
    return points


class RedLine(Model):
    """From a count of `from` on, the card's grade is at most `grade_at_most` (红线)."""

    from_: Annotated[Number, Field(alias="from", gt=0)]
    """The count from which on the grade is held down."""
    grade_at_most: Words
    """The best grade that a card can still have then."""


class Adjustment(Model):
    """What adds points to a total or takes them off; it is entered like a KPI, as a count."""

    id: Id
    """What actuals name it by, beside its name."""
    name: Text
    """What cards call it."""
    points_each: Annotated[Number, AfterValidator(_not_nothing)]
    """The points for each that is counted, below 0 to take points off."""
    at_least: Number | None = None
    """The fewest points that it comes to."""
    at_most: Number | None = None
    """The most points that it comes to."""
    veto: RedLine | None = None
    """A count from which on the grade is held down, whatever the total; where nothing is counted, it holds nothing."""
    unit: Text | None = None
    """What is counted, as times."""
    definition: Text | None = None
    """What counts."""
    source: Text | None = None
    """Where the count comes from."""

    @property
    def red_line(self) -> RedLine | None:
        """From which count on the grade is held down, and at what."""
        return self.veto

    @property
    def target(self) -> None:
        """It has none: there is nothing to be met."""
        return

    def curve(self, cap: Decimal) -> Curve:  # noqa: ARG002 - as the scoring methods have it
        """Return the points by the count, as a curve on the actual.

        It ends where the points would be beyond what a value may be; a count beyond is out of range.
        """
        each = Fraction(to_millionths(self.points_each), MILLION)
        ends = (self.at_least, self.at_most) if each > 0 else (self.at_most, self.at_least)
        first = LOWEST - 1 if ends[0] is None else _inside(floor(to_millionths(ends[0]) / each))
        last = HIGHEST + 1 if ends[1] is None else _inside(ceil(to_millionths(ends[1]) / each))
        furthest = ceil(LIMIT / abs(each)) - 1
        pieces = [
            Segment.flat(LOWEST, first, ends[0] or Decimal(0)),
            Segment.line(
                max(first + 1, -furthest), min(last - 1, furthest), (Decimal(0),) * 2, (Decimal(1), self.points_each)
            ),
            Segment.flat(max(last, first + 1), HIGHEST, ends[1] or Decimal(0)),
        ]
        return Curve("actual", without_empty(pieces))


def _inside(x: int) -> int:
    return max(LOWEST - 1, min(HIGHEST + 1, x))


Adjustments: TypeAlias = Annotated[tuple[Adjustment, ...], Field(max_length=20)]
