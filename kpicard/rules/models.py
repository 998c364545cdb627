"""The rules as typed values: the department with its grades, and the roles with their responsibilities and KPIs."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import (
    Field,
    field_serializer,
)

from kpicard.numbers import exact_product, from_millionths, to_millionths
from kpicard.rules.adjustments import Adjustments
from kpicard.rules.fields import Id, Model, Number, Period, Quotas, Text, Words
from kpicard.rules.ranges import Bounds, Range, Targets, bounds_of, target_at, written_target
from kpicard.rules.scoring import BY_DEFAULT, Scoring
from kpicard.rules.scoring.curve import Better, Curve
from kpicard.rules.scoring.method import Marking

RollupOf: TypeAlias = Literal["sum", "mean", "last", "min", "max", "ratio"]
"""How the figures of several months become one."""

DEFAULT_CAP = Decimal(120)

FULL: Final = Decimal(100)
"""The full marks of a KPI that does not say its own."""

MOST_ITEMS = 62
"""The most KPIs and adjustments of a role together: the engine keeps a bit for each figure of a card in 64 bits."""


class Grade(Model):
    """A band of totals: from `from_` up to, not including, the `from_` of the band before it."""

    grade: Words
    """What the grade is called, as A."""
    from_: Number = Field(alias="from")
    """The lowest total of the grade; the last grade takes all below it too."""
    coefficient: Annotated[Number, Field(ge=0)]
    """The bonus multiplier."""
    label: Text | None = None
    """What the grade means."""


class Section(Model):
    """A group of a role's KPIs, such as results, skills and conduct."""

    id: Id
    """What KPIs name it by, under `section`."""
    title: Text
    """What cards call it."""
    weight: Annotated[Number, Field(gt=0, le=100)] | None = None
    """Its share of the total, in percent; its KPIs may then leave theirs out, and count in equal parts."""


Sections: TypeAlias = Annotated[tuple[Section, ...], Field(max_length=20)]

Weights: TypeAlias = Literal["overall", "in-section"]
"""Whether the weights of a role's KPIs sum to 100 together, or in each section."""


NotApplicable: TypeAlias = Literal["allowed", "with-reason", "never"]
"""Whether a KPI may be not applicable: always, with a reason in its row, or never."""


class Bonus(Model):
    """What a bonus base is multiplied by."""

    by: Literal["coefficient", "total"] = "coefficient"
    """By the grade's coefficient, or by a hundredth of the total."""
    from_: Annotated[Number | None, Field(alias="from")] = None
    """With `by: total`: the total below which there is no bonus."""
    upto: Annotated[Number, Field(gt=0)] | None = None
    """With `by: total`: the total beyond which the bonus grows no more."""


class Department(Model):
    """The roles that are scored by one grade scale."""

    title: Text
    """What the department is called."""
    from_: Period | None = Field(None, alias="from")
    """The first period that this version holds in, until the next version; left out: from the beginning."""
    cap: Annotated[Number, Field(gt=0)] = DEFAULT_CAP
    """The highest score that `ratio` gives, unless the KPI says otherwise; 120 where it is left out."""
    grades: Annotated[tuple[Grade, ...], Field(min_length=1, max_length=200)]
    """The grade scale, best grade first."""
    not_applicable: NotApplicable = "allowed"
    """Whether a KPI may be not applicable: allowed, with-reason or never; for every KPI that does not say it."""
    left_out_at_most: Annotated[Number, Field(ge=0, le=100)] = FULL
    """The most of the weight, in percent, that may be not applicable: a card with more has a total and no grade."""
    sections: Sections = ()
    """The groups of KPIs, for every role that has none of its own."""
    weights: Weights = "overall"
    """Whether KPIs' weights sum to 100 together, or in each section; for every role that does not say it."""
    adjustments: Adjustments = ()
    """Points beside the 100, for every role."""
    quota: Quotas = Field(default_factory=dict)
    """How many people may have a grade, as {S: 10%} of those assessed, or {S: {up_to_5: 1, else: 2}} by how many are.

    It never changes a grade: reports say who would be over.
    """
    bonus: Bonus | None = None
    """How bonuses are computed, as {by: total, from: 60, upto: 120}; left out: by the grade's coefficient."""
    signatures: Annotated[tuple[Text, ...], Field(max_length=12)] = ()
    """Who signs a printed card; left out: the employee and the supervisor."""
    footer: Text | None = None
    """What stands at the foot of every card and duty sheet on paper, such as whom to ask."""


