"""Scorecards for the terminal: a summary, then the cards; if that is more than a screen, the summary alone."""

from __future__ import annotations

from itertools import groupby
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as RichText

from kpicard.card import Card, Scored
from kpicard.numbers import plain
from kpicard.reports import figures
from kpicard.reports.console import show, terminal
from kpicard.reports.notes import notes
from kpicard.reports.words import WORDS
from kpicard.scorecards import Scorecards
from kpicard.text import Language, printable, say

_UNBOUNDED = 1000
_ROOMY_SUMMARY = 72
_SHORT = 5
"""The columns of a summary that is narrower than that."""

_ROOMY = 96
"""From this width on, a card has a column for each figure; below it, figures stand under each other unless all fits."""


def write(result: Scorecards, language: Language, out: TextIO) -> None:
    """Write to `out`; its width and colours are those of the terminal, if it is one."""
    console = terminal(out)
    cards = result.cards
    if len(cards) > 1:
        for period, group in groupby(cards, key=lambda card: card.period):
            console.print(_summary(period, list(group), language, console.width))
    if not console.is_terminal or len(cards) == 1 or _lines(cards) <= console.height:
        for card in cards:
            console.print(_card(card, language, console))
    elif cards:
        hint = say(WORDS["see-card"], language).format(employee=printable(cards[0].employee))
        console.print(RichText(hint, "dim"))
    show(console, out)


def _lines(cards: tuple[Card, ...]) -> int:
    """Return about how many lines a summary and the cards take."""
    return len(cards) + 5 + sum(len(card.kpis) + 8 for card in cards)


def _table(title: str | None = None) -> Table:
    return Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)


def _summary(period: str, cards: list[Card], language: Language, width: int) -> Table:
    table = _table(f"{say(WORDS['summary'], language)} {period}")
    table.add_column(say(WORDS["rank"], language), justify="right")
    table.add_column(say(WORDS["employee"], language), overflow="fold")
    table.add_column(say(WORDS["role"], language), overflow="fold")
    table.add_column(say(WORDS["total"], language), justify="right", no_wrap=True)
    table.add_column(say(WORDS["grade"], language), no_wrap=True)
    if width >= _ROOMY_SUMMARY:
        table.add_column(say(WORDS["coefficient"], language), justify="right", no_wrap=True)
    for rank, card in figures.ranks(cards):
        cells: list[str | RichText] = [
            figures.NONE if rank is None else str(rank),
            RichText(figures.employee(card)),
            RichText(printable(say(card.role.title, language))),
            figures.number(card.total),
            RichText(_grade(card, language, short=len(table.columns) == _SHORT), "bold"),
            figures.number(card.coefficient),
        ]
        table.add_row(*cells[: len(table.columns)])
    return table


def _grade(card: Card, language: Language, *, short: bool) -> str:
    """Show the grade; in a short summary with the coefficient, which has no column there."""
    grade = figures.grade(card, language)
    return f"{grade} ×{card.coefficient:f}" if short and card.coefficient is not None else grade


def _card(card: Card, language: Language, console: Console) -> Group:
    width = console.width
    heading = RichText.assemble(
        (figures.employee(card), "bold"),
        f"  {printable(say(card.role.title, language))}  {card.period}",
        f"  {printable(card.team)}" if card.team else "",
    )
    table = _roomy(card, language)
    needed = Measurement.get(console, console.options.update_width(_UNBOUNDED), table).maximum
    if width < _ROOMY and needed > width:
        table = _narrow(card, language)
    grade = f"{say(WORDS['grade'], language)} {figures.grade(card, language)}"
    factor = f"{say(WORDS['coefficient'], language)} {figures.number(card.coefficient)}"
    result = RichText(f"{grade}   {factor}", "bold")
    return Group(heading, table, result, Padding(RichText("\n".join(notes(card, language)), "dim"), (0, 0, 1, 0)))


def _roomy(card: Card, language: Language) -> Table:
    table = _table()
    table.show_footer = True
    table.add_column(say(WORDS["kpi"], language), RichText(say(WORDS["total"], language), "bold"), overflow="fold")
    for word in ("weight", "target", "actual"):
        table.add_column(say(WORDS[word], language), justify="right")
    table.add_column(say(WORDS["attainment"], language), justify="right", no_wrap=True)
    table.add_column(say(WORDS["bar"], language), no_wrap=True)
    _add_result_columns(table, card, language)
    for scored in card.kpis:
        table.add_row(
            RichText(printable(say(scored.kpi.name, language))),
            plain(scored.kpi.weight),
            RichText(figures.quantity(scored.target, scored, language)),
            RichText(figures.actual(scored, language)),
            figures.percent(scored.attainment),
            RichText(figures.bar(scored.attainment), _colour(scored)),
            figures.number(scored.score),
            figures.number(scored.points),
        )
    for adjusted in card.adjustments:
        name, count = printable(say(adjusted.adjustment.name, language)), figures.counted(adjusted, language)
        table.add_row(RichText(name), "", "", RichText(count), "", "", "", figures.number(adjusted.points))
    return table


def _narrow(card: Card, language: Language) -> Table:
    table = _table()
    table.show_footer = True
    figures_of = f"{say(WORDS['kpi'], language)}\n{say(WORDS['actual'], language)} / {say(WORDS['target'], language)}"
    table.add_column(figures_of, RichText(say(WORDS["total"], language), "bold"), overflow="fold")
    table.add_column(say(WORDS["weight"], language), justify="right", no_wrap=True)
    table.add_column(say(WORDS["attainment"], language), no_wrap=True)
    _add_result_columns(table, card, language)
    for scored in card.kpis:
        name = printable(say(scored.kpi.name, language))
        measured = f"{figures.actual(scored, language)} / {figures.quantity(scored.target, scored, language)}"
        table.add_row(
            RichText.assemble(name, "\n", (measured, "dim")),
            plain(scored.kpi.weight),
            RichText.assemble(
                figures.percent(scored.attainment), "\n", (figures.bar(scored.attainment), _colour(scored))
            ),
            figures.number(scored.score),
            figures.number(scored.points),
        )
    for adjusted in card.adjustments:
        name, count = printable(say(adjusted.adjustment.name, language)), figures.counted(adjusted, language)
        table.add_row(RichText.assemble(name, "\n", (count, "dim")), "", "", "", figures.number(adjusted.points))
    return table


def _add_result_columns(table: Table, card: Card, language: Language) -> None:
    """Add the last two columns of a card: score, and points with the total below them."""
    total = RichText(figures.number(card.total), "bold")
    table.add_column(say(WORDS["score"], language), justify="right", no_wrap=True)
    table.add_column(say(WORDS["points"], language), total, justify="right", no_wrap=True)


def _colour(scored: Scored) -> str:
    if scored.score is None:
        return "dim"
    return "green" if scored.score >= 100 else "yellow" if scored.score >= 60 else "red"
