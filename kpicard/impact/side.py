"""One side of the comparison: its cards, the cards that were withheld, and its grade scales."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kpicard.card import Card, Key
from kpicard.problems import Problem
from kpicard.rules.models import Grade
from kpicard.rules.rules import Rules, held_in
from kpicard.scorecards import Scorecards


@dataclass(frozen=True)
class Side:
    """What the rules of one side make of the actuals; `withheld` has the name of each employee, if it is known."""

    rules: Rules
    cards: Mapping[Key, Card]
    withheld: Mapping[Key, str | None]
    problems: tuple[Problem, ...]

    @classmethod
    def of(cls, result: Scorecards) -> Side:
        """Return the side that a run of scoring is."""
        cards = {card.key: card for card in result.cards}
        withheld = {Key(each.period, each.role.id, each.employee): each.name for each in result.withheld_cards}
        return cls(result.rules, cards, withheld, result.problems)

    def grades(self, period: str) -> tuple[Grade, ...]:
        """Return the grade scale of a period, best grade first."""
        department = held_in(self.rules.departments, period)
        return department.grades if department else ()
