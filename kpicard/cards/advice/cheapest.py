"""The cheapest way to gain so many points with several KPIs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter
from typing import Final, NamedTuple, Protocol

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
