"""Comparisons without names: people are numbered, in an order that tells nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256

from kpicard.cards.impact.values import CardChange, Impact, NoCard, NotCompared
from kpicard.cards.values import Card, Key
from kpicard.problems import Problem, Value


def numbered(employees: Iterable[str]) -> Mapping[str, str]:
    """Return another id for each employee: E1, E2 and so on, in the order of the hashes of their ids."""
    in_order = sorted(set(employees), key=lambda employee: sha256(employee.encode(errors="surrogatepass")).digest())
    return {employee: f"E{number}" for number, employee in enumerate(in_order, start=1)}


def without_names(impact: Impact) -> Impact:
    """Return a comparison in which nobody is named, neither on the cards nor by problems; teams and bases are left."""
    cards = [card for each in impact.cards for card in (each.before, each.after)]
    named = [(card.employee, card.name) for card in cards]
    named += [(each.employee, each.name) for each in impact.not_compared]
    keys = [each.key for each in impact.figures] + [each.key for each in impact.people]
    ids = numbered([*(employee for employee, _ in named), *(key.employee for key in keys)])
    # Of those who share a name, any number will do: that nobody is named is all that matters.
    words = {name: ids[employee] for employee, name in named if name} | dict(ids)

    def key(of: Key) -> Key:
        return of._replace(employee=ids[of.employee])

    return replace(
        impact,
        cards=tuple(_change(each, ids) for each in impact.cards),
        not_compared=tuple(_not_compared(each, ids, words) for each in impact.not_compared),
        figures=tuple(replace(each, key=key(each.key)) for each in impact.figures),
        people=tuple(replace(each, key=key(each.key)) for each in impact.people if each.field != "name"),
        problems=tuple(_problem(each, words) for each in impact.problems),
        problems_before=tuple(_problem(each, words) for each in impact.problems_before),
    )


def _card(card: Card, ids: Mapping[str, str]) -> Card:
    return replace(card, employee=ids[card.employee], name=None)


def _change(change: CardChange, ids: Mapping[str, str]) -> CardChange:
    return replace(change, before=_card(change.before, ids), after=_card(change.after, ids))


def _not_compared(each: NotCompared, ids: Mapping[str, str], words: Mapping[str, str]) -> NotCompared:
    return replace(
        each,
        employee=ids[each.employee],
        name=None,
        before=each.before and _card(each.before, ids),
        after=each.after and _card(each.after, ids),
        reasons=tuple(
            NoCard(reason.side, reason.cause, tuple(_problem(problem, words) for problem in reason.problems))
            for reason in each.reasons
        ),
    )


def _problem(problem: Problem, words: Mapping[str, str]) -> Problem:
    def hidden(value: Value) -> Value:
        if isinstance(value, tuple):
            return tuple(words.get(each, each) if isinstance(each, str) else each for each in value)
        return words.get(value, value) if isinstance(value, str) else value

    return replace(problem, values={name: hidden(value) for name, value in problem.values.items()})
