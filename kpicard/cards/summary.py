"""Summaries of cards: ranks, spreads and combined totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from functools import reduce
from itertools import groupby
from math import isqrt

from kpicard.cards.summary_values import By, Combined, Group, Spread, Summary, quota_uses
from kpicard.cards.values import Card, Withheld
from kpicard.numbers import exact_difference, from_hundredths, plain, round2, to_millionths
from kpicard.rules.models import Department, Grade
from kpicard.rules.rules import Rules, held_in


def ranked(cards: Sequence[Card]) -> tuple[tuple[int | None, Card], ...]:
    """Return the cards of one period from the highest total down, each with its rank; equal totals share one.

    A card that is not assessed has no rank and comes last.
    """
    with_total = [(card.total, card) for card in cards if card.total is not None]
    assessed = [card for _, card in sorted(with_total, key=lambda each: each[0], reverse=True)]
    found: list[tuple[int | None, Card]] = []
    for position, card in enumerate(assessed, start=1):
        before = found[-1] if found else None
        rank = before[0] if before and before[1].total == card.total else position
        found.append((rank, card))
    return (*found, *((None, card) for card in cards if card.total is None))


def spread(cards: Sequence[Card], department: Department) -> Spread:
    """Return how the totals of some cards lie, and how many have each grade of the department's scale."""
    totals = sorted(to_millionths(card.total) // 10_000 for card in cards if card.total is not None)
    grades = Counter(card.grade for card in cards)
    bonuses = [card.bonus for card in cards if card.bonus is not None]
    return Spread(
        cards=len(cards),
        assessed=len(totals),
        mean=round2(Fraction(sum(totals), 100 * len(totals))) if totals else None,
        median=_median(totals) if totals else None,
        lowest=from_hundredths(totals[0]) if totals else None,
        highest=from_hundredths(totals[-1]) if totals else None,
        deviation=_deviation(totals) if totals else None,
        grades={grade.grade: grades[grade.grade] for grade in department.grades},
        bonuses=len(bonuses),
        bonus=_sum(bonuses) if bonuses else None,
    )


def _median(totals: Sequence[int]) -> Decimal:
    """Return the middle one of sorted totals, or the mean of the two in the middle."""
    half = len(totals) // 2
    return round2(Fraction(totals[half] + totals[~half], 200))


def _deviation(totals: Sequence[int]) -> Decimal:
    """Return the standard deviation of totals in hundredths, rounded half up: (n Σx² - (Σx)²) / n² is its square.

    With 2·deviation = isqrt(4·square) and a rest, one half more and the rest cut off is the nearest hundredth.
    """
    count = len(totals)
    square = Fraction(count * sum(total * total for total in totals) - sum(totals) ** 2, count * count)
    return from_hundredths((isqrt(4 * square.numerator // square.denominator) + 1) // 2)


def _sum(values: Sequence[Decimal]) -> Decimal:
    """Return the sum with every digit; a caller's context neither rounds nor traps it."""
    return Decimal(plain(reduce(Context(prec=60).add, values)))


def combine(cards: Sequence[Card], withheld: Sequence[Withheld], department: Department) -> tuple[Combined, ...]:
    """Return the combined totals of one period, by employee.

    There is none for whom a card says neither days nor share. Where another card of the employee is withheld, the total
    is not known; cards that are not assessed are left out.
    """
    parts: dict[str, list[Card]] = {}
    for card in cards:
        parts.setdefault(card.employee, []).append(card)
    missing: dict[str, list[Withheld]] = {}
    for each in withheld:
        missing.setdefault(each.employee, []).append(each)
    return tuple(_combined(sorted(parts.items()), missing, department))


def weight(card: Card, by: By) -> Decimal:
    """Return what a card weighs in its employee's combined total."""
    return (card.days if by == "days" else card.share) or Decimal(0)


def _combined(
    parts: Sequence[tuple[str, Sequence[Card]]], withheld: dict[str, list[Withheld]], department: Department
) -> Iterator[Combined]:
    for employee, cards in parts:
        missing = tuple(withheld.get(employee, ()))
        by = _by(cards)
        if len(cards) + len(missing) > 1 and by:
            total = None if missing else _total(cards, by)
            by_total = None if total is None else _grade(total, department)
            grade = None if by_total is None else _capped(by_total, cards, by, department)
            yield Combined(
                period=cards[0].period,
                employee=employee,
                name=next((card.name for card in cards if card.name), None),
                team=next((card.team for card in cards if card.team), None),
                by=by,
                cards=tuple(cards),
                withheld=missing,
                total=total,
                grade=None if grade is None else grade.grade,
                coefficient=None if grade is None else grade.coefficient,
                grade_by_total=None if by_total is None else by_total.grade,
            )


def _by(cards: Sequence[Card]) -> By | None:
    if all(card.days is not None for card in cards):
        return "days"
    return "share" if all(card.share is not None for card in cards) else None


def _total(cards: Sequence[Card], by: By) -> Decimal | None:
    """Return the mean of the totals, weighted; None where no card that is assessed weighs anything."""
    graded = [card for card in cards if card.grade is not None]
    weighed = [(Fraction(card.total), Fraction(weight(card, by))) for card in graded if card.total is not None]
    whole = sum(each for _, each in weighed)
    return round2(sum((total * each for total, each in weighed), Fraction(0)) / whole) if whole else None


def _grade(total: Decimal, department: Department) -> Grade:
    return next((grade for grade in department.grades if total >= grade.from_), department.grades[-1])


def _capped(by_total: Grade, cards: Sequence[Card], by: By, department: Department) -> Grade:
    """Return the grade that the limits of the cards that count leave: the strictest holds for the whole."""
    names = [grade.grade for grade in department.grades]
    caps = [cap for card in cards if weight(card, by) for cap in _caps(card) if cap in names]
    return department.grades[max(names.index(each) for each in (by_total.grade, *caps))]


def _caps(card: Card) -> Iterator[str]:
    """Yield the best grades that a card's limits allow; without KPIs of its own, what its grade came to by them."""
    yield from (each.grade for each in card.limits)
    yield from (each.adjustment.red_line.grade_at_most for each in card.red_lines if each.adjustment.red_line)
    if card.grade is not None and card.grade != card.grade_by_total:
        yield card.grade


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
        department = held_in(rules.departments, max(map(last_month, together)))
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
        by_manager=tuple(_by_manager(cards, department)),
    )


def last_month(card: Card) -> str:
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


_FEWEST = 3
"""Of fewer people a mean says little."""


def _by_manager(cards: Sequence[Card], department: Department) -> Iterator[Group]:
    managers: dict[str, list[Card]] = {}
    for card in cards:
        if card.manager is not None:
            managers.setdefault(card.manager, []).append(card)
    whole = spread(cards, department)
    for manager, group in sorted(managers.items()):
        own = spread(group, department)
        yield Group(None, None, own, manager, _apart(own, whole))


def _apart(own: Spread, whole: Spread) -> Decimal | None:
    """Return how far a mean lies above that of all, below 0 where below; None where that is not far, or of too few."""
    if own.mean is None or whole.mean is None or whole.deviation is None or own.assessed < _FEWEST:
        return None
    apart = exact_difference(own.mean, whole.mean)
    return apart if abs(apart) > whole.deviation else None
