"""Scorecards as Markdown: a summary per period, then the cards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TextIO

from kpicard.card import Card
from kpicard.numbers import plain
from kpicard.reports import figures
from kpicard.reports.markdown_text import escape, table
from kpicard.reports.notes import notes
from kpicard.reports.words import WORDS
from kpicard.scorecards import Scorecards
from kpicard.text import Language, say


def write(result: Scorecards, language: Language, out: TextIO) -> None:
    """Write all cards as one document."""
    out.write(f"# {say(WORDS['scorecards'], language)}\n")
    out.write(summaries(result.cards, language, lambda card: escape(figures.employee(card))))
    out.writelines("\n" + card_text(card, language, level=2) for card in result.cards)


def summaries(cards: Sequence[Card], language: Language, show: Callable[[Card], str]) -> str:
    """Return a table of ranks per period; `show` writes a card's employee, for instance as a link."""
    headings = [say(WORDS[word], language) for word in ("rank", "employee", "role", "total", "grade", "coefficient")]
    parts: list[str] = []
    for period, group in groupby(cards, key=lambda card: card.period):
        rows = [
            (
                figures.NONE if rank is None else str(rank),
                show(card),
                escape(say(card.role.title, language)),
                figures.number(card.total),
                escape(figures.grade(card, language)),
                figures.number(card.coefficient),
            )
            for rank, card in figures.ranks(list(group))
        ]
        parts.append(
            f"\n## {say(WORDS['summary'], language)} {period}\n\n{table(headings, rows, frozenset({0, 3, 5}))}"
        )
    return "".join(parts)


def card_text(card: Card, language: Language, level: int) -> str:
    """Return one card, under a heading of a level."""
    colon = "：" if language == "zh" else ": "

    def line(word: str, value: str) -> str:
        return f"- {say(WORDS[word], language)}{colon}{value}\n"

    words = ("kpi", "weight", "target", "actual", "attainment", "bar", "score", "points")
    headings = [say(WORDS[word], language) for word in words]
    rows = [
        (
            escape(say(scored.kpi.name, language)),
            plain(scored.kpi.weight),
            escape(figures.quantity(scored.target, scored, language)),
            escape(figures.actual(scored, language)),
            figures.percent(scored.attainment),
            figures.bar(scored.attainment),
            figures.number(scored.score),
            figures.number(scored.points),
        )
        for scored in card.kpis
    ]
    rows += [
        (
            escape(say(adjusted.adjustment.name, language)),
            *("", "", escape(figures.counted(adjusted, language)), "", "", ""),
            figures.number(adjusted.points),
        )
        for adjusted in card.adjustments
    ]
    total = f"**{say(WORDS['total'], language)}**"
    rows.append((total, "", "", "", "", "", "", f"**{figures.number(card.total)}**"))
    text = (
        f"{'#' * level} {escape(figures.employee(card))} · {escape(say(card.role.title, language))} · {card.period}\n\n"
    )
    text += table(headings, rows, frozenset({1, 2, 3, 4, 6, 7})) + "\n"
    text += line("grade", f"**{escape(figures.grade(card, language))}**")
    text += line("coefficient", figures.number(card.coefficient))
    if card.team:
        text += line("team", escape(card.team))
    return text + "".join(f"- {escape(note)}\n" for note in notes(card, language))
