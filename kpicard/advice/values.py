"""Advice as values: what would reach the next grade."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kpicard.card import Scored


@dataclass(frozen=True, slots=True)
class Step:
    """A figure that one KPI would need. `actual` is in the KPI's unit; `score` and `points` are what it would earn."""

    scored: Scored
    """The KPI as it stands on the card."""
    actual: Decimal
    score: Decimal
    points: Decimal
    is_any: bool = False
    """Whether any figure would do, where none is reported yet; `actual` is then the worst that can be scored."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What would bring one card to the next better grade; every step was scored by the engine and reaches it.

    `lacking` are the points that its total lacks: 0.00 where only a veto holds the grade down. `alone` has, in the
    card's order, each KPI that could do it by itself, with the smallest change of its actual. `together` is the
    cheapest way: the least sum of changes, each measured in percent of its target. Only KPIs with an actual and a
    target above 0 can be measured so; it is empty where no change of these can do it. Scores have two decimals, and
    changes that save less than a hundredth of a score costs are not sought out for it.
    """

    grade: str
    from_: Decimal
    """The lowest total of that grade."""
    lacking: Decimal
    alone: tuple[Step, ...]
    together: tuple[Step, ...]
    is_cheapest: bool = True
    """Whether all ways were gone through; with many KPIs, `together` may be just the best that was found."""
