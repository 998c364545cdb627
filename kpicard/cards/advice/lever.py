"""One KPI of a card as something that can be moved: which actual would earn so many points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kpicard.actuals.check import FURTHEST
from kpicard.cards.values import Scored
from kpicard.numbers import LIMIT, MILLION, to_millionths
from kpicard.rules.scoring.curve import LOWEST, Curve, Segment


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


@dataclass(frozen=True)
class Lever:
    """A KPI that counts on a card.

    In whole numbers: actuals, targets and weights in millionths, points in ten-thousandths, scores in hundredths.
    """

    scored: Scored
    curve: Curve
    weight: int
    """Its effective weight on the card."""
    points: int
    """What it earns now."""
    least_score: int | None = None
    """What its veto asks for, where the veto is in the way."""
    full: int = 100 * MILLION
    """The full marks, in millionths."""
    months: int = 1
    """How many months' figures are summed up in the actual."""

    @cached_property
    def actual(self) -> int | None:
        """The present actual; None where it is not reported and counts 0."""
        return None if self.scored.actual is None else to_millionths(self.scored.actual)

    @cached_property
    def target(self) -> int | None:
        """The target; None without one above 0, of which nothing is a percentage."""
        target = None if self.scored.target is None else to_millionths(self.scored.target)
        return target if target is not None and target > 0 else None

    def gain(self, score: int) -> int:
        """Return how many more points than now a score earns."""
        return rounded(score * self.weight * 100, self.full) - self.points

    def actual_for(self, gain: int) -> int | None:
        """Return the actual nearest to the present one that earns so many more points and clears its veto.

        From nothing, it is the worst that does; None where no actual that can be scored does.
        """
        if gain <= 0 and self.least_score is None:
            return self.actual
        score = reaching(self.points + gain, self.weight * 100, self.full)
        if self.least_score is not None:
            score = max(score, self.least_score)
        if self.curve.axis == "attainment":
            return self._by_attainment(score)
        curve, (low, high) = self._by_actual, self._range
        match self.scored.kpi.better:
            case "higher":
                starts = [(low, 1)]
            case "lower":
                starts = [(high, -1)]
            case _ if self.actual is None:
                starts = [(low, 1), (high, -1)]
            case _:
                starts = [(self.actual, 1), (self.actual, -1)]
        found = None
        for start, direction in starts:
            x = first_reaching(curve, score, start, direction)
            if x is not None and low <= x <= high:
                found = x
                if x != start:
                    break
        return found

    def is_any(self, actual: int) -> bool:
        """Return whether an actual that does from nothing is the worst of all, so that every other does too."""
        worst = self._range[self.scored.kpi.better != "higher"]
        return self.actual is None and actual == worst

    @property
    def _by_actual(self) -> Curve:
        """The curve by the actual, where it is by the gap."""
        target = self.scored.target
        return self.curve if self.curve.axis == "actual" or target is None else self.curve.moved(to_millionths(target))

    def _by_attainment(self, score: int) -> int | None:
        x = first_reaching(self.curve, score, LOWEST, 1)
        if x is None or self.target is None:
            return None
        attainment = -(-x // 10_000)
        low, high = self._range
        if self.scored.kpi.better == "lower":
            actual = min(reaching(attainment - 20_000, -10_000, self.target), high)
        else:
            actual = max(reaching(attainment, 10_000, self.target), low)
        return actual if low <= actual <= high else None

    @cached_property
    def _range(self) -> tuple[int, int]:
        """The actuals that can be true and be scored: with at most twelve digits, and no attainment out of range."""
        lowest, highest = self.scored.kpi.bounds
        low = 1 - LIMIT if lowest is None else max(1 - LIMIT, to_millionths(lowest) * self.months)
        high = LIMIT - 1 if highest is None else min(LIMIT - 1, to_millionths(highest) * self.months)
        if self.target is None or self.scored.kpi.better == "within":
            return low, high
        on_target_twice = 20_000 if self.scored.kpi.better == "lower" else 0
        furthest = reaching(on_target_twice + FURTHEST + 1, 10_000, self.target) - 1
        return max(low, reaching(on_target_twice - FURTHEST, 10_000, self.target)), min(high, furthest)
