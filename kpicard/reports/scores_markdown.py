"""Scorecards as Markdown: a summary per period, then the cards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TextIO

from kpicard.cards.scorecards import Scorecards
from kpicard.cards.summary_values import Summary
from kpicard.cards.values import Card
from kpicard.messages import words_of
from kpicard.reports import figures
from kpicard.reports.card import card_text
from kpicard.reports.history_text import change
from kpicard.reports.markdown_text import escape, table
from kpicard.reports.summary import beside_lines
from kpicard.text import Language, say

WORDS: Final = words_of("card")


def write(result: Scorecards, language: Language, out: TextIO) -> None:
    """Write all cards as one document."""
    out.write(f"# {say(WORDS['scorecards'], language)}\n")
    out.write(summaries(result, language, lambda card: escape(figures.employee(card))))
    out.writelines("\n" + card_text(card, result, language, level=2) for card in result.cards)


def summaries(result: Scorecards, language: Language, show: Callable[[Card], str]) -> str:
    """Return a table of ranks per period; `show` writes a card's employee, for instance as a link."""
    return "".join(_summary(summary, result, language, show) for summary in result.summaries)


def _summary(summary: Summary, result: Scorecards, language: Language, show: Callable[[Card], str]) -> str:
    has_changes = any(card.key in result.histories for _, card in summary.ranking)
    has_bonus = any(card.bonus is not None for _, card in summary.ranking)
    words = ["rank", "employee", "role", "total", "grade", "coefficient"]
    words += (["change"] if has_changes else []) + (["bonus"] if has_bonus else [])
    rows = []
    for rank, card in summary.ranking:
        history = result.histories.get(card.key)
        rows.append(
            (
                figures.NONE if rank is None else str(rank),
                show(card),
                escape(say(card.role.title, language)),
                figures.number(card.total),
                escape(figures.grade(card, language)),
                figures.number(card.coefficient),
                *([change(history.change) if history else figures.NONE] if has_changes else []),
                *([figures.amount(card.bonus)] if has_bonus else []),
            )
        )
    headings = [say(WORDS[word], language) for word in words]
    ranked = table(headings, rows, frozenset({0, 3, 5, 6, 7}))
    lines = beside_lines(summary, language)
    below = "\n" + "".join(f"- {escape(line)}\n" for line in lines) if lines else ""
    return f"\n## {say(WORDS['summary'], language)} {summary.period}\n\n{ranked}{below}"
