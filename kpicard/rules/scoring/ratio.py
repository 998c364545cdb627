"""`ratio`: the attainment is the score."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from kpicard.numbers import to_millionths
from kpicard.rules.fields import Number
from kpicard.rules.scoring.curve import HIGHEST, LOWEST, Curve, Segment, without_empty
from kpicard.rules.scoring.method import Marking, Method


class Ratio(Method):
    """`ratio`: the attainment itself; 0 below `zero_below`, never under 0, at most `cap` (比率法)."""

    is_drawn: ClassVar[bool] = False
    method: Literal["ratio"] = "ratio"
    """The attainment is the score."""
    cap: Annotated[Number, Field(gt=0)] | None = None
    """The highest score; left out: the department's."""
    zero_below: Annotated[Number, Field(ge=0)] = Decimal(0)
    """The attainment below which the score is 0."""

    def curve(self, marking: Marking) -> Curve:
        """Return the curve on the attainment, of which 100 is worth the full marks."""
        cap = marking.cap if self.cap is None else self.cap
        start, full = to_millionths(self.zero_below), to_millionths(cap)
        zero = Decimal(0)
        return Curve(
            "attainment",
            without_empty(
                (
                    Segment.flat(LOWEST, start - 1, zero, ("zero_below",)),
                    Segment.line(start, full - 1, (zero, zero), (Decimal(100), marking.full)),
                    Segment.flat(max(start, full), HIGHEST, Fraction(cap) * Fraction(marking.full) / 100, ("cap",)),
                )
            ),
        )