class Responsibility(Model):
    """One duty of a role."""

    id: Id
    """What KPIs name it by, under `measures`."""
    title: Text
    """The duty in a few words."""
    detail: Text | None = None
    """The duty in a sentence."""


class Standard(Model):
    """What an actual is scored by."""

    better: Better
    """Whether more is better, less, or a range."""
    targets: Targets = Field(default_factory=dict, alias="target")
    """The value that counts as fully met, in the KPI's unit; or a list by period, as {2026-01: 30, 2026-07: 25}."""
    scoring: Scoring = BY_DEFAULT
    """How an actual becomes a score; left out: by ratio."""
    out_of: Annotated[Number, Field(gt=0)] | None = None
    """The full marks that its scores are out of; left out: 100."""

    @property
    def target(self) -> Decimal | None:
        """The target; where there is a list by period, the newest one."""
        return target_at(self.targets, None)

    def curve(self, cap: Decimal) -> Curve:
        """Return the curve that it is scored by; `cap` is the department's."""
        return self.scoring.curve(marking(self.better, cap, self.out_of))

    @property
    def full(self) -> Decimal:
        """The full marks: the score on target."""
        return FULL if self.out_of is None else self.out_of

    @field_serializer("targets")
    def _as_written(self, targets: dict[str | None, Decimal]) -> Any:
        return written_target(targets)


def marking(better: Better, cap: Decimal, out_of: Decimal | None) -> Marking:
    """Return what a curve hangs on beside its scoring: with full marks of its own, the department's cap is none."""
    return Marking(better, cap) if out_of is None else Marking(better, FULL, out_of)


class Veto(Model):
    """Where the KPI's score is below `score_below`, the card's grade is at most `grade_at_most` (否决项)."""

    score_below: Number
    """The score that must at least be reached, in percent of the full marks."""
    grade_at_most: Words
    """The best grade that a card can still have below it."""


class Level(Model):
    """A word that a cell may say for a value, such as good or 优秀."""

    level: Text
    """The word."""
    value: Number
    """The value that it stands for, in the KPI's unit."""
    detail: Text | None = None
    """What must be so for it to be given."""


class Of(Model):
    """Whose figures a KPI is computed from, by the roster: the employee's own is not among them."""

    role: Id
    """Their role."""
    kpi: Id
    """The KPI of that role."""
    over: Literal["team", "reports"]
    """All in the same team, or those whom the employee leads."""
    rollup: Literal["sum", "mean", "min", "max", "ratio"] = "mean"
    """How their figures become one; `ratio` adds up numerators and denominators before it divides."""


class Example(Model):
    """An actual and the score that it earns: checked by `validate`, and printed on the duty sheet."""

    actual: Number
    """The actual, in the KPI's unit."""
    score: Number
    """The score that it earns."""
    target: Number | None = None
    """The target that it is measured by; left out: the KPI's."""
    period: Period | None = None
    """The period whose target counts; left out: the newest one's."""


