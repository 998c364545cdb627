"""What stands below a card's table, in the order in which one asks: pay, months, change, figures, advice, rules."""

from __future__ import annotations

from kpicard.cards.scorecards import Scorecards
from kpicard.cards.values import Card
from kpicard.reports.advice_text import advice_lines
from kpicard.reports.bonus_text import bonus_line
from kpicard.reports.history_text import history_lines
from kpicard.reports.longer_text import longer_lines
from kpicard.reports.notes import fingerprint, notes
from kpicard.text import Language


def remarks(card: Card, result: Scorecards, language: Language) -> list[str]:
    """Return the lines below a card of a result, as texts that are safe to show."""
    bonus = bonus_line(card, language)
    history, advice = result.histories.get(card.key), result.advice.get(card.key)
    return [
        *([bonus] if bonus else []),
        *longer_lines(card, language),
        *(history_lines(history, language) if history else []),
        *notes(card, language),
        *(advice_lines(advice, card, language) if advice else []),
        fingerprint(card, language),
    ]
