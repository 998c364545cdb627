"""`bands`: one score for each band."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from kpicard.numbers import to_millionths
from kpicard.rules.document import Route
from kpicard.rules.fields import Model, Number
from kpicard.rules.scoring.curve import HIGHEST, LOWEST, Axis, Curve, Segment, without_empty
from kpicard.rules.scoring.method import Fault, Method, Span


class Band(Model):
    """One band of `bands`; a bound left out is open."""

    from_: Number | None = Field(None, alias="from")
    """The lowest x of the band; left out: it is open."""
    upto: Number | None = None
    """The highest x of the band; left out: it is open."""
    score: Number
    """The score of the band."""


class Bands(Method):
    """`bands`: the score of the first band with from <= x <= upto, or `otherwise` (层差法, 非此即彼)."""

    FAULTS: ClassVar = ("empty-band", "unreachable-band")

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
