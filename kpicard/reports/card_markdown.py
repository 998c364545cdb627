"""One scorecard as Markdown."""

from __future__ import annotations

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

_COLUMNS = ("target", "actual", "attainment", "bar", "score", "points")
_TEXTS = frozenset({"kpi", "bar", "trend"})


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
    weights = ("weight", "effective-weight") if card.is_partial else ("weight",)
    columns = ("kpi", *weights, *_COLUMNS, *(("trend",) if history else ()))
    last = (total, *("" for _ in (*weights, *_COLUMNS[1:])), f"**{figures.number(card.total)}**")
    rows = [*_rows(card, history, language), [*last, *([total_trend(history)] if history else [])]]
    numbers = frozenset(index for index, column in enumerate(columns) if column not in _TEXTS)
    return table([say(WORDS[column], language) for column in columns], rows, numbers)


def _rows(card: Card, history: History | None, language: Language) -> list[list[str]]:
    rows: list[list[str]] = [
        [
            escape(say(scored.kpi.name, language)),
            plain(scored.kpi.weight),
            *([figures.weight(scored.effective_weight)] if card.is_partial else []),
            escape(figures.quantity(scored.target, scored, language)),
            escape(figures.actual(scored, language)),
            figures.percent(scored.attainment),
            figures.bar(scored.attainment),
            figures.number(scored.score),
            figures.points(scored.points),
            *([kpi_trend(history, scored.kpi.id)] if history else []),
        ]
        for scored in card.kpis
    ]
    for adjusted in card.adjustments:
        name, count = say(adjusted.adjustment.name, language), figures.counted(adjusted, language)
        middle = (*([""] if card.is_partial else []), "", "", escape(count), "", "", "")
        rows.append([escape(name), *middle, figures.points(adjusted.points), *([""] if history else [])])
    return rows
