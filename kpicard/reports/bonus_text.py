"""A card's bonus as a line of text."""

from __future__ import annotations

from kpicard.card import Card
from kpicard.reports.figures import amount, number
from kpicard.reports.words_summary import WORDS
from kpicard.text import Language, say


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
