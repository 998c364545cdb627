"""`bands`: one score for each band."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from kpicard.numbers import from_millionths, to_millionths
from kpicard.rules.document import Route
from kpicard.rules.fields import Model, Number
from kpicard.rules.scoring.curve import HIGHEST, LOWEST, Axis, Curve, Segment, without_empty
from kpicard.rules.scoring.method import Fault, Marking, Method, Span


class Band(Model):
    """One band of `bands`; a bound left out is open."""

    from_: Number | None = Field(None, alias="from")
    """The lowest x of the band; left out: it is open."""
    above: Number | None = None
    """In place of `from`: the bound above which the band begins."""
    upto: Number | None = None
    """The highest x of the band; left out: it is open."""
    below: Number | None = None
    """In place of `upto`: the bound below which the band ends."""
    score: Number
    """The score of the band."""


class Bands(Method):
    """`bands`: the score of the first band that holds x, or `otherwise` (层差法, 非此即彼)."""

    FAULTS: ClassVar = ("empty-band", "two-bounds", "unreachable-band")

    method: Literal["bands"]
    """One score for each band."""
    bands: Annotated[tuple[Band, ...], Field(min_length=1, max_length=200)]
    """The bands; the first that holds x counts."""
    otherwise: Number = Decimal(0)
    """The score where no band holds x."""
    axis: Axis = "actual"
    """What x is: the actual, the attainment in percent, or the gap to the target."""

    def curve(self, marking: Marking | None = None) -> Curve:  # noqa: ARG002 - one signature for all methods
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
        for low, high in map(_bounds, self.bands):
            yield None if low == LOWEST else from_millionths(low), None if high == HIGHEST else from_millionths(high)

    def faults(self, marking: Marking) -> Iterator[Fault]:  # noqa: ARG002 - one signature for all methods
        """Yield each band with two bounds on one side, that is empty, or that no x can reach since others hold it."""
        reached = {piece.route for piece in self.curve().segments}
        for index, band in enumerate(self.bands):
            low, high = _bounds(band)
            written = band.model_dump(by_alias=True, exclude_none=True)
            for one, other in (("from", "above"), ("upto", "below")):
                if {one, other} <= written.keys():
                    yield ("bands", index, other), "two-bounds", {"one": one, "other": other}
            if low > high:
                ends = {"from": band.from_ if band.above is None else band.above, "upto": band.upto}
                yield ("bands", index), "empty-band", ends | ({} if band.below is None else {"upto": band.below})
            elif ("bands", index) not in reached:
                yield ("bands", index), "unreachable-band", {}


def _bounds(band: Band) -> tuple[int, int]:
    """Return the lowest and the highest x of a band, in millionths; a bound that is excluded lies one beyond."""
    low = LOWEST if band.from_ is None else to_millionths(band.from_)
    high = HIGHEST if band.upto is None else to_millionths(band.upto)
    low = low if band.above is None else max(low, to_millionths(band.above) + 1)
    return low, high if band.below is None else min(high, to_millionths(band.below) - 1)
