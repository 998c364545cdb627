"""Explanations as values: what was calculated for a card, in which order, with which numbers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from kpicard.advice.values import Advice
from kpicard.card import Adjusted, Card, Scored, Withheld
from kpicard.explain.formula import Formula
from kpicard.explain.place import Place
from kpicard.rules.curve import Curve
from kpicard.rules.models import Department, Grade


@dataclass(frozen=True, slots=True)
class KpiSteps:
    """How the points of one KPI come about. A step is None where there is none: no target, nothing scored."""

    scored: Scored
    curve: Curve
    since: str | None
    """The period from which its target holds; None: from the beginning, or it is not the rules'."""
    is_own_target: bool
    """Whether the target is the row's own and not the rules'."""
    division: Formula | None
    """The actual from its numerator and denominator."""
    ratio: Formula | None
    """The actual as percent of the target."""
    attainment: Formula | None
    """The attainment where it is not the ratio itself."""
    place: Place | None
    score: Formula | None
    effective_weight: Formula | None
    """The effective weight from the weight, on a card on which KPIs are left out."""
    points: Formula | None


@dataclass(frozen=True, slots=True)
class AdjustmentSteps:
    """How the points of an adjustment come about: so many times so much, unless that is beyond a bound."""

    adjusted: Adjusted
    product: Formula | None
    """None where nothing is counted, and on the card of a longer period: it has the mean of its months' points."""
    bound: tuple[Literal["at-least", "at-most"], Decimal] | None


@dataclass(frozen=True, slots=True)
class Band:
    """The grade of a total: from the grade's `from_` up to, not including, `below`; None: there is no better one."""

    grade: Grade
    below: Decimal | None
    is_last: bool
    """Whether it takes all that is below it too."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The whole calculation of one card. `total` is the sum of the points, or the mean of a longer period's months."""

    card: Card
    department: Department
    kpis: tuple[KpiSteps, ...]
    adjustments: tuple[AdjustmentSteps, ...]
    total: Formula | None
    band: Band | None
    bonus: Formula | None
    advice: Advice | None


@dataclass(frozen=True, slots=True)
class Explanations:
    """The explanations of the cards of one run, and whose cards were withheld."""

    explained: tuple[Explanation, ...]
    withheld: tuple[Withheld, ...]
