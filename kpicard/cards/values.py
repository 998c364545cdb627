"""Scorecards as values: one employee in one role for one period, with every figure as it is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

from kpicard.numbers import exact_product, from_millionths, plain, round2, to_millionths
from kpicard.rules.adjustments import Adjustment
from kpicard.rules.models import Kpi, Role, Section
from kpicard.text import Text

Status = Literal["scored", "not_applicable", "not_reported"]
"""Whether a KPI was scored, does not apply to this card, or was not reported."""


Missing = Literal["refuse", "zero", "exclude"]
"""What becomes of a KPI that is not reported: its card is withheld, or it scores 0, or it is left out."""

DecimalMark = Literal[".", ","]
Rollup = Literal["totals", "actuals"]
"""What a longer period's card is made from: the mean of the months' totals, or the actuals brought together."""


_HUNDREDTH = Decimal("0.01")


class Limit(NamedTuple):
    """The best grade that a card can have for the score of a KPI, which is below a bound in that KPI's marks."""

    scored: Scored
    below: Decimal
    grade: str


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
    reason: str | None = None
    """Why it is not applicable, where its row says it."""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    """What the actual was divided from, where it was given as two: longer periods add them up before dividing."""

    def __repr__(self) -> str:
        return f"Scored({self.kpi.id}, actual {self.actual}, score {self.score}, points {self.points})"

    @property
    def limit(self) -> Limit | None:
        """What the KPI's score makes of the grade, whatever the total; None where it does nothing to it."""
        veto, bound = self.kpi.veto, self.kpi.veto_below
        return Limit(self, bound, veto.grade_at_most) if self.vetoes and veto and bound is not None else None

    @property
    def lost(self) -> Decimal:
        """The points that it has less than with full marks, to two decimals; 0.00 from there on."""
        if self.score is None or self.effective_weight is None:
            return Decimal("0.00")
        full = Fraction(self.kpi.full)
        return max(round2((full - Fraction(self.score)) * Fraction(self.effective_weight) / full), Decimal("0.00"))

    @property
    def score_percent(self) -> Decimal | None:
        """The score in percent of the full marks, by which KPIs compare."""
        if self.score is None or self.kpi.out_of is None:
            return self.score
        return round2(100 * Fraction(self.score) / Fraction(self.kpi.full))


@dataclass(frozen=True, slots=True)
class Adjusted:
    """One adjustment of a card: how many there were, and the points that they add or take off; None: not reported.

    Points have four decimals, like those of a KPI.
    """

    adjustment: Adjustment
    status: Status
    actual: Decimal | None
    points: Decimal | None
    vetoes: bool = False
    """Whether so many are counted that the grade is held down."""

    def __repr__(self) -> str:
        return f"Adjusted({self.adjustment.id}, actual {self.actual}, points {self.points})"


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a longer period's card, as its own card has it; None: it was not assessed."""

    period: str
    total: Decimal | None
    grade: str | None
    coefficient: Decimal | None
    rules: str


class SectionPoints(NamedTuple):
    """A section on a card: its KPIs, and the sums of their effective weights and points; None where no KPI counts."""

    section: Section
    kpis: tuple[Scored, ...]
    effective_weight: Decimal | None
    points: Decimal | None


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

    def __repr__(self) -> str:
        return f"Withheld({self.employee}, {self.period}, {self.role.id})"


class Comment(NamedTuple):
    """What somebody says of a card: of one KPI, or of the card as a whole."""

    text: str
    kpi: str | None = None
    """The id of the KPI or adjustment; None: the card."""
    period: str | None = None
    """The month, on the card of a longer period."""


Sources: TypeAlias = Mapping[str, tuple[tuple[str, Decimal | None], ...]]
"""By the ids of KPIs, the employees whose figures one is computed from, with these; None: none that counts."""


class Pay(NamedTuple):
    """What a bonus base is multiplied by."""

    factor: Decimal | None
    """The coefficient, or a hundredth of the total that counts; None where nothing is assessed, or not yet."""
    counted: Decimal | None = None
    """The total that counts, where the bonus is by the total."""
    share: Decimal | None = None
    """The part of a full post, in percent, of all roles together; None where no share is given."""
    is_combined: bool = False
    """Whether it goes by several roles together."""
    waiting: tuple[Text, ...] = ()
    """The roles whose cards are withheld, so that it is not known yet."""

    @property
    def words(self) -> str:
        """The factors, as one would write them behind the base: `1.2`, `93.13 ÷ 100 × 80%`."""
        factor = "" if self.factor is None else f"{self.factor:f}"
        if self.counted is not None:
            factor = f"{plain(self.counted)} ÷ 100"
        return factor if self.share is None else f"{factor} × {plain(self.share)}%"


