"""The KPIs of a card as what can be moved: which actual earns so many points, and the cheapest way to gain some."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import Final, NamedTuple, Protocol

from kpicard.actuals.check import FURTHEST
from kpicard.cards.values import Scored
from kpicard.numbers import DECIMALS, LIMIT, MILLION, plain, to_millionths
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
    """What it must score at least, where its score limits the grade."""
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
        """Return the actual nearest to the present one that earns so many more points, and is no limit.

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

    def in_precision(self, actual: int) -> int:
        """Return an actual with as many decimals as the KPI's figures have, rounded to the better side.

        What is not among the actuals that can be, or does not score as much, is returned as it is.
        """
        if self.is_any(actual) or (self.scored.kpi.better == "within" and self.actual is None):
            return actual
        step = 10 ** (DECIMALS - self._decimals)
        better = self.scored.kpi.better
        rises = actual > (self.actual or 0) if better == "within" else better == "higher"
        shown = -(-actual // step) * step if rises else actual // step * step
        low, high = self._range
        is_as_good = better != "within" or self._score(shown) >= self._score(actual)
        return shown if low <= shown <= high and is_as_good else actual

    def _score(self, actual: int) -> int:
        piece = next(each for each in self._by_actual.segments if each.first <= actual <= each.last)
        return score_at(piece, actual)

    @cached_property
    def _decimals(self) -> int:
        """How many decimals the KPI's figures have on the card; of what was divided, two at least."""
        figures = [self.scored.target, self.scored.actual if self.scored.numerator is None else None]
        least = 0 if self.scored.numerator is None else 2
        return max(least, *(len(plain(each).partition(".")[2]) for each in figures if each is not None), 0)

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


MOST_WORK: Final = 20_000
"""After so many looks at what other KPIs offer, the best combination that is known has to do."""


class Corner(NamedTuple):
    """So many points can be gained at such a cost."""

    gain: int
    cost: int


class Source(Protocol):
    """Where points can be gained."""

    @property
    def corners(self) -> Sequence[Corner]:
        """The corners: gain and cost both rise. The first is what cannot be left undone, or nothing at all."""

    def cost(self, gain: int) -> int | None:
        """Return what so many points cost at least, None where there are not so many."""


class Way(NamedTuple):
    """A combination: its cost, and the gain of each source."""

    cost: int
    gains: tuple[int, ...]


class _Piece(NamedTuple):
    """A stretch of the lower hull of a source's corners: the most that it offers for its cost."""

    rate: int
    gain: int
    cost: int
    source: int


class _Node(NamedTuple):
    """Sources up to `next_`, not included, stand at corners, except for one that is to take what is lacking at last."""

    next_: int
    lacking: int
    cost: int
    gains: tuple[int, ...]
    last: int | None = None


@dataclass
class Search:
    """A search for the cheapest way to gain `wanted` points; `work` grows as it goes on."""

    sources: Sequence[Source]
    wanted: int
    best: Way | None = None
    work: int = 0
    _pieces: list[_Piece] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        """Whether nothing was left out."""
        return self.work <= MOST_WORK

    def run(self) -> Way | None:
        """Return the cheapest way, None where there is none."""
        if not all(source.corners for source in self.sources):
            return None
        pieces = [piece for index, source in enumerate(self.sources) for piece in _hull(index, source)]
        self._pieces = sorted(pieces, key=attrgetter("rate"))
        self._greedy()
        self._branch(_Node(0, self.wanted, 0, ()))
        return self.best

    def _greedy(self) -> None:
        """Take the best offers until there is enough, the last of them only as far as it is needed; or one alone."""
        firsts = [source.corners[0] for source in self.sources]
        gains, cost = [first.gain for first in firsts], sum(first.cost for first in firsts)
        lacking = self.wanted - sum(gains)
        for alone in range(len(gains)):
            self._finish(alone, lacking, cost, tuple(gains))
        for piece in self._pieces:
            if lacking <= piece.gain:
                break
            gains[piece.source] += piece.gain
            cost += piece.cost
            lacking -= piece.gain
        for last in range(len(gains)):
            self._finish(last, lacking, cost, tuple(gains))

    def _finish(self, last: int, lacking: int, cost: int, gains: tuple[int, ...]) -> None:
        """Let one source take what is lacking, beside what it has already."""
        had = self.sources[last].cost(gains[last])
        gain = max(gains[last] + lacking, self.sources[last].corners[0].gain)
        wanted = self.sources[last].cost(gain)
        if had is None or wanted is None:
            return
        way = Way(cost - had + wanted, (*gains[:last], gain, *gains[last + 1 :]))
        if self.best is None or way.cost < self.best.cost:
            self.best = way

    def _branch(self, node: _Node) -> None:
        least = self._least_cost(node)
        if least is None or (self.best is not None and least >= self.best.cost) or not self.is_complete:
            return
        if node.next_ == len(self.sources):
            self._finish(node.last or 0, node.lacking, node.cost, node.gains)
            return
        first, *others = self.sources[node.next_].corners
        at_first = _at(node, first)
        for corner in others[::-1]:
            self._branch(_at(node, corner))
        self._branch(at_first)
        if node.last is None:
            self._branch(at_first._replace(last=node.next_))

    def _least_cost(self, node: _Node) -> int | None:
        """Return what a node costs at least, with what is still open; None where it does not gain enough."""
        lacking, cost = node.lacking, node.cost
        for first in (source.corners[0] for source in self.sources[node.next_ :]):
            lacking, cost = lacking - first.gain, cost + first.cost
        if lacking <= 0:
            return cost
        for piece in self._pieces:
            self.work += 1
            if piece.source >= node.next_ or piece.source == node.last:
                if lacking <= piece.gain:
                    return cost + -(-piece.cost * lacking // piece.gain)
                lacking, cost = lacking - piece.gain, cost + piece.cost
        return None


def _at(node: _Node, corner: Corner) -> _Node:
    return _Node(
        node.next_ + 1, node.lacking - corner.gain, node.cost + corner.cost, (*node.gains, corner.gain), node.last
    )


def _hull(index: int, source: Source) -> list[_Piece]:
    """Return the lower hull of a source's corners, from the first on; its pieces offer ever fewer points per cost."""
    hull: list[Corner] = []
    for corner in source.corners:
        while len(hull) > 1 and _is_above(hull[-2], hull[-1], corner):
            hull.pop()
        hull.append(corner)
    return [
        _Piece(
            ((after.cost - before.cost) << 32) // (after.gain - before.gain),
            after.gain - before.gain,
            after.cost - before.cost,
            index,
        )
        for before, after in pairwise(hull)
    ]


def _is_above(before: Corner, corner: Corner, after: Corner) -> bool:
    """Return whether a corner lies on or above the straight line between its neighbours."""
    return (corner.cost - before.cost) * (after.gain - before.gain) >= (after.cost - before.cost) * (
        corner.gain - before.gain
    )
