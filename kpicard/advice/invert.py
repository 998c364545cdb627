"""Rounding and curves, inverted: from a figure that is wanted back to the least that rounds to it.

All in whole numbers, as the engine's SQL has them: scores in hundredths, points in ten-thousandths, x in millionths.
"""

from __future__ import annotations

from kpicard.rules.curve import Curve, Segment


def rounded(numerator: int, divisor: int) -> int:
    """Return the quotient as a whole number, half away from zero; the divisor is above 0."""
    whole = (2 * abs(numerator) + divisor) // (2 * divisor)
    return -whole if numerator < 0 else whole


def reaching(wanted: int, slope: int, divisor: int, intercept: int = 0) -> int:
    """Return where a straight line, rounded half away from zero, is just `wanted` or more.

    That is the least whole x with `rounded(intercept + slope * x, divisor) >= wanted`; of a falling line, the greatest.

    >>> reaching(2, slope=1, divisor=10), reaching(-2, slope=1, divisor=10), reaching(2, slope=-1, divisor=10)
    (15, -24, -15)
    """
    # A half is rounded up above 0, and down below it: there the line must be more than half a step below `wanted`.
    bound = (2 * wanted - 1) * divisor - 2 * intercept + (wanted <= 0)
    return -(-bound // (2 * slope)) if slope > 0 else bound // (2 * slope)


def first_reaching(curve: Curve, score: int, start: int, direction: int) -> int | None:
    """Return the first x from `start` on, upwards (1) or downwards (-1), that scores at least so much."""
    for piece in curve.segments[::direction]:
        near, far = (piece.first, piece.last)[::direction]
        if (far - start) * direction < 0:
            continue
        x = start if (start - near) * direction > 0 else near
        if score_at(piece, x) >= score:
            return x
        if piece.slope * direction > 0:
            x = reaching(score, piece.slope, piece.divisor, piece.intercept)
            if piece.first <= x <= piece.last:
                return x
    return None


def score_at(piece: Segment, x: int) -> int:
    """Return the score on a piece of a curve, as it is printed."""
    return rounded(piece.intercept + piece.slope * x, piece.divisor)


def corner_scores(curve: Curve) -> tuple[int, ...]:
    """Return the scores at the ends of a curve's pieces, lowest first."""
    return tuple(sorted({score_at(piece, x) for piece in curve.segments for x in (piece.first, piece.last)}))