class State(NamedTuple):
    """Whether a card may still change."""

    kind: Literal["final", "differs", "provisional"]
    """`final`: it is as its period was closed; `differs`: the closed one is another."""
    date: str | None = None
    """The day on which the period was closed, where that was said."""
    manifest: str | None = None
    """How the hash of the closed period's manifest begins."""


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
    manager: str | None = None
    """Who leads the employee, where a roster says it."""
    left_out_most: Decimal | None = None
    """The most of the weight, in percent, that may be not applicable where there is a grade; None: all of it."""
    pay: Pay | None = None
    """What the base is multiplied by, where there is one."""
    comments: tuple[Comment, ...] = ()
    """What its rows say of it in words."""
    team_figures: Mapping[str, str] = field(default_factory=dict)
    """The teams whose figures it has, by the ids of the KPIs."""
    sources: Sources = field(default_factory=dict)
    """What its figures are made of that are computed from those of others."""
    state: State | None = None
    """Whether it may still change, where that is known."""

    def __repr__(self) -> str:
        return f"Card({self.employee}, {self.period}, {self.role.id}, {self.total}, {self.grade})"

    def _repr_html_(self) -> str:
        """Return its lines and its total as a table, for notebooks."""
        from kpicard.reports.notebook import card

        return card(self)

    @property
    def key(self) -> Key:
        """What tells it from other cards."""
        return Key(self.period, self.role.id, self.employee)

    @property
    def bonus(self) -> Decimal | None:
        """The base times the factor of grade or total and the part of a full post, exactly; None where one is open."""
        if self.base is None or self.pay is None or self.pay.factor is None:
            return None
        whole = exact_product(self.base, self.pay.factor)
        return whole if self.pay.share is None else exact_product(whole, exact_product(self.pay.share, _HUNDREDTH))

    @property
    def vetoes(self) -> tuple[Scored, ...]:
        """The KPIs whose score is below what their veto asks for, so that the grade is no better than it allows."""
        return tuple(each for each in self.kpis if each.vetoes)

    @property
    def red_lines(self) -> tuple[Adjusted, ...]:
        """The adjustments whose count holds the grade down."""
        return tuple(each for each in self.adjustments if each.vetoes)

    @property
    def limits(self) -> tuple[Limit, ...]:
        """What each of these makes of the grade."""
        return tuple(each.limit for each in self.kpis if each.limit)

    @property
    def full_weight(self) -> Decimal:
        """The sum of the shares of the total that count: 100, or less where a KPI is left out."""
        counted = (self.role.share(scored.kpi) for scored in self.kpis if scored.points is not None)
        return from_millionths(sum(map(to_millionths, counted)))

    @property
    def is_partial(self) -> bool:
        """Whether KPIs are left out, so that the effective weights of the others are not their weights."""
        return 0 < self.full_weight < 100

    @property
    def has_effective_weights(self) -> bool:
        """Whether effective weights are others than the weights: KPIs are left out, or weights are in sections."""
        return bool(self.kpis) and (self.is_partial or self.role.weights == "in-section")

    @property
    def sections(self) -> tuple[SectionPoints, ...]:
        """The sections of the role with what they come to, and in each its KPIs; none in a role without sections."""
        found = []
        for section in self.role.sections if self.kpis else ():
            kpis = tuple(each for each in self.kpis if each.kpi.section == section.id)
            weights = [each.effective_weight for each in kpis if each.effective_weight is not None]
            points = [each.points for each in kpis if each.points is not None]
            whole = from_millionths(sum(map(to_millionths, weights))) if weights else None
            found.append(SectionPoints(section, kpis, whole, sum(points, Decimal(0)) if points else None))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class FullMonth(Month):
    """A month with what its own card says, so that whoever has the longer card can check it."""

    grade_by_total: str | None
    """The grade without vetoes."""
    kpis: tuple[Scored, ...]
    """None where the longer card is made from totals; nor are there adjustments then."""
    adjustments: tuple[Adjusted, ...]

    @property
    def is_vetoed(self) -> bool:
        """Whether a veto holds the month's grade down."""
        return self.grade != self.grade_by_total
