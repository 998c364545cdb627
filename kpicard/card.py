"""Scorecards as values: one employee in one role for one period, with every figure as it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from kpicard.numbers import exact_product, from_millionths, round2, to_millionths
from kpicard.rules.adjustment import Adjustment
from kpicard.rules.models import Kpi, Role

Status = Literal["scored", "not_applicable", "not_reported"]
"""Whether a KPI was scored, does not apply to this card, or was not reported."""


Missing = Literal["refuse", "zero", "exclude"]
"""What becomes of a KPI that is not reported: its card is withheld, or it scores 0, or it is left out."""

Rollup = Literal["totals", "actuals"]
"""What a longer period's card is made from: the mean of the months' totals, or the actuals brought together."""


class Key(NamedTuple):
    """What tells a card from others, in the order of the reports."""

    period: str
    role: str
    employee: str


@dataclass(frozen=True, slots=True)
class Scored:
    """One KPI of a card. Attainment, score and points have two decimals; what is not known is None."""

    kpi: Kpi
    status: Status
    target: Decimal | None
    actual: Decimal | None
    attainment: Decimal | None
    score: Decimal | None
    points: Decimal | None
    vetoes: bool = False
    """Whether the score is below what the KPI's veto asks for."""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    """What the actual was divided from, where it was given as two: longer periods add them up before dividing."""


@dataclass(frozen=True, slots=True)
class Adjusted:
    """One adjustment of a card: how many there were, and the points that they add or take off; None: not reported."""

    adjustment: Adjustment
    status: Status
    actual: Decimal | None
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a longer period's card, as its own card has it; None: it was not assessed."""

    period: str
    total: Decimal | None
    grade: str | None
    coefficient: Decimal | None
    rules: str


class RoleName(NamedTuple):
    """What a role is called whose file is wrong, in the place of the role."""

    id: str

    @property
    def title(self) -> str:
        """Its id, since it has no other name that can be relied on."""
        return self.id


@dataclass(frozen=True, slots=True)
class Withheld:
    """Whose card was not scored, for a problem that is reported."""

    period: str
    employee: str
    name: str | None
    role: Role | RoleName


@dataclass(frozen=True, slots=True)
class Card:
    """One scorecard.

    `total` is the sum of all points, of KPIs and adjustments; a card on which no KPI counts has no total and no grade.
    `grade_by_total` is the grade without vetoes, and `rules` the fingerprint of what scored it. `base` is what the
    coefficient multiplies for the bonus; `days` or `share` say how much of the period the employee had this role.

    The card of a longer period says in `rollup` what it is made from, and has its months; made from totals, it has no
    KPIs of its own.
    """

    period: str
    employee: str
    name: str | None
    team: str | None
    role: Role
    kpis: tuple[Scored, ...]
    adjustments: tuple[Adjusted, ...]
    total: Decimal | None
    grade: str | None
    coefficient: Decimal | None
    grade_by_total: str | None
    rules: str
    base: Decimal | None = None
    days: Decimal | None = None
    share: Decimal | None = None
    rollup: Rollup | None = None
    months: tuple[Month, ...] = ()

    @property
    def key(self) -> Key:
        """What tells it from other cards."""
        return Key(self.period, self.role.id, self.employee)

    @property
    def bonus(self) -> Decimal | None:
        """The base times the coefficient, exactly; None where either is not known."""
        return None if self.base is None or self.coefficient is None else exact_product(self.base, self.coefficient)

    @property
    def vetoes(self) -> tuple[Scored, ...]:
        """The KPIs whose score is below what their veto asks for, so that the grade is no better than it allows."""
        return tuple(each for each in self.kpis if each.vetoes)

    @property
    def full_weight(self) -> Decimal:
        """The sum of the weights that count: 100, or less where a KPI is left out."""
        counted = (scored.kpi.weight for scored in self.kpis if scored.points is not None)
        return from_millionths(sum(map(to_millionths, counted)))

    def lost(self, scored: Scored) -> Decimal:
        """Return how many points a KPI has less than on target, where its score would be 100; negative: gained."""
        if scored.points is None:
            return Decimal("0.00")
        on_target = round2(100 * Fraction(scored.kpi.weight) / Fraction(self.full_weight))
        return round2(Fraction(on_target) - Fraction(scored.points))
