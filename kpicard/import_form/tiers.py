"""One score for each span of figures: tiers in words, put in order as bands that a person would write."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from kpicard.import_form.standards import CLOSED, OPEN, Tier
from kpicard.numbers import plain
from kpicard.rules.scoring.curve import Better


class UncertainError(Exception):
    """Stops the making of a method: what is not certain, and about what."""

    def __init__(self, fault: str, about: str = "") -> None:
        super().__init__(fault)
        self.fault, self.about = fault, about


def settled(tiers: Sequence[Tier], *, is_counted: bool) -> list[Tier]:
    """Return tiers whose bounds each belong to just one of them. Refuses overlaps, and gaps between them."""
    found = list(tiers)
    if len({tier[:4] for tier in found}) < len(found):
        raise UncertainError("several")
    for upper in range(len(found)):
        for lower in range(len(found)):
            above, below = found[upper], found[lower]
            if above.low is None or below.high is None or upper == lower:
                continue
            if above.low == below.high:
                if above.low_claim == below.high_claim:
                    raise UncertainError("tie", plain(above.low))
                has_it = above.low_claim > below.high_claim
                found[upper] = above._replace(low_claim=CLOSED if has_it else OPEN)
                found[lower] = below._replace(high_claim=OPEN if has_it else CLOSED)
            elif above.low < below.high and (below.low is None or below.low < above.low):
                raise UncertainError("tie", plain(below.high))
    for above, below in pairwise(sorted(found, key=_place, reverse=True)):
        apart = above.low is not None and below.high is not None and above.low > below.high
        if apart and not (is_counted and (above.low or 0) - (below.high or 0) == 1):
            raise UncertainError("gap", f"{plain(below.high or Decimal(0))}–{plain(above.low or Decimal(0))}")
    return found


def _place(tier: Tier) -> Decimal:
    """Return a figure by which tiers stand in the order of what they hold."""
    return tier.low if tier.low is not None else (tier.high or Decimal(0)) - Decimal("0.000001")


def better_of(tiers: Sequence[Tier], otherwise: Sequence[Decimal | None]) -> Better:
    """Return the direction in which tiers earn more."""
    infinite = Decimal("Infinity")
    scores = [infinite if tier.score is None else tier.score for tier in sorted(tiers, key=_place)]
    if len(scores) == 1 and otherwise:
        rest = infinite if otherwise[0] is None else otherwise[0]
        scores = [rest, *scores] if tiers[0].high is None else [*scores, rest]
    if all(one < other for one, other in pairwise(scores)):
        return "higher"
    if all(one > other for one, other in pairwise(scores)):
        return "lower"
    raise UncertainError("several")


def bands(tiers: Sequence[Tier], otherwise: Decimal | None, better: Better, marks: Decimal) -> dict[str, Any]:
    """Return settled tiers as bands that a person would write: each with the one bound beyond which the next begins.

    What the last tier has without end is what is earned otherwise.
    """
    falling = sorted(tiers, key=_place, reverse=True)
    rising = falling[::-1]
    by_low = all(tier.low is not None for tier in falling[:-1]) and falling[0].high is None
    by_high = all(tier.high is not None for tier in rising[:-1]) and rising[0].low is None
    ends: tuple[str, ...]
    if by_low and (better == "higher" or not by_high):
        ordered, ends = falling, ("low",)
    elif by_high:
        ordered, ends = rising, ("high",)
    else:
        ordered, ends = falling, ("low", "high")
    found = [_band(tier, marks, ends) for tier in ordered]
    if len(ends) == 1 and getattr(ordered[-1], ends[0]) is None:
        if otherwise is not None:
            raise UncertainError("several")
        otherwise = found.pop()["score"]
    return {"bands": found, **({"otherwise": otherwise} if otherwise else {})}


def _band(tier: Tier, marks: Decimal, ends: Sequence[str]) -> dict[str, Decimal]:
    band: dict[str, Decimal] = {}
    if tier.low is not None and "low" in ends:
        band["above" if tier.low_claim == OPEN else "from"] = tier.low
    if tier.high is not None and "high" in ends:
        band["below" if tier.high_claim == OPEN else "upto"] = tier.high
    return {**band, "score": marks if tier.score is None else tier.score}
