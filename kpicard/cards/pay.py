"""What cards have beside their figures: what a bonus base is multiplied by, and comments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from kpicard.cards.summary import combine, last_month
from kpicard.cards.summary_values import Combined
from kpicard.cards.values import Card, Comment, Key, Pay, Sources, Withheld
from kpicard.numbers import exact_product, round2
from kpicard.rules.models import Department
from kpicard.rules.rules import Rules, held_in

_HUNDREDTH = Decimal("0.01")
_FULL = Decimal(100)


def with_comments(cards: Sequence[Card], comments: Mapping[Key, Sequence[Comment]]) -> tuple[Card, ...]:
    """Return cards with their comments, those of longer periods with their months'."""
    return (
        tuple(replace(card, comments=tuple(_comments(card, comments))) for card in cards) if comments else tuple(cards)
    )


def _comments(card: Card, comments: Mapping[Key, Sequence[Comment]]) -> Iterator[Comment]:
    yield from comments.get(card.key, ())
    for month in card.months:
        own = comments.get(card.key._replace(period=month.period), ())
        yield from (each._replace(period=month.period) for each in own)


def with_team_figures(cards: Sequence[Card], figures: Mapping[Key, Mapping[str, str]]) -> tuple[Card, ...]:
    """Return cards that say which of their figures are their team's."""
    return tuple(replace(card, team_figures=figures[card.key]) if card.key in figures else card for card in cards)


def with_sources(cards: Sequence[Card], sources: Mapping[Key, Sources]) -> tuple[Card, ...]:
    """Return cards that say what their computed figures are made of."""
    return tuple(replace(card, sources=sources[card.key]) if card.key in sources else card for card in cards)


def with_pay(cards: Sequence[Card], withheld: Iterable[Withheld], rules: Rules) -> tuple[Card, ...]:
    """Return cards that have a bonus base with what it is multiplied by, and the others as they are."""
    if all(card.base is None for card in cards):
        return tuple(cards)
    missing: dict[str, list[Withheld]] = {}
    for each in withheld:
        missing.setdefault(each.period, []).append(each)
    found: list[Card] = []
    for period, group in groupby(cards, key=lambda card: card.period):
        together = list(group)
        department = held_in(rules.departments, max(map(last_month, together)))
        found += _of_period(together, missing.get(period, ()), department) if department else together
    return tuple(found)


def _of_period(cards: Sequence[Card], withheld: Sequence[Withheld], department: Department) -> Iterator[Card]:
    combined = {each.employee: each for each in combine(cards, withheld, department)}
    shares = _shares(cards)
    for card in cards:
        whole = combined.get(card.employee)
        pay = None if card.base is None else _pay(card, whole, shares, department)
        yield card if pay is None else replace(card, pay=pay)


def _pay(card: Card, whole: Combined | None, shares: Mapping[str, Decimal], department: Department) -> Pay:
    of: Card | Combined = whole or card
    share = shares.get(card.employee) if whole else _prorated([card])
    waiting = tuple(each.role.title for each in whole.withheld) if whole else ()
    rule = department.bonus
    if rule is None or rule.by == "coefficient" or of.grade is None or of.total is None:
        return Pay(of.coefficient, None, share, is_combined=whole is not None, waiting=waiting)
    counted = of.total if rule.upto is None else min(of.total, rule.upto)
    if rule.from_ is not None and of.total < rule.from_:
        counted = Decimal(0)
    return Pay(exact_product(counted, _HUNDREDTH), counted, share, is_combined=whole is not None)


def _shares(cards: Sequence[Card]) -> dict[str, Decimal]:
    """Return the sum of each employee's shares that are given, in percent."""
    by_employee: dict[str, list[Card]] = {}
    for card in cards:
        by_employee.setdefault(card.employee, []).append(card)
    found = ((employee, _prorated(own)) for employee, own in by_employee.items())
    return {employee: share for employee, share in found if share is not None}


def _prorated(cards: Sequence[Card]) -> Decimal | None:
    """Return the sum of the shares on cards, at most 100; over several months the mean of these, to two decimals.

    None where none is given.
    """
    shares = [Fraction(card.share) for card in cards if card.share is not None]
    months = {month.period for card in cards for month in card.months}
    return min(_FULL, round2(sum(shares, Fraction(0)) / max(len(months), 1))) if shares else None
