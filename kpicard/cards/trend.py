"""How people, and the KPIs of each role, came along over the periods of some scorecards."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from kpicard.cards.history import History, difference, newest_kpis, people
from kpicard.cards.scorecards import Scorecards
from kpicard.cards.values import Withheld
from kpicard.numbers import round2
from kpicard.problems import Problem
from kpicard.rules.models import Kpi, Role


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of a figure in one period, over the people who have it, and how many they are; None where nobody has."""

    people: int
    mean: Decimal | None


@dataclass(frozen=True, slots=True)
class Means:
    """The mean of a figure, one for each period, oldest first."""

    line: tuple[Mean, ...]

    @property
    def figures(self) -> tuple[Decimal | None, ...]:
        """The means themselves."""
        return tuple(each.mean for each in self.line)

    @property
    def changes(self) -> tuple[Decimal | None, ...]:
        """How much higher each is than in the last period before it that has one; None where there is none."""
        found: list[Decimal | None] = []
        before: Decimal | None = None
        for mean in self.figures:
            found.append(difference(before, mean))
            before = before if mean is None else mean
        return tuple(found)


@dataclass(frozen=True, slots=True)
class RoleTrend:
    """The people of one role together: the mean of their totals, and the mean score of each KPI."""

    role: Role
    """In the newest version that a card was scored by."""
    people: tuple[History, ...]
    totals: Means
    kpis: tuple[tuple[Kpi, Means], ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """The cards of some periods, by role and employee. What was withheld is a gap, and is named."""

    periods: tuple[str, ...]
    roles: tuple[RoleTrend, ...]
    kpis: frozenset[str]
    """The KPIs that were chosen; empty: all, and the totals."""
    withheld: tuple[Withheld, ...]
    problems: tuple[Problem, ...]

    @property
    def people(self) -> tuple[History, ...]:
        """Everybody, once for each role."""
        return tuple(person for role in self.roles for person in role.people)

    @property
    def lacking(self) -> list[str]:
        """The chosen KPIs that no card has."""
        return sorted(self.kpis.difference(kpi.id for role in self.roles for kpi, _ in role.kpis))

    def is_chosen(self, kpi: Kpi) -> bool:
        """Return whether a KPI is among those that are wanted."""
        return not self.kpis or kpi.id in self.kpis


def trend(result: Scorecards, kpis: Collection[str] = ()) -> Trend:
    """Return the trend of scorecards; `kpis` are the ids of those that are wanted, else all.

    Periods are in order of their texts. One for which every card was withheld is among them.
    """
    withheld = result.withheld_cards
    everybody = people(result.cards, (each.period for each in withheld))
    chosen = frozenset(kpis)
    wanted = [each for each in everybody if not chosen or any(kpi.id in chosen for kpi in newest_kpis(each.cards))]
    periods = everybody[0].periods if everybody else tuple(sorted({each.period for each in withheld}))
    roles = tuple(_role(tuple(group), chosen) for _, group in groupby(wanted, key=lambda each: each.last.role.id))
    return Trend(periods, roles, chosen, withheld, result.problems)


def _role(of_role: tuple[History, ...], chosen: Collection[str]) -> RoleTrend:
    cards = [card for person in of_role for card in person.cards]
    kpis = (kpi for kpi in newest_kpis(cards) if not chosen or kpi.id in chosen)
    return RoleTrend(
        role=max(cards, key=lambda card: card.period).role,
        people=of_role,
        totals=_means(person.totals for person in of_role),
        kpis=tuple((kpi, _means(person.scores(kpi.id) for person in of_role)) for kpi in kpis),
    )


def _means(lines: Iterable[tuple[Decimal | None, ...]]) -> Means:
    return Means(tuple(map(_mean, zip(*lines, strict=True))))


def _mean(column: Iterable[Decimal | None]) -> Mean:
    known = [Fraction(figure) for figure in column if figure is not None]
    return Mean(len(known), round2(sum(known, Fraction(0)) / len(known)) if known else None)
