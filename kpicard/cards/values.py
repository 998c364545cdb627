"""Scorecards as values: one employee in one role for one period, with every figure as it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from kpicard.numbers import exact_product, from_millionths, round2, to_millionths
from kpicard.rules.models import Adjustment, Kpi, Role

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
    """One KPI of a card; what is not known is None.

    Attainment and score have two decimals, points four. A KPI that does not count has no `effective_weight`, score and
    points. The effective weights of a card sum to 100: they are the weights, or where KPIs are left out, the others'
    shares of what remains, to four decimals.
    """

    kpi: Kpi
    status: Status
    target: Decimal | None
    actual: Decimal | None
    attainment: Decimal | None
    score: Decimal | None
    effective_weight: Decimal | None
    points: Decimal | None
    vetoes: bool = False
    """Whether the score is below what the KPI's veto asks for."""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    """What the actual was divided from, where it was given as two: longer periods add them up before dividing."""

    @property
    def lost(self) -> Decimal:
        """The points that it has less than with a score of 100, to two decimals; 0.00 from there on."""
        if self.score is None or self.effective_weight is None:
            return Decimal("0.00")
        return max(round2((100 - Fraction(self.score)) * Fraction(self.effective_weight) / 100), Decimal("0.00"))


@dataclass(frozen=True, slots=True)
class Adjusted:
    """One adjustment of a card: how many there were, and the points that they add or take off; None: not reported.

    Points have four decimals, like those of a KPI.
    """

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

    `total` is the sum of all points, of KPIs and adjustments, rounded to two decimals; a card on which no KPI counts
    has no total and no grade.
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

    @property
    def is_partial(self) -> bool:
        """Whether KPIs are left out, so that the effective weights of the others are not their weights."""
        return 0 < self.full_weight < 100
