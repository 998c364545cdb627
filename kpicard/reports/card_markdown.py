"""One scorecard as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from kpicard.card import Card
from kpicard.history import History
from kpicard.numbers import plain
from kpicard.reports import figures
from kpicard.reports.history_text import kpi_trend, total_trend
from kpicard.reports.longer_text import months_table
from kpicard.reports.markdown_text import escape, table
from kpicard.reports.remarks import remarks
from kpicard.reports.words import WORDS
from kpicard.scorecards import Scorecards
from kpicard.text import Language, say

_COLUMNS = ("kpi", "weight", "target", "actual", "attainment", "bar", "score", "points")
_NUMBERS = frozenset({1, 2, 3, 4, 6, 7})


def card_text(card: Card, result: Scorecards, language: Language, level: int) -> str:
    """Return one card of a result, under a heading of a level."""
    colon = "：" if language == "zh" else ": "

    def line(word: str, value: str) -> str:
        return f"- {say(WORDS[word], language)}{colon}{value}\n"

    who = f"{escape(figures.employee(card))} · {escape(say(card.role.title, language))} · {card.period}"
    text = f"{'#' * level} {who}\n\n{_figures(card, result.histories.get(card.key), language)}\n"
    text += line("grade", f"**{escape(figures.grade(card, language))}**")
    text += line("coefficient", figures.number(card.coefficient))
    if card.team:
        text += line("team", escape(card.team))
    return text + "".join(f"- {escape(remark)}\n" for remark in remarks(card, result, language))


def _figures(card: Card, history: History | None, language: Language) -> str:
    total = f"**{say(WORDS['total'], language)}**"
    if not card.kpis and card.months:
        headings, months = months_table(card, language)
        rows = [[escape(cell) for cell in row] for row in months]
        rows.append([total, f"**{figures.number(card.total)}**", *("" for _ in headings[2:])])
        return table(headings, rows, frozenset(range(1, len(headings))))
    words = [say(WORDS[word], language) for word in (*_COLUMNS, *(("trend",) if history else ()))]
    last = (total, "", "", "", "", "", "", f"**{figures.number(card.total)}**")
    rows = [*_rows(card, history, language), [*last, *([total_trend(history)] if history else [])]]
    return table(words, rows, _NUMBERS)


def _rows(card: Card, history: History | None, language: Language) -> list[list[str]]:
    rows: list[list[str]] = [
        [
            escape(say(scored.kpi.name, language)),
            plain(scored.kpi.weight),
            escape(figures.quantity(scored.target, scored, language)),
            escape(figures.actual(scored, language)),
            figures.percent(scored.attainment),
            figures.bar(scored.attainment),
            figures.number(scored.score),
            figures.number(scored.points),
            *([kpi_trend(history, scored.kpi.id)] if history else []),
        ]
        for scored in card.kpis
    ]
    for adjusted in card.adjustments:
        name, count = say(adjusted.adjustment.name, language), figures.counted(adjusted, language)
        middle: Sequence[str] = ("", "", escape(count), "", "", "")
        rows.append([escape(name), *middle, figures.number(adjusted.points), *([""] if history else [])])
    return rows
