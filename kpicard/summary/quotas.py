"""Who would be over a quota. It changes no grade: that is for the department to decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpicard.card import Card
from kpicard.numbers import to_millionths
from kpicard.rules.models import Department
from kpicard.rules.quota import allowed, limit_at
from kpicard.summary.values import Combined, QuotaUse


def quota_uses(cards: Sequence[Card], combined: Sequence[Combined], department: Department) -> tuple[QuotaUse, ...]:
    """Return how each quota of a department is used in a period, best grade first.

    Everybody who is assessed counts once: by the combined total where there is one, else by the best card.
    """
    return tuple(_uses(_people(cards, combined), department)) if department.quota else ()


def _people(cards: Sequence[Card], combined: Sequence[Combined]) -> list[Card | Combined]:
    """Return what each person counts by, from the highest total down."""
    found: dict[str, Card | Combined] = {each.employee: each for each in combined if each.total is not None}
    together = set(found)
    for card in cards:
        best = found.get(card.employee)
        if card.total is not None and card.employee not in together and (best is None or _total(card) > _total(best)):
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
