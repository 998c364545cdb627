"""The impact as values: each card before and after, what changed it, and which cards have no counterpart."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from kpicard.cards.values import Adjusted, Card, Key, Scored
from kpicard.problems import Problem
from kpicard.rules.adjustments import Adjustment
from kpicard.rules.models import Grade, Kpi
from kpicard.text import Text

SideName = Literal["before", "after"]

Move = Literal["up", "down", "other"]
"""Where a grade went. `other`: it is neither better nor worse, as one that has a new name, or a card not assessed."""

Cause = Literal["no-role", "broken-role", "no-grades", "withheld", "absent"]
"""Why a side has no card: its rules have no such role, its file is wrong, they have no grades, a figure is at fault; or
nothing is there of it."""


@dataclass(frozen=True, slots=True)
class KpiChange:
    """One KPI of a card by both rules; None where they do not have it. `points` is after less before."""

    before: Scored | None
    after: Scored | None
    points: Decimal
    knows_scoring: bool = True
    """Whether the scoring of both is known: a report of cards does not say it."""

    @property
    def kpi(self) -> Kpi:
        """The KPI, as the rules after have it if they do."""
        either = self.after or self.before
        if either is None:
            message = "a KPI of neither card"
            raise ValueError(message)
        return either.kpi

    @property
    def is_change(self) -> bool:
        """Whether it earns other points than before, or stands on one of the cards only."""
        return self.points != 0 or self.before is None or self.after is None

    @property
    def is_scored_otherwise(self) -> bool:
        """Whether the scoring is another: written so, or to be told from another score for the same figures."""
        if self.before is None or self.after is None:
            return False
        before, after = self.before, self.after
        if self.knows_scoring and before.kpi.scoring != after.kpi.scoring:
            return True
        if before.kpi.better != after.kpi.better:
            return True
        figures = (before.actual, before.target, before.status) == (after.actual, after.target, after.status)
        return figures and before.score != after.score


@dataclass(frozen=True, slots=True)
class AdjustmentChange:
    """One adjustment of a card by both rules; None where they do not have it. `points` is after less before."""

    before: Adjusted | None
    after: Adjusted | None
    points: Decimal

    @property
    def adjustment(self) -> Adjustment:
        """The adjustment, as the rules after have it if they do."""
        either = self.after or self.before
        if either is None:
            message = "an adjustment of neither card"
            raise ValueError(message)
        return either.adjustment

    @property
    def is_change(self) -> bool:
        """Whether it adds other points than before."""
        return self.points != 0


@dataclass(frozen=True, slots=True)
class CardChange:
    """One card by both rules. KPIs and adjustments are all there, those with the greatest change of points first."""

    before: Card
    after: Card
    kpis: tuple[KpiChange, ...]
    adjustments: tuple[AdjustmentChange, ...]
    move: Move | None
    """Where the grade went; None where it is the same."""

    @property
    def total(self) -> Decimal | None:
        """The change of the total; None where a card is not assessed."""
        return _less(self.after.total, self.before.total)

    @property
    def coefficient(self) -> Decimal | None:
        """The change of the coefficient; None where a card is not assessed."""
        return _less(self.after.coefficient, self.before.coefficient)

    @property
    def bonus(self) -> Decimal | None:
        """The change of the bonus; None where either card has none."""
        return _less(self.after.bonus, self.before.bonus)

    @property
    def is_change(self) -> bool:
        """Whether total, grade, coefficient or bonus are others than before."""
        changes = (self.total, self.coefficient, self.bonus)
        return self.move is not None or any(change not in {None, 0} for change in changes)


@dataclass(frozen=True, slots=True)
class NoCard:
    """Why the rules of one side give no card; `problems` are what may be at fault."""

    side: SideName
    cause: Cause
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class NotCompared:
    """A card that the rules of one side do not give, or of neither."""

    period: str
    role: str
    title: Text
    employee: str
    name: str | None
    before: Card | None
    after: Card | None
    reasons: tuple[NoCard, ...]


class Figure(NamedTuple):
    """What a row gives for a KPI or an adjustment; `target` is a person's own, `place` where the row stands."""

    status: str
    actual: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    target: Decimal | None = None
    place: str | None = None

    @property
    def values(self) -> tuple[str, Decimal | None, Decimal | None, Decimal | None, Decimal | None]:
        """All but the place."""
        return self[:5]


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that is another than before, was added, or is gone: one on each side, or more where it is doubled."""

    key: Key
    item: str
    """The id of the KPI or of the adjustment."""
    before: tuple[Figure, ...]
    after: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What is another about the person of a card: `name`, `team`, `base`, `days` or `share`."""

    key: Key
    field: str
    before: str | Decimal | None
    after: str | Decimal | None


@dataclass(frozen=True, slots=True)
class Scales:
    """A grade scale that is another than before."""

    before: tuple[Grade, ...]
    after: tuple[Grade, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """How many cards went where. A mean is over the cards that are assessed by both rules, None where there is none."""

    cards: int
    unchanged: int
    up: int
    down: int
    other: int
    """How many grades went up, went down, or are others without being better or worse."""
    total_up: int
    total_down: int
    mean_total: Decimal | None
    """The mean change of the total, to two decimals."""
    coefficients: Decimal
    """The sum of the changes of the coefficient."""
    mean_coefficient: Decimal | None
    """Their mean, to four decimals."""

    @property
    def moved(self) -> int:
        """How many grades are others."""
        return self.up + self.down + self.other


@dataclass(frozen=True, slots=True)
class Impact:
    """The same actuals by two sets of rules, which are called `before` and `after`; as a diff, any two sets of cards.

    Cards are sorted by period, role and employee. `problems` are those of the actuals by the rules after, and of both
    rules as far as they came with the scorecards; `problems_before` only the rules before have with the actuals.
    """

    before: str
    after: str
    cards: tuple[CardChange, ...]
    not_compared: tuple[NotCompared, ...]
    scales: tuple[Scales, ...]
    problems: tuple[Problem, ...]
    problems_before: tuple[Problem, ...]
    is_diff: bool = False
    figures: tuple[FigureChange, ...] = ()
    """The figures that are others, sorted by card and item; of one set of actuals none are."""
    people: tuple[PersonChange, ...] = ()

    @property
    def is_any(self) -> bool:
        """Whether anything is another than before."""
        moved = any(each.is_change for each in self.cards)
        one_sided = any((each.before is None) != (each.after is None) for each in self.not_compared)
        return moved or one_sided or bool(self.figures or self.people or self.scales)


def _less(after: Decimal | None, before: Decimal | None) -> Decimal | None:
    return None if after is None or before is None else after - before
