"""The whole department as values, and who would be over a quota."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from kpicard.cards.values import Card, Key, Withheld
from kpicard.numbers import to_millionths
from kpicard.rules.fields import allowed, limit_at
from kpicard.rules.models import Department, Role

By: TypeAlias = Literal["days", "share"]
"""What the totals of several roles are weighted by."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How the totals of some cards lie, in points with two decimals; None where no card is assessed."""

    cards: int
    assessed: int
    """How many of the cards have a total."""
    mean: Decimal | None
    median: Decimal | None
    lowest: Decimal | None
    highest: Decimal | None
    deviation: Decimal | None
    """The standard deviation of all the totals (of the population, not of a sample)."""
    grades: Mapping[str, int]
    """How many cards have each grade of the scale, best grade first."""
    bonuses: int = 0
    """How many of the cards have a bonus."""
    bonus: Decimal | None = None
    """The sum of their bonuses, exactly; None where no card has one."""


@dataclass(frozen=True, slots=True)
class Group:
    """The cards of one role, of one manager's people, or of one team (None: those that name no team)."""

    role: Role | None
    team: str | None
    spread: Spread
    manager: str | None = None
    apart: Decimal | None = None
    """How far the mean of a manager's people lies from that of all, where that is more than the standard deviation of
    all, and at least three are assessed."""


@dataclass(frozen=True, slots=True)
class Combined:
    """The total of an employee with several roles in a period, weighted by `days` or `share`.

    It is None where another card is withheld, or none is assessed. The strictest limit of a card holds for the whole:
    `grade_by_total` is the grade without.
    """

    period: str
    employee: str
    name: str | None
    team: str | None
    by: By
    cards: tuple[Card, ...]
    withheld: tuple[Withheld, ...]
    total: Decimal | None
    grade: str | None
    coefficient: Decimal | None
    grade_by_total: str | None

    @property
    def key(self) -> Key:
        """That of its first card, for whoever leads there."""
        return self.cards[0].key


@dataclass(frozen=True, slots=True)
class QuotaUse:
    """A grade that the department sets a quota for: how many may have it, how many have, and who would be over.

    `limit` is as the department writes it, `people` how many are assessed and `allowed` what it comes to for them.
    """

    grade: str
    limit: str
    people: int
    allowed: int
    count: int
    over: tuple[Card | Combined, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The cards of one period together. `ranking` is from the highest total down; who is not assessed has no rank."""

    period: str
    department: Department
    """In the version that the period is graded by."""
    ranking: tuple[tuple[int | None, Card], ...]
    whole: Spread
    by_role: tuple[Group, ...]
    by_team: tuple[Group, ...]
    """Empty where no card names a team."""
    quotas: tuple[QuotaUse, ...] | None
    """None where the department has quotas, but the cards are a choice of people or roles: it counts everybody."""
    combined: tuple[Combined, ...]
    withheld: tuple[Withheld, ...]
    """Whose cards are not among these, each for a problem."""
    by_manager: tuple[Group, ...] = ()
    """Empty where no roster says managers."""


def quota_uses(cards: Sequence[Card], combined: Sequence[Combined], department: Department) -> tuple[QuotaUse, ...]:
    """Return how each quota of a department is used in a period, best grade first.

    Everybody who is assessed counts once: by the combined total where there is one, else by the best card.
    """
    return tuple(_uses(_people(cards, combined), department)) if department.quota else ()


def _people(cards: Sequence[Card], combined: Sequence[Combined]) -> list[Card | Combined]:
    """Return what each person counts by, from the highest total down."""
    found: dict[str, Card | Combined] = {each.employee: each for each in combined if each.grade is not None}
    together = set(found)
    for card in cards:
        best = found.get(card.employee)
        if card.grade is not None and card.employee not in together and (best is None or _total(card) > _total(best)):
            found[card.employee] = card
    return sorted(found.values(), key=lambda each: (-_total(each), each.employee))


def _uses(people: Sequence[Card | Combined], department: Department) -> Iterator[QuotaUse]:
    for grade in department.grades:
        limit = limit_at(department.quota.get(grade.grade, {}), len(people))
        if limit is not None:
            most = allowed(limit, len(people))
            holders = [each for each in people if each.grade == grade.grade]
            over = _over(holders, most)
            yield QuotaUse(grade.grade, limit, len(people), most, len(holders), over)


def _over(holders: Sequence[Card | Combined], most: int) -> tuple[Card | Combined, ...]:
    """Return whom the quota leaves no room for: equal totals are within it together, or over it together."""
    if len(holders) <= most:
        return ()
    first = holders[most].total  # the best of those for whom there is no room, and all who are equal to it
    return tuple(each for each in holders if each.total is not None and first is not None and each.total <= first)


def _total(each: Card | Combined) -> int:
    return 0 if each.total is None else to_millionths(each.total)
