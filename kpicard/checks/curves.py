"""Curves: being better never scores less."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from kpicard.checks.standards import standards
from kpicard.numbers import from_millionths, round2
from kpicard.problems import Problem
from kpicard.rules.curve import HIGHEST, LOWEST, Curve, Segment
from kpicard.rules.document import Document
from kpicard.rules.models import Better, Rules


def check(document: Document, rules: Rules) -> Iterator[Problem]:
    """Yield `punishes-higher`, `-lower` or `-within` at the first piece of each curve that does."""
    for route, standard in standards(document, "better", "scoring"):
        if any(standard.scoring.faults()):
            continue  # points out of order make no curve
        curve = rules.curve(standard)
        better = "higher" if curve.axis == "attainment" else standard.better
        fault = _first_fault(curve, better)
        if fault:
            (x_before, before), (x_after, after), piece = fault
            yield document.problem_at(
                f"punishes-{better}",
                (*route, "scoring", *piece.route),
                before=round2(before),
                after=round2(after),
                x_before=from_millionths(x_before),
                x_after=from_millionths(x_after),
            )


def _first_fault(curve: Curve, better: Better) -> tuple[tuple[int, Fraction], tuple[int, Fraction], Segment] | None:
    """Return the two ends, as (x, score), between which the score moves the wrong way, and the piece at fault."""
    ends = [(x, piece.score_at(x), piece) for piece in curve.segments for x in (piece.first, _end(piece))]
    inner = [end for end in ends if end[0] not in {LOWEST, HIGHEST}] or ends
    fallen = False
    for (x_before, before, _), (x_after, after, piece) in pairwise(inner):
        falls, rises = after < before, after > before
        wrong = (falls and better == "higher") or (rises and better == "lower") or (rises and fallen)
        if wrong:
            return (x_before, before), (x_after, after), piece
        fallen = fallen or (falls and better == "within")
    return None


def _end(piece: Segment) -> int:
    """Return the last x of a flat piece; a slope is said up to the point where the next piece begins."""
    return piece.last + 1 if piece.slope else piece.last
