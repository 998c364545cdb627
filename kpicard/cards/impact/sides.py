"""One side of a comparison: the cards that rules make of actuals, or those of a report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final, TypeAlias

from kpicard.actuals.figures import FigureRow
from kpicard.actuals.selection import Selection
from kpicard.cards.closed import ClosedPeriod
from kpicard.cards.frozen import Report
from kpicard.cards.impact.values import Figure, FigureChange, PersonChange
from kpicard.cards.scorecards import Scorecards
from kpicard.cards.values import Card, Key
from kpicard.problems import Problem
from kpicard.rules.models import Grade
from kpicard.rules.rules import Rules, held_in
from kpicard.text import fold, spellings

Rows: TypeAlias = Mapping[Key, Mapping[str, tuple[Figure, ...]]]


@dataclass(frozen=True)
class Side:
    """Cards, whose were withheld (with the name of each employee, if it is known), and the problems.

    `rules` are None where only a report is known; `rows` has the figures of the actuals by card and item, None where
    these are not known or do not matter.
    """

    name: str
    rules: Rules | None
    cards: Mapping[Key, Card]
    withheld: Mapping[Key, str | None]
    problems: tuple[Problem, ...] = ()
    rows: Rows | None = field(default=None, repr=False)

    @classmethod
    def of(cls, result: Scorecards, name: str | None = None, *, has_rows: bool = False) -> Side:
        """Return the side that a run of scoring is, by default called as the rules are.

        With `has_rows` the figures are taken from the tidy table, which the run must have kept.
        """
        cards = {card.key: card for card in result.cards}
        withheld = {Key(each.period, each.role.id, each.employee): each.name for each in result.withheld_cards}
        rows = _rows(result.figures()) if has_rows else None
        return cls(name or result.rules.path, result.rules, cards, withheld, result.problems, rows)

    @classmethod
    def of_report(cls, report: Report, name: str) -> Side:
        """Return the side that a report is."""
        cards = {card.key: card for card in report.cards}
        withheld = {Key(each.period, each.role.id, each.employee): each.name for each in report.withheld}
        return cls(name, None, cards, withheld)

    @classmethod
    def of_closed(cls, closed: ClosedPeriod) -> Side | Problem:
        """Return the side that a closed period is, with the figures that it has frozen."""
        report = closed.report
        if isinstance(report, Problem):
            return report
        return replace(cls.of_report(report, closed.name), rules=closed.rules.rules, rows=_rows(closed.figures()))

    def chosen(self, selection: Selection) -> Side:
        """Return the side with only the cards that are chosen."""
        roles = {fold(name) for name in selection.roles}
        titles = {card.role.id: spellings(card.role.title) for card in self.cards.values()}

        def is_chosen(key: Key) -> bool:
            return (
                (not selection.periods or key.period in selection.periods)
                and (not selection.employees or key.employee in selection.employees)
                and (not roles or any(fold(name) in roles for name in (key.role, *titles.get(key.role, ()))))
            )

        return replace(
            self,
            cards={key: card for key, card in self.cards.items() if is_chosen(key)},
            withheld={key: name for key, name in self.withheld.items() if is_chosen(key)},
            rows=None if self.rows is None else {key: of for key, of in self.rows.items() if is_chosen(key)},
        )

    def grades(self, period: str) -> tuple[Grade, ...]:
        """Return the grade scale of a period, best grade first; empty where it is not known."""
        department = held_in(self.rules.departments, period) if self.rules else None
        return department.grades if department else ()

    def knows_figures(self, key: Key) -> bool:
        """Whether all figures of a card are known, even that there are none."""
        return self.rows is not None or key not in self.withheld

    def figures(self, key: Key, *, as_rows: bool) -> Mapping[str, tuple[Figure, ...]]:
        """Return the figures of a card by item, without those that are not reported: as rows give them, or the card.

        As the card has them they have their places where the rows are known, and no own targets.
        """
        rows = (self.rows or {}).get(key, {})
        card = self.cards.get(key)
        if as_rows or card is None:
            return rows
        found = {each.kpi.id: Figure(each.status, each.actual, each.numerator, each.denominator) for each in card.kpis}
        found |= {each.adjustment.id: Figure(each.status, each.actual, None, None) for each in card.adjustments}
        return {
            item: (figure._replace(place=rows[item][0].place if item in rows else None),)
            for item, figure in found.items()
            if figure.status != "not_reported"
        }


def _rows(figures: Iterable[FigureRow]) -> Rows:
    """Return the figures of the tidy table by card and item, without those that are not reported."""
    found: dict[Key, dict[str, tuple[Figure, ...]]] = defaultdict(dict)
    for row in figures:
        if row.status == "not_reported" or not (row.period and row.role and row.employee and row.kpi):
            continue
        of_card = found[Key(row.period, row.role, row.employee)]
        figure = Figure(row.status, row.actual, row.numerator, row.denominator, row.target, row.place)
        of_card[row.kpi] = (*of_card.get(row.kpi, ()), figure)
    return found


def figure_changes(old: Side, new: Side) -> Iterator[FigureChange]:
    """Yield the figures that are others, sorted by card and item."""
    as_rows = old.rows is not None and new.rows is not None
    keys = sorted({*old.cards, *old.withheld, *(old.rows or ()), *new.cards, *new.withheld, *(new.rows or ())})
    for key in keys:
        if not (old.knows_figures(key) and new.knows_figures(key)):
            continue
        before, after = old.figures(key, as_rows=as_rows), new.figures(key, as_rows=as_rows)
        for item in sorted({*before, *after}):
            figures = before.get(item, ()), after.get(item, ())
            if _values(figures[0], as_rows=as_rows) != _values(figures[1], as_rows=as_rows):
                yield FigureChange(key, item, *figures)


def _values(figures: Iterable[Figure], *, as_rows: bool) -> Counter[object]:
    """Return what is compared: a person's own target only where both sides say it."""
    return Counter(figure.values if as_rows else figure.values[:-1] for figure in figures)


_OF_PERSON: Final = ("name", "team", "base", "days", "share")


def person_changes(old: Side, new: Side) -> Iterator[PersonChange]:
    """Yield what is another about the people of both sides; of cards that were withheld only the names are known."""
    for key in sorted({*old.cards, *old.withheld} & {*new.cards, *new.withheld}):
        before, after = (_person(side, key) for side in (old, new))
        for name in before:
            if name in after and before[name] != after[name]:
                yield PersonChange(key, name, before[name], after[name])


def _person(side: Side, key: Key) -> Mapping[str, str | Decimal | None]:
    card = side.cards.get(key)
    return {name: getattr(card, name) for name in _OF_PERSON} if card else {"name": side.withheld[key]}
