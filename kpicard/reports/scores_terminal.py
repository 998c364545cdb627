"""Scorecards for the terminal: a summary, then the cards; if that is more than a screen, the summary alone.

Whoever asks for one person gets the cards, however many: a rank among one says nothing.
"""

from __future__ import annotations

from itertools import groupby
from typing import Final, TextIO

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text as RichText

from kpicard.cards.scorecards import Scorecards
from kpicard.cards.summary import ranked
from kpicard.cards.values import Card
from kpicard.messages import words_of
from kpicard.reports import figures
from kpicard.reports.card import draw
from kpicard.reports.history_text import change
from kpicard.reports.summary import beside_lines
from kpicard.reports.terminal import Fitted, Lines, show, terminal
from kpicard.text import Language, printable, say

WORDS: Final = words_of("card")

_ROOMY: Final = 72
"""From this width on, a summary has all its columns."""


def write(result: Scorecards, language: Language, out: TextIO) -> None:
    """Write to `out`; its width and colours are those of the terminal, if it is one."""
    console = terminal(out)
    cards = result.cards
    is_one_person = len({card.employee for card in cards}) == 1
    summaries = {summary.period: summary for summary in result.summaries}
    for period, group in groupby(cards, key=lambda card: card.period):
        of_period = list(group)
        if is_one_person and len(of_period) == 1:
            continue
        console.print(RichText(f"{say(WORDS['summary'], language)} {period}", "bold"))
        console.print(Fitted(_summary(of_period, result, language, console.width)))
        console.print(Lines(beside_lines(summaries[period], language), "dim"))
    if is_one_person or _lines(cards) <= console.height:
        for card in cards:
            console.print(draw(card, result, language, console))
    elif cards:
        hint = say(WORDS["see-card"], language).format(employee=printable(cards[0].employee))
        console.print(RichText(hint, "dim"))
    show(console, out)


def _lines(cards: tuple[Card, ...]) -> int:
    """Return about how many lines a summary and the cards take."""
    return len(cards) + 5 + sum(len(card.kpis) + 11 for card in cards)


def _summary(cards: list[Card], result: Scorecards, language: Language, width: int) -> Table:
    is_roomy = width >= _ROOMY
    has_changes = any(card.key in result.histories for card in cards)
    has_bonus = is_roomy and any(card.bonus is not None for card in cards)
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(say(WORDS["rank"], language), justify="right")
    employee = say(WORDS["employee"], language)
    table.add_column(employee, overflow="fold", min_width=cell_len(employee))
    table.add_column(say(WORDS["role"], language), overflow="fold")
    table.add_column(say(WORDS["total"], language), justify="right", no_wrap=True)
    if has_changes:
        table.add_column(say(WORDS["change"], language), justify="right", no_wrap=True)
    table.add_column(say(WORDS["grade"], language), no_wrap=True)
    if is_roomy:
        table.add_column(say(WORDS["coefficient"], language), justify="right", no_wrap=True)
    if has_bonus:
        table.add_column(say(WORDS["bonus"], language), justify="right", no_wrap=True)
    for rank, card in ranked(cards):
        history = result.histories.get(card.key)
        table.add_row(
            figures.NONE if rank is None else str(rank),
            RichText(figures.employee(card)),
            RichText(printable(say(card.role.title, language))),
            figures.number(card.total),
            *([change(history.change) if history else figures.NONE] if has_changes else []),
            RichText(_grade(card, language, short=not is_roomy), "bold"),
            *([figures.number(card.coefficient)] if is_roomy else []),
            *([figures.amount(card.bonus)] if has_bonus else []),
        )
    return table


def _grade(card: Card, language: Language, *, short: bool) -> str:
    """Show the grade; in a short summary with the coefficient, which has no column there."""
    grade = figures.grade(card, language)
    return f"{grade} ×{card.coefficient:f}" if short and card.coefficient is not None else grade
