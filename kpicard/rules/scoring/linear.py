"""`linear`: straight lines between points."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from kpicard.numbers import to_millionths
from kpicard.rules.fields import Number
from kpicard.rules.scoring.curve import HIGHEST, LOWEST, Axis, Curve, Segment, without_empty
from kpicard.rules.scoring.method import Fault, Marking, Method, Span


class Linear(Method):
    """`linear`: straight between the points, flat beyond them (线性插值, 减分法, 区间法, 功效系数法)."""

    FAULTS: ClassVar = ("points-out-of-order",)

    method: Literal["linear"]
    """Straight lines between points."""
    points: Annotated[tuple[tuple[Number, Number], ...], Field(min_length=2, max_length=200)]
    """The points, as [x, score], by rising x."""
    axis: Axis = "actual"
    """What x is: the actual, the attainment in percent, or the gap to the target."""

    def curve(self, marking: Marking) -> Curve:  # noqa: ARG002 - one signature for all methods
        """Return the curve through the points."""
        (first, first_score), (last, last_score) = self.points[0], self.points[-1]
        pieces = [Segment.flat(LOWEST, to_millionths(first) - 1, first_score, ("points", 0))]
        for index, (start, end) in enumerate(pairwise(self.points), start=1):
            low, high = to_millionths(start[0]), to_millionths(end[0])
            pieces.append(Segment.line(low, high - 1, start, end, ("points", index)))
        pieces.append(Segment.flat(to_millionths(last), HIGHEST, last_score, ("points", len(self.points) - 1)))
        return Curve(self.axis, without_empty(pieces))

    def spans(self) -> Iterator[Span]:
        """Yield the x of each point."""
        yield from ((x, x) for x, _ in self.points)

    def faults(self, marking: Marking) -> Iterator[Fault]:  # noqa: ARG002 - one signature for all methods
        """Yield each point whose x is not above the x before it."""
        for index, ((before, _), (x, _)) in enumerate(pairwise(self.points), start=1):
            if x <= before:
                yield ("points", index), "points-out-of-order", {"x": x, "before": before}
