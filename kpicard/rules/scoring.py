"""The three scoring methods. Each turns itself into segments; nothing else in the program tells them apart."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from kpicard.numbers import to_millionths
from kpicard.rules.curve import HIGHEST, LOWEST, Axis, Curve, Segment, without_empty
from kpicard.rules.document import Route
from kpicard.rules.fields import Model, Number

Fault: TypeAlias = tuple[Route, str, dict[str, Decimal]]
"""Where from the scoring on, the problem's code, and what its message quotes."""


Span: TypeAlias = tuple[Decimal | None, Decimal | None]
"""The lowest and the highest x of a point or a band; None: it is open."""


class Ratio(Model):
    """`ratio`: the attainment itself; 0 below `zero_below`, never under 0, at most `cap` (比率法)."""

    method: Literal["ratio"] = "ratio"
    """The attainment is the score."""
    cap: Annotated[Number, Field(gt=0)] | None = None
    """The highest score; left out: the department's."""
    zero_below: Annotated[Number, Field(ge=0)] = Decimal(0)
    """The attainment below which the score is 0."""

    def curve(self, default_cap: Decimal) -> Curve:
        """Return the curve on the attainment; `default_cap` is the department's."""
        cap = default_cap if self.cap is None else self.cap
        start, full = to_millionths(self.zero_below), to_millionths(cap)
        zero, one = Decimal(0), Decimal(1)
        return Curve(
            "attainment",
            without_empty(
                (
                    Segment.flat(LOWEST, start - 1, zero, ("zero_below",)),
                    Segment.line(start, full - 1, (zero, zero), (one, one)),
                    Segment.flat(max(start, full), HIGHEST, cap, ("cap",)),
                )
            ),
        )

    def spans(self) -> Iterator[Span]:
        """Yield what is written of x: nothing, it follows from the target."""
        yield from ()

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong beyond the single fields: nothing."""
        yield from ()


class Linear(Model):
    """`linear`: straight between the points, flat beyond them (线性插值, 减分法, 区间法, 功效系数法)."""

    method: Literal["linear"]
    """Straight lines between points."""
    points: Annotated[tuple[tuple[Number, Number], ...], Field(min_length=2, max_length=200)]
    """The points, as [x, score], by rising x."""
    axis: Axis = "actual"
    """What x is: the actual, or the attainment in percent."""

    def curve(self, default_cap: Decimal) -> Curve:  # noqa: ARG002 - one signature for all methods
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

    def faults(self) -> Iterator[Fault]:
        """Yield each point whose x is not above the x before it."""
        for index, ((before, _), (x, _)) in enumerate(pairwise(self.points), start=1):
            if x <= before:
                yield ("points", index), "points-out-of-order", {"x": x, "before": before}


class Band(Model):
    """One band of `bands`; a bound left out is open."""

    from_: Number | None = Field(None, alias="from")
    """The lowest x of the band; left out: it is open."""
    upto: Number | None = None
    """The highest x of the band; left out: it is open."""
    score: Number
    """The score of the band."""


class Bands(Model):
    """`bands`: the score of the first band with from <= x <= upto, or `otherwise` (层差法, 非此即彼)."""

    method: Literal["bands"]
    """One score for each band."""
    bands: Annotated[tuple[Band, ...], Field(min_length=1, max_length=200)]
    """The bands; the first that holds x counts."""
    otherwise: Number = Decimal(0)
    """The score where no band holds x."""
    axis: Axis = "actual"
    """What x is: the actual, or the attainment in percent."""

    def curve(self, default_cap: Decimal) -> Curve:  # noqa: ARG002 - one signature for all methods
        """Return the bands as flat pieces: cut at every bound, each piece given to the first band that holds it."""
        bounds = [_bounds(band) for band in self.bands]
        cuts = sorted({LOWEST, *(low for low, _ in bounds), *(high + 1 for _, high in bounds)})
        pieces: list[Segment] = []
        for low, after in pairwise([*(cut for cut in cuts if cut <= HIGHEST), HIGHEST + 1]):
            holder = next((index for index, (first, last) in enumerate(bounds) if first <= low <= last), None)
            score = self.otherwise if holder is None else self.bands[holder].score
            route: Route = ("otherwise",) if holder is None else ("bands", holder)
            start = pieces.pop().first if pieces and pieces[-1].route == route else low
            pieces.append(Segment.flat(start, after - 1, score, route))
        return Curve(self.axis, without_empty(pieces))

    def spans(self) -> Iterator[Span]:
        """Yield the lowest and the highest x of each band."""
        yield from ((band.from_, band.upto) for band in self.bands)

    def faults(self) -> Iterator[Fault]:
        """Yield each band that is empty, and each that no x can reach since earlier bands hold all of it."""
        reached = {piece.route for piece in self.curve(Decimal(0)).segments}
        for index, band in enumerate(self.bands):
            if band.from_ is not None and band.upto is not None and band.from_ > band.upto:
                yield ("bands", index), "empty-band", {"from": band.from_, "upto": band.upto}
            elif ("bands", index) not in reached:
                yield ("bands", index), "unreachable-band", {}


def _bounds(band: Band) -> tuple[int, int]:
    return (
        LOWEST if band.from_ is None else to_millionths(band.from_),
        HIGHEST if band.upto is None else to_millionths(band.upto),
    )


Scoring: TypeAlias = Annotated[Ratio | Linear | Bands, Field(discriminator="method")]
