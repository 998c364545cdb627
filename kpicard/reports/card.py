"""One scorecard as tables, for the terminal and as Markdown."""

from __future__ import annotations

from typing import Final

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text as RichText

from kpicard.cards.history import History
from kpicard.cards.scorecards import Scorecards
from kpicard.cards.values import Card, Scored
from kpicard.messages import words_of
from kpicard.numbers import plain
from kpicard.reports import figures
from kpicard.reports.history_text import kpi_trend, total_trend
from kpicard.reports.longer_text import months_table
from kpicard.reports.markdown_text import escape, table
from kpicard.reports.remarks import remarks
from kpicard.reports.terminal import Fitted, Lines
from kpicard.text import Language, printable, say

WORDS: Final = words_of("card")


_ROOMY: Final = 96
"""From this width on, a card has a column for each figure; below it, figures stand under each other unless all fits."""


def draw(card: Card, result: Scorecards, language: Language, console: Console) -> Group:
    """Return one card of a result as a console of some width shows it."""
    heading = RichText.assemble(
        (figures.employee(card), "bold"),
        f"  {printable(say(card.role.title, language))}  {card.period}",
        f"  {printable(card.team)}" if card.team else "",
    )
    grade = f"{say(WORDS['grade'], language)} {figures.grade(card, language)}"
    factor = f"{say(WORDS['coefficient'], language)} {figures.number(card.coefficient)}"
    result_line = RichText(f"{grade}   {factor}", "bold")
    below = Lines([*remarks(card, result, language), ""], "dim")
    table = _table(card, result.histories.get(card.key), language, console)
    return Group(heading, Fitted(table), result_line, below)


def _table(card: Card, history: History | None, language: Language, console: Console) -> Table:
    if not card.kpis and card.months:
        return _months(card, language)
    table = _roomy(card, history, language)
    if (history or card.is_partial or console.width < _ROOMY) and console.width < Fitted(table).width:
        return _narrow(card, history, language)
    return table


def _new_table() -> Table:
    return Table(box=SIMPLE_HEAD, pad_edge=False, show_footer=True)


def _months(card: Card, language: Language) -> Table:
    """Draw the months that a longer period's total is the mean of."""
    table = _new_table()
    headings, rows = months_table(card, language)
    total = {0: say(WORDS["total"], language), 1: figures.number(card.total)}
    for index, heading in enumerate(headings):
        table.add_column(heading, RichText(total.get(index, ""), "bold"), justify="left" if index == 0 else "right")
    for row in rows:
        table.add_row(*map(RichText, row))
    return table


def _roomy(card: Card, history: History | None, language: Language) -> Table:
    table = _new_table()
    table.add_column(say(WORDS["kpi"], language), RichText(say(WORDS["total"], language), "bold"), overflow="fold")
    for word in ("weight", *(("effective-weight",) if card.is_partial else ()), "target", "actual"):
        table.add_column(say(WORDS[word], language), justify="right")
    table.add_column(say(WORDS["attainment"], language), justify="right", no_wrap=True)
    table.add_column(say(WORDS["bar"], language), no_wrap=True)
    _add_result_columns(table, card, language)
    if history:
        table.add_column(say(WORDS["trend"], language), total_trend(history), no_wrap=True)
    for scored in card.kpis:
        table.add_row(
            RichText(printable(say(scored.kpi.name, language))),
            plain(scored.kpi.weight),
            *([figures.weight(scored.effective_weight)] if card.is_partial else []),
            RichText(figures.quantity(scored.target, scored, language)),
            RichText(figures.actual(scored, language)),
            figures.percent(scored.attainment),
            RichText(figures.bar(scored.attainment), _colour(scored)),
            figures.number(scored.score),
            figures.points(scored.points),
            *([kpi_trend(history, scored.kpi.id)] if history else []),
        )
    for adjusted in card.adjustments:
        name, count = printable(say(adjusted.adjustment.name, language)), figures.counted(adjusted, language)
        blank = ("", "", "") if card.is_partial else ("", "")
        table.add_row(RichText(name), *blank, RichText(count), "", "", "", figures.points(adjusted.points))
    return table


def _narrow(card: Card, history: History | None, language: Language) -> Table:
    table = _new_table()
    figures_of = f"{say(WORDS['kpi'], language)}\n{say(WORDS['actual'], language)} / {say(WORDS['target'], language)}"
    table.add_column(figures_of, RichText(say(WORDS["total"], language), "bold"), overflow="fold")
    weights = [say(WORDS[word], language) for word in ("weight", *(("effective-weight",) if card.is_partial else ()))]
    table.add_column("\n".join(" ".join(weights).split()), justify="right", no_wrap=True)
    table.add_column(
        say(WORDS["attainment"], language), RichText(total_trend(history)) if history else "", no_wrap=True
    )
    _add_result_columns(table, card, language)
    for scored in card.kpis:
        name = printable(say(scored.kpi.name, language))
        measured = f"{figures.actual(scored, language)} / {figures.quantity(scored.target, scored, language)}"
        bar = (figures.bar(scored.attainment), _colour(scored))
        weight = [plain(scored.kpi.weight), *([figures.weight(scored.effective_weight)] if card.is_partial else [])]
        trend = [f"\n{kpi_trend(history, scored.kpi.id)}"] if history else []
        table.add_row(
            RichText.assemble(name, "\n", (measured, "dim")),
            "\n".join(weight),
            RichText.assemble(figures.percent(scored.attainment), "\n", bar, *trend),
            figures.number(scored.score),
            figures.points(scored.points),
        )
    for adjusted in card.adjustments:
        name, count = printable(say(adjusted.adjustment.name, language)), figures.counted(adjusted, language)
        table.add_row(RichText.assemble(name, "\n", (count, "dim")), "", "", "", figures.points(adjusted.points))
    return table


def _add_result_columns(table: Table, card: Card, language: Language) -> None:
    """Add the columns of a card's results: score, and points with the total below them."""
    total = RichText(figures.number(card.total), "bold")
    table.add_column(say(WORDS["score"], language), justify="right", no_wrap=True)
    table.add_column(say(WORDS["points"], language), total, justify="right", no_wrap=True)


def _colour(scored: Scored) -> str:
    if scored.score is None:
        return "dim"
    return "green" if scored.score >= 100 else "yellow" if scored.score >= 60 else "red"


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
