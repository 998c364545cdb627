"""Curves: where being better scores less."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType
from typing import Final, NamedTuple

from kpicard.numbers import from_millionths, round2
from kpicard.problems.problem import Value
from kpicard.rules.curve import HIGHEST, LOWEST, Axis, Curve, Segment
from kpicard.rules.models import Better
from kpicard.rules.route import Route
from kpicard.text import Both


class Wrong(NamedTuple):
    """A piece of a curve on which the score moves the wrong way, what that way would be, and what is to be said."""

    better: Better
    route: Route
    values: dict[str, Value]


_AXES: Final[Mapping[Axis, Both]] = MappingProxyType(
    {"actual": Both("value", "数值"), "attainment": Both("attainment", "达成率")}
)


def first_wrong(curve: Curve, better: Better) -> Wrong | None:
    """Return the first piece on which the score moves the wrong way, if there is one."""
    better = "higher" if curve.axis == "attainment" else better
    ends = [(x, piece.score_at(x), piece) for piece in curve.segments for x in (piece.first, _end(piece, curve))]
    inner = [end for end in ends if end[0] not in {LOWEST, HIGHEST}] or ends
    fallen = False
    for (x_before, before, _), (x_after, after, piece) in pairwise(inner):
        falls, rises = after < before, after > before
        if (falls and better == "higher") or (rises and better == "lower") or (rises and fallen):
            values = _values((x_before, before), (x_after, after)) | {"axis": _AXES[curve.axis]}
            return Wrong(better, piece.route, values)
        fallen = fallen or (falls and better == "within")
    return None


def _values(before: tuple[int, Fraction], after: tuple[int, Fraction]) -> dict[str, Value]:
    return {
        "before": round2(before[1]),
        "after": round2(after[1]),
        "x_before": from_millionths(before[0]),
        "x_after": from_millionths(after[0]),
    }


def _end(piece: Segment, curve: Curve) -> int:
    """Return the last x of a piece; a slope is said up to the point where the next piece begins."""
    return piece.last + 1 if piece.slope and piece is not curve.segments[-1] else piece.last
