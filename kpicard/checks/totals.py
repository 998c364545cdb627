"""The totals that can come out: each KPI's points as spans of hundredths, and the sums of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Final, NamedTuple, TypeAlias

from kpicard.numbers import MILLION, to_millionths
from kpicard.rules.curve import Curve, Segment

Span: TypeAlias = tuple[int, int]
"""The lowest and the highest of a row of hundredths, both included."""

WIDEST: Final = 1_000_000
"""Where totals lie further apart than this, in hundredths, all between lowest and highest count as possible."""


class Totals(NamedTuple):
    """The totals that can come out, in hundredths; bit n of `bits` stands for `lowest` + n, without bits for all."""

    lowest: int
    highest: int
    bits: int | None = None

    def reach(self, first: int | None, after: int | None) -> bool:
        """Return whether a total can be from `first` on and before `after`; None leaves an end open."""
        low = self.lowest if first is None else max(first, self.lowest)
        high = self.highest + 1 if after is None else min(after, self.highest + 1)
        if low >= high:
            return False
        return self.bits is None or self.bits >> (low - self.lowest) & ((1 << (high - low)) - 1) != 0


def points(curve: Curve, weight: Decimal) -> list[Span]:
    """Return the points that a curve gives for all x, at a weight of at most 100.

    A slope gives every hundredth between its ends, which may be more than it does, never less.
    """
    share = to_millionths(weight)
    return [
        (min(ends), max(ends))
        for ends in ([_points(piece, x, share) for x in (piece.first, piece.last)] for piece in curve.segments)
    ]


def sums(terms: Sequence[Sequence[Span]]) -> Totals:
    """Return the sums of one value out of each term's spans."""
    lowest = sum(min(low for low, _ in spans) for spans in terms)
    highest = sum(max(high for _, high in spans) for spans in terms)
    if highest - lowest > WIDEST:
        return Totals(lowest, highest)
    bits = 1
    for spans in terms:
        start = min(low for low, _ in spans)
        bits = reduce(or_, (_smeared(bits, high - low) << (low - start) for low, high in set(spans)))
    return Totals(lowest, highest, bits)


def _points(piece: Segment, x: int, share: int) -> int:
    """Return points in hundredths, for a share in millionths of a percent: as the engine does, in whole numbers."""
    score = _rounded(piece.intercept + piece.slope * x, piece.divisor)
    return _rounded(score * share, 100 * MILLION)


def _rounded(dividend: int, divisor: int) -> int:
    """Return a quotient rounded half away from zero."""
    whole = (2 * abs(dividend) + divisor) // (2 * divisor)
    return -whole if dividend < 0 else whole


def _smeared(bits: int, width: int) -> int:
    """Return bits with each one set at the next `width` places too."""
    done = 0
    while done < width:
        step = min(done + 1, width - done)
        bits |= bits << step
        done += step
    return bits