class Kpi(Standard):
    """One measured indicator of a role."""

    id: Id
    """What actuals name it by, beside its name."""
    name: Text
    """What cards call it."""
    weight: Annotated[Number, Field(gt=0, le=100)]
    """Its share of the total, in percent; a role's weights sum to exactly 100, or each section's."""
    section: Id | None = None
    """The section that it belongs to."""
    unit: Text | None = None
    """What its figures are in, as %, s, h or points."""
    range: Range | None = None
    """What can be true at all, as {from: 0, upto: 100}: a figure outside is reported and not scored."""
    levels: Annotated[tuple[Level, ...], Field(max_length=50)] = ()
    """The words that a cell may say for a value, best first."""
    examples: Annotated[tuple[Example, ...], Field(max_length=50)] = ()
    """Actuals with the scores that they earn, as {actual: 28.5, score: 102}."""
    not_applicable: NotApplicable | None = None
    """Whether it may be not applicable: allowed, with-reason or never; left out: as the department says."""
    definition: Text | None = None
    """How its figure is computed."""
    source: Text | None = None
    """Where its figure comes from."""
    measures: Annotated[tuple[Id, ...], Field(max_length=200)] = ()
    """The ids of the responsibilities that it is evidence for."""
    veto: Veto | None = None
    """A score below which the grade is held down, whatever the total."""
    team_figure: bool = False
    """Whether a row with a team and no employee counts for everybody in it."""
    of: Of | None = None
    """What it is computed from, as {role: agent, kpi: response-time, over: team}; left out: its figure is entered."""
    rollup: RollupOf | None = None
    """How months become a quarter: sum, mean, last, min, max or ratio; left out: ratio if given as two, else mean."""

    @property
    def has_limit(self) -> bool:
        """Whether a low score limits the grade."""
        return self.veto is not None

    @property
    def veto_below(self) -> Decimal | None:
        """The score that its veto asks for, in its own marks; None without a veto."""
        return None if self.veto is None else exact_product(self.veto.score_below, self.full).scaleb(-2)

    @property
    def bounds(self) -> Bounds:
        """The lowest and the highest figure that can be true, in the KPI's unit."""
        return bounds_of(self.range, self.unit)

    def at(self, period: str | None) -> Kpi:
        """Return the KPI with the one target that holds in a period, or without any."""
        target = target_at(self.targets, period)
        return self.model_copy(update={"targets": {} if target is None else {None: target}})


class SharedKpi(Kpi):
    """A KPI that roles share; each may say its own weight, and whatever else differs."""

    weight: Annotated[Number, Field(gt=0, le=100)] | None = None  # type: ignore[assignment]  # a role has the weight
    """Its share of the total, where the roles do not say another."""


class SharedKpis(Model):
    """The KPIs that roles share: a role takes one with `use: ID`, and writes beside it what differs."""

    from_: Period | None = Field(None, alias="from")
    """The first period that this version holds in, until the next version; left out: from the beginning."""
    kpis: Annotated[tuple[SharedKpi, ...], Field(min_length=1, max_length=500)]
    """The KPIs."""


class Role(Model):
    """A job, with its responsibilities and its KPIs."""

    id: Id
    """What actuals name it by, beside its title; the file is called after it."""
    from_: Period | None = Field(None, alias="from")
    """The first period that this version holds in, until the next version; left out: from the beginning."""
    title: Text
    """What the job is called."""
    purpose: Text | None = None
    """What the job is there for, in a sentence."""
    sections: Sections = ()
    """The groups of its KPIs, in the order of the cards; left out: the department's."""
    weights: Weights = "overall"
    """Whether KPIs' weights sum to 100 together, or in each section; left out: as the department says."""
    responsibilities: Annotated[tuple[Responsibility, ...], Field(max_length=200)] = ()
    """What the job is responsible for."""
    kpis: Annotated[tuple[Kpi, ...], Field(min_length=1, max_length=MOST_ITEMS)]
    """How the job is measured, in the order of the cards."""
    adjustments: Adjustments = ()
    """Points beside the 100, for this role."""

    def section_of(self, kpi: Kpi) -> Section | None:
        """Return the section of one of its KPIs; None in a role without sections."""
        return next((each for each in self.sections if each.id == kpi.section), None)

    def section_weight(self, kpi: Kpi) -> Decimal:
        """Return the percent of the total that the weight of a KPI is a part of: 100, or its section's weight."""
        section = self.section_of(kpi) if self.weights == "in-section" else None
        return FULL if section is None or section.weight is None else section.weight

    def share(self, kpi: Kpi) -> Decimal:
        """Return the percent of the total that a KPI counts where all count: to six decimals."""
        return part_of(kpi.weight, self.section_weight(kpi))


def part_of(weight: Decimal, section: Decimal) -> Decimal:
    """Return a weight in a section as a percent of the total, rounded half away from zero to six decimals."""
    if section == FULL:
        return weight
    return from_millionths((2 * to_millionths(weight) * to_millionths(section) + 10**8) // (2 * 10**8))
