"""One total for an employee with several roles in a period, where the file says how long each was held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from kpicard.card import Card, Withheld
from kpicard.numbers import round2
from kpicard.rules.models import Department, Grade
from kpicard.summary.values import By, Combined


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
    weighed = [(Fraction(card.total), Fraction(weight(card, by))) for card in cards if card.total is not None]
    whole = sum(each for _, each in weighed)
    return round2(sum((total * each for total, each in weighed), Fraction(0)) / whole) if whole else None


def _grade(total: Decimal, department: Department) -> Grade:
    return next((grade for grade in department.grades if total >= grade.from_), department.grades[-1])


def _capped(by_total: Grade, cards: Sequence[Card], by: By, department: Department) -> Grade:
    """Return the grade that the vetoes of the cards that count leave: the strictest holds for the whole."""
    names = [grade.grade for grade in department.grades]
    caps = [cap for card in cards if weight(card, by) for cap in _caps(card) if cap in names]
    return department.grades[max(names.index(each) for each in (by_total.grade, *caps))]


def _caps(card: Card) -> Iterator[str]:
    """Yield the best grades that a card's vetoes allow; without KPIs of its own, what its grade came to by them."""
    yield from (each.kpi.veto.grade_at_most for each in card.vetoes if each.kpi.veto)
    if card.grade is not None and card.grade != card.grade_by_total:
        yield card.grade
