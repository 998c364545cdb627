"""The cheapest combination, found by branch and bound, against one found by trying all gains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from kpicard.cards.levers import Corner, Search


@dataclass(frozen=True)
class Stretches:
    """A source whose cost rises in straight stretches and in jumps: (gain, cost of each point, cost of a jump)."""

    first: Corner
    stretches: tuple[tuple[int, int, int], ...]

    @property
    def ends(self) -> list[Corner]:
        found = [self.first]
        for gain, each, jump in self.stretches:
            found.append(Corner(found[-1].gain + gain, found[-1].cost + gain * each + jump))
        return found

    @property
    def corners(self) -> Sequence[Corner]:
        """The ends, without those that gain less than another that costs no more."""
        cheapest: list[Corner] = []
        for corner in self.ends[::-1]:
            if not cheapest or corner.cost < cheapest[-1].cost:
                cheapest.append(corner)
        return cheapest[::-1]

    def cost(self, gain: int) -> int | None:
        """Straight up to the end of a stretch; a jump has to be paid before its first point."""
        if gain <= self.first.gain:
            return self.first.cost
        for before, after, (_, each, jump) in zip(self.ends, self.ends[1:], self.stretches, strict=False):
            if gain <= after.gain:
                return after.cost if jump else before.cost + (gain - before.gain) * each
        return None


@st.composite
def sources(draw: st.DrawFn) -> Stretches:
    """Return a source; a stretch is either straight, at a cost for each point, or a jump, at one cost for them all."""
    straight = st.tuples(st.integers(1, 12), st.integers(1, 9), st.just(0))
    jump = st.tuples(st.integers(1, 12), st.just(0), st.integers(1, 60))
    first = draw(st.sampled_from([Corner(0, 0), Corner(0, 0), Corner(0, 5), Corner(3, 7)]))
    return Stretches(first, tuple(draw(st.lists(straight | jump, max_size=4))))


def tried(given_sources: Sequence[Stretches], wanted: int) -> int | None:
    """Return the least cost of all combinations of gains, each counted up to what is wanted."""
    best: dict[int, int] = {0: 0}
    for source in given_sources:
        after: dict[int, int] = {}
        for gained, cost in best.items():
            for gain in range(source.first.gain, max(wanted, source.first.gain) + 1):
                part = source.cost(gain)
                if part is not None:
                    total = min(gained + gain, wanted)
                    after[total] = min(after.get(total, cost + part), cost + part)
        best = after
    return best.get(wanted)


@given(st.lists(sources(), min_size=1, max_size=5), st.integers(1, 40))
def test_no_combination_of_gains_is_cheaper(given_sources: list[Stretches], wanted: int) -> None:
    """With straight stretches and jumps, and with what must be done in any case."""
    search = Search(given_sources, wanted)
    found = search.run()
    assert search.is_complete
    assert tried(given_sources, wanted) == (found and found.cost)
    if found:
        costs = [source.cost(gain) for source, gain in zip(given_sources, found.gains, strict=True)]
        assert found.cost == sum(cost or 0 for cost in costs)
        assert wanted <= sum(found.gains)


def test_a_search_over_very_many_jumps_ends_and_says_so() -> None:
    """It gives a way that does it, and does not claim that there is none cheaper."""
    jumps = [
        Stretches(
            Corner(0, 0), tuple((7 + index * part % 13, 0, 11 + (index * 7 + part * 5) % 29) for part in range(1, 5))
        )
        for index in range(62)
    ]
    search = Search(jumps, 1009)
    found = search.run()
    assert found is not None
    assert 1009 <= sum(found.gains)
    assert not search.is_complete
