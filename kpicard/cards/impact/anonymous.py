"""Comparisons without names: people are numbered, in an order that tells nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kpicard.cards.anonymous import nameless, numbered
from kpicard.cards.impact.values import CardChange, Impact, NoCard, NotCompared
from kpicard.cards.values import Card, Key
from kpicard.problems import Problem, Value


def without_names(impact: Impact) -> Impact:
    """Return a comparison in which nobody is named, neither on the cards nor by problems; teams and bases are left."""
    cards = [card for each in impact.cards for card in (each.before, each.after)]
    named = [(card.employee, card.name) for card in cards]
    named += [(each.employee, each.name) for each in impact.not_compared]
    keys = [each.key for each in impact.figures] + [each.key for each in impact.people]
    # Whoever does not know all totals cannot tell from the numbers who is who.
    salt = repr(sorted((*card.key, str(card.total)) for card in cards)).encode(errors="backslashreplace")
    ids = numbered([*(employee for employee, _ in named), *(key.employee for key in keys)], salt)
    # Of those who share a name, any number will do: that nobody is named is all that matters.
    words = {name: ids[employee] for employee, name in named if name} | dict(ids)

    def key(of: Key) -> Key:
        return of._replace(employee=ids[of.employee])

    def order(of: Card | Key | NotCompared) -> int:
        return int(ids[of.employee][1:])

    people = [each for each in impact.people if each.field not in {"name", "manager"}]
    return replace(
        impact,
        cards=tuple(_change(each, ids) for each in sorted(impact.cards, key=lambda each: order(each.after))),
        not_compared=tuple(_not_compared(each, ids, words) for each in sorted(impact.not_compared, key=order)),
        figures=tuple(replace(each, key=key(each.key)) for each in sorted(impact.figures, key=lambda x: order(x.key))),
        people=tuple(replace(each, key=key(each.key)) for each in sorted(people, key=lambda each: order(each.key))),
        problems=tuple(_problem(each, words) for each in impact.problems),
        problems_before=tuple(_problem(each, words) for each in impact.problems_before),
    )


def _card(card: Card, ids: Mapping[str, str]) -> Card:
    return nameless(card, ids[card.employee])


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
