"""What a change of rules can be refused for, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from kpicard.impact.values import CardChange, Impact

CONDITIONS: Final[Mapping[str, Callable[[CardChange], bool]]] = {
    "grade-change": lambda card: card.move is not None,
    "grade-drop": lambda card: card.move == "down",
    "coefficient-change": lambda card: card.before.coefficient != card.after.coefficient,
    "total-change": lambda card: card.before.total != card.after.total,
}


def is_met(condition: str, impact: Impact) -> bool:
    """Whether there is a card for which a condition holds, or one that only one side's rules give."""
    one_sided = any((each.before is None) != (each.after is None) for each in impact.not_compared)
    return one_sided or any(map(CONDITIONS[condition], impact.cards))
