"""A card's bonus as a line of text."""

from __future__ import annotations

from typing import Final

from kpicard.cards.values import Card
from kpicard.messages import words_of
from kpicard.reports.figures import amount, number
from kpicard.text import Language, say

WORDS: Final = words_of("summary")


def bonus_line(card: Card, language: Language) -> str | None:
    """Return how the bonus comes about, as one would write it; None for a card without a base."""
    if card.base is None:
        return None
    base = amount(card.base)
    if card.bonus is None:
        return say(WORDS["no-bonus"], language).format(base=base)
    return say(WORDS["bonus"], language).format(
        base=base, coefficient=number(card.coefficient), bonus=amount(card.bonus)
    )
