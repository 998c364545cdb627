"""Summaries of cards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from kpicard.card import Card, Withheld
from kpicard.rules.models import Department
from kpicard.rules.rules import Rules, held_in
from kpicard.summary.combine import combine
from kpicard.summary.quotas import quota_uses
from kpicard.summary.ranking import ranked
from kpicard.summary.spread import spread
from kpicard.summary.values import Group, Summary


def summarise(
    cards: Sequence[Card], rules: Rules, withheld: Iterable[Withheld] = (), *, is_part: bool = False
) -> tuple[Summary, ...]:
    """Return the cards of each period together; `withheld` are those that there would be beside them.

    With `is_part` the cards are a choice of people or roles, of which no quota is counted.
    """
    missing: dict[str, list[Withheld]] = {}
    for each in withheld:
        missing.setdefault(each.period, []).append(each)
    found = []
    for period, group in groupby(sorted(cards, key=lambda card: card.key), key=lambda card: card.period):
        together = list(group)
        department = held_in(rules.departments, max(map(_last_month, together)))
        if department:
            found.append(_summary(period, together, missing.get(period, ()), department, is_part=is_part))
    return tuple(found)


def _summary(
    period: str, cards: Sequence[Card], withheld: Sequence[Withheld], department: Department, *, is_part: bool
) -> Summary:
    combined = combine(cards, withheld, department)
    return Summary(
        period=period,
        department=department,
        ranking=ranked(cards),
        whole=spread(cards, department),
        by_role=tuple(_by_role(cards, department)),
        by_team=tuple(_by_team(cards, department)),
        quotas=None if is_part and department.quota else quota_uses(cards, combined, department),
        combined=combined,
        withheld=tuple(withheld),
    )


def _last_month(card: Card) -> str:
    """Return the month whose scale a card is graded by."""
    return card.months[-1].period if card.months else card.period


def _by_role(cards: Sequence[Card], department: Department) -> Iterator[Group]:
    roles: dict[str, list[Card]] = {}
    for card in cards:
        roles.setdefault(card.role.id, []).append(card)
    for _, group in sorted(roles.items()):
        yield Group(group[-1].role, None, spread(group, department))


def _by_team(cards: Sequence[Card], department: Department) -> Iterator[Group]:
    teams: dict[str | None, list[Card]] = {}
    for card in cards:
        teams.setdefault(card.team, []).append(card)
    named = sorted(team for team in teams if team is not None)
    for team in (*named, None) if named else ():
        if team in teams:
            yield Group(None, team, spread(teams[team], department))
