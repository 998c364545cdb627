"""Where on its curve a figure lies: on which piece, between which bounds, and by what of the rules."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from kpicard.numbers import MILLION, from_millionths, plain, to_millionths
from kpicard.rules.curve import Axis, Curve, Segment

Kind = Literal["line", "flat", "itself"]
"""A straight line between two points; one score all along; or the score that is x itself."""


@dataclass(frozen=True, slots=True)
class Bound:
    """An end of a piece: x, whether it still belongs to the piece, and the score there, as the rules say it."""

    x: Decimal
    is_included: bool
    score: Decimal


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
    """What of the scoring's keys it is by, as `cap` or `bands`."""
    number: int | None
    """Which one of them, from 1, where they are a list."""


def place_on(curve: Curve, x: Decimal) -> Place:
    """Return where x lies on a curve."""
    millionths = to_millionths(x)
    index = next(at for at, each in enumerate(curve.segments) if each.first <= millionths <= each.last)
    piece = curve.segments[index]
    before = curve.segments[index - 1] if index else None
    after = curve.segments[index + 1] if index + 1 < len(curve.segments) else None
    rule, *position = piece.route or ("",)
    return Place(
        axis=curve.axis,
        x=x,
        kind=_kind(piece),
        low=_low(before, piece),
        high=_high(piece, after),
        score=piece.score_at(millionths),
        rule=str(rule),
        number=int(position[0]) + 1 if position else None,
    )


def _kind(piece: Segment) -> Kind:
    if not piece.slope:
        return "flat"
    # scores are in hundredths, x in millionths
    return "itself" if piece.intercept == 0 and piece.slope * MILLION == piece.divisor * 100 else "line"


def _low(before: Segment | None, piece: Segment) -> Bound | None:
    if before is None:
        return None
    if piece.slope:
        return Bound(from_millionths(piece.first), is_included=True, score=_score(piece, piece.first))
    x, is_first = _boundary(before, piece)
    return Bound(x, is_first, _score(piece, piece.first))


def _high(piece: Segment, after: Segment | None) -> Bound | None:
    """Return the upper end; a line reaches to the next piece's beginning."""
    if after is None:
        return None
    if piece.slope:
        return Bound(from_millionths(after.first), is_included=False, score=_score(piece, after.first))
    if after.slope and after.score_at(after.first) == piece.score_at(piece.last):
        return Bound(from_millionths(after.first), is_included=True, score=_score(piece, piece.last))
    x, is_next = _boundary(piece, after)
    return Bound(x, not is_next, _score(piece, piece.last))


def _score(piece: Segment, x: int) -> Decimal:
    return from_millionths(int(piece.score_at(x) * MILLION))


def _boundary(before: Segment, after: Segment) -> tuple[Decimal, bool]:
    """Return where two pieces part, and whether that belongs to the second: as `from 99.5` or `above 25`."""
    first, last = from_millionths(after.first), from_millionths(before.last)
    is_rounder = len(plain(first).partition(".")[2]) < len(plain(last).partition(".")[2])
    return (first, True) if is_rounder else (last, False)
