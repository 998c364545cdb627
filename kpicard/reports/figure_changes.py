"""What a diff says beside the cards: which figures are others, and where they stand on both sides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from kpicard.cards.impact.values import Figure, FigureChange, Impact, PersonChange
from kpicard.cards.values import Card, Key
from kpicard.messages import words_of
from kpicard.numbers import plain
from kpicard.reports import figures
from kpicard.reports.blocks import PAGE, Below, Column, Layout, Table
from kpicard.reports.impact_words import ARROW, arrow, minus
from kpicard.text import Language, Text, printable, say

_WORDS: Final = words_of("card", "workbook", "impact", "diff")


class _Row(NamedTuple):
    who: str
    role: str
    period: str
    what: str
    change: str
    place: str


@dataclass(frozen=True)
class _Names:
    """What people, roles and items are called, by the cards and those that are not compared."""

    people: Mapping[Key, str | None]
    titles: Mapping[str, Text]
    items: Mapping[tuple[str, str], Text]

    @classmethod
    def of(cls, diff: Impact) -> _Names:
        cards: dict[Key, Card] = {card.key: card for each in diff.cards for card in (each.before, each.after)}
        cards |= {card.key: card for each in diff.not_compared for card in (each.before, each.after) if card}
        people = {Key(each.period, each.role, each.employee): each.name for each in diff.not_compared}
        titles = {each.role: each.title for each in diff.not_compared}
        titles |= {card.role.id: card.role.title for card in cards.values()}
        items = {(card.role.id, each.kpi.id): each.kpi.name for card in cards.values() for each in card.kpis}
        items |= {
            (card.role.id, each.adjustment.id): each.adjustment.name
            for card in cards.values()
            for each in card.adjustments
        }
        return cls(people | {key: card.name for key, card in cards.items()}, titles, items)

    def row(self, key: Key, what: str, change: str, place: str, language: Language) -> _Row:
        name = self.people.get(key)
        who = printable(f"{name} ({key.employee})" if name else key.employee)
        return _Row(who, printable(say(self.titles.get(key.role, key.role), language)), key.period, what, change, place)


def figure_table(diff: Impact, language: Language) -> Table:
    """Return a row for each figure that is another, and for each other name, team, base or share."""
    names = _Names.of(diff)
    rows = [_of_person(each, names, language) for each in diff.people]
    rows += [_of_figure(each, names, language) for each in diff.figures]
    is_dated = len({row.period for row in rows}) > 1
    wide = frozenset({"roomy", PAGE})
    w = {word: say(_WORDS[word], language) for word in ("employee", "role", "period", "figure", "change", "where")}
    narrow = frozenset({"narrow"})
    columns = [
        Column(title=w["employee"], cells=[row.who for row in rows], layouts=wide, wrap="anywhere"),
        Column(title=w["role"], cells=[row.role for row in rows], layouts=wide, wrap="anywhere"),
        Column(
            title=w["period"],
            cells=[row.period for row in rows],
            wrap="never",
            layouts=wide if is_dated else frozenset({PAGE}),
        ),
        Column(
            title=f"{w['employee']}\n{w['role']}",
            cells=[Below(row.who, f"{row.role}  {row.period}" if is_dated else row.role) for row in rows],
            layouts=narrow,
            wrap="anywhere",
        ),
        Column(title=w["figure"], cells=[row.what for row in rows], wrap="anywhere"),
        Column(title=w["change"], cells=[row.change for row in rows], wrap="never"),
        Column(title=w["where"], cells=[row.place for row in rows], wrap="anywhere"),
    ]
    return Table(columns, say(_WORDS["figures"], language), (Layout("roomy"), Layout("narrow")))


def _of_person(change: PersonChange, names: _Names, language: Language) -> _Row:
    def shown(value: str | Decimal | None) -> str:
        return figures.NONE if value is None else printable(plain(value) if isinstance(value, Decimal) else value)

    said = arrow(shown(change.before), shown(change.after))
    return names.row(change.key, say(_WORDS[change.field], language), said, "", language)


def _of_figure(change: FigureChange, names: _Names, language: Language) -> _Row:
    name = names.items.get((change.key.role, change.item), change.item)
    shown = [_shown(each, change, language) for each in (change.before, change.after)]
    places = ["、".join(dict.fromkeys(figure.place for figure in each if figure.place)) for each in _sides(change)]
    place = arrow(*(place or figures.NONE for place in places)) if any(places) else ""
    return names.row(change.key, printable(say(name, language)), f" {ARROW} ".join(shown), place, language)


def _sides(change: FigureChange) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    return change.before, change.after


def _shown(each: tuple[Figure, ...], change: FigureChange, language: Language) -> str:
    """Show the figures of one side; an own target only where it is another."""
    with_target = len({figure.target for side in _sides(change) for figure in side}) > 1
    return " / ".join(_figure(figure, language, with_target=with_target) for figure in each) or figures.NONE


def _figure(figure: Figure, language: Language, *, with_target: bool) -> str:
    said = _actual(figure, language)
    if not with_target:
        return said
    target = figures.NONE if figure.target is None else minus(plain(figure.target))
    return say(_WORDS["with-target"], language).format(actual=said, target=target)


def _actual(figure: Figure, language: Language) -> str:
    if figure.status != "scored":
        return say(_WORDS[figure.status], language)
    if figure.numerator is not None and figure.denominator is not None:
        return minus(f"{plain(figure.numerator)}/{plain(figure.denominator)}")
    return figures.NONE if figure.actual is None else minus(figures.grouped(figure.actual))
