"""The whole department for the terminal: the grades, how the totals lie by role and team, quotas, and the ranking."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Final, TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text as RichText

from kpicard.cards.scorecards import Scorecards
from kpicard.cards.summary_values import Summary
from kpicard.messages import words_of
from kpicard.reports import figures
from kpicard.reports import summary as grids
from kpicard.reports.summary import combined_lines, quota_lines, withheld_lines
from kpicard.reports.terminal import Lines, show, terminal
from kpicard.text import Language, printable, say

_WORDS: Final = words_of("card", "summary")

_UNBOUNDED: Final = 1000
_ROOMY: Final = 72
"""From this width on, the ranking has all its columns."""


def write(result: Scorecards, language: Language, out: TextIO) -> None:
    """Write to `out`; its width and colours are those of the terminal, if it is one."""
    console = terminal(out)
    for summary in result.summaries:
        title = f"{say(_WORDS['department'], language)} {summary.period} · {say(summary.department.title, language)}"
        console.print(RichText(printable(title), "bold"))
        console.print(_grades(summary, language, console.width // 4))
        console.print(_fitting(summary, console, language))
        lines = [line for of in (withheld_lines, quota_lines, combined_lines) for line in of(summary, language)]
        console.print(Lines([*lines, ""] if lines else []))
        console.print(_ranking(summary, language, is_roomy=console.width >= _ROOMY))
    show(console, out)


def _table(title: str = "") -> Table:
    return Table(title=title or None, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)


def _grades(summary: Summary, language: Language, widest: int) -> Table:
    table = _table()
    table.add_column(say(_WORDS["grade"], language), no_wrap=True)
    table.add_column(say(_WORDS["label"], language), overflow="fold")
    table.add_column(say(_WORDS["count"], language), justify="right", no_wrap=True)
    table.add_column(say(_WORDS["share"], language), justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for grade, label, count, share, bar in grids.grades(summary, language, widest):
        table.add_row(RichText(grade, "bold"), RichText(label), count, share, RichText(bar, "cyan"))
    return table


def _fitting(summary: Summary, console: Console, language: Language) -> Table:
    """Return how the totals lie, with a column for each figure and grade where there is room for them."""
    for draw in (_roomy, _close):
        table = draw(summary, language)
        if Measurement.get(console, console.options.update_width(_UNBOUNDED), table).maximum <= console.width:
            return table
    return _narrow(summary, language)


def _roomy(summary: Summary, language: Language) -> Table:
    table = _table(say(_WORDS["spread"], language))
    table.add_column("")
    for name in ("assessed", "mean", "median", "lowest", "highest", "deviation"):
        table.add_column(say(_WORDS[name], language), justify="right")
    for grade in summary.whole.grades:
        table.add_column(RichText(printable(grade)), justify="right")
    _add_bonus_column(table, summary, language)
    for row, is_last in _rows(summary, language):
        table.add_row(
            _label(row),
            grids.assessed(row.spread, language),
            *grids.figures_of(row.spread),
            *(str(count or "·") for count in row.spread.grades.values()),
            *([grids.bonus(row.spread, language)] if summary.whole.bonus is not None else []),
            end_section=is_last,
        )
    return table


def _close(summary: Summary, language: Language) -> Table:
    table = _roomy(summary, language)
    table.padding = (0, 1, 0, 0)
    return table


def _narrow(summary: Summary, language: Language) -> Table:
    """Return a table with a range below each mean, and the grades in one cell."""
    table = _table(say(_WORDS["spread"], language))
    table.padding = (0, 1, 0, 0)
    table.add_column("", overflow="fold")
    table.add_column(say(_WORDS["assessed"], language), justify="right", no_wrap=True)
    heading = f"{say(_WORDS['mean'], language)} ± {say(_WORDS['deviation'], language)}"
    extent = f"{say(_WORDS['lowest'], language)}–{say(_WORDS['highest'], language)}"
    table.add_column(f"{heading}\n{extent}", justify="right", no_wrap=True)
    table.add_column(say(_WORDS["grades"], language), overflow="fold")
    _add_bonus_column(table, summary, language)
    for row, is_last in _rows(summary, language):
        mean, _, lowest, highest, deviation = grids.figures_of(row.spread)
        shown = f"{mean} ± {deviation}\n{lowest}–{highest}" if row.spread.assessed else mean
        table.add_row(
            _label(row),
            grids.assessed(row.spread, language),
            shown,
            RichText(grids.grade_counts(row.spread)),
            *([grids.bonus(row.spread, language)] if summary.whole.bonus is not None else []),
            end_section=is_last,
        )
    return table


def _rows(summary: Summary, language: Language) -> Iterator[tuple[grids.Line, bool]]:
    """Yield each group, and whether another kind of group comes next."""
    rows = list(grids.lines(summary, language))
    for row, after in zip_longest(rows, rows[1:]):
        yield row, after is not None and after.kind != row.kind


def _label(row: grids.Line) -> RichText:
    return RichText(row.label, "bold" if row.kind == "whole" else "")


def _add_bonus_column(table: Table, summary: Summary, language: Language) -> None:
    if summary.whole.bonus is not None:
        table.add_column(say(_WORDS["bonus-head"], language), justify="right", no_wrap=True)


def _ranking(summary: Summary, language: Language, *, is_roomy: bool) -> Table:
    has_teams = is_roomy and bool(summary.by_team)
    has_bonus = is_roomy and summary.whole.bonus is not None
    table = _table(say(_WORDS["ranking"], language))
    table.add_column(say(_WORDS["rank"], language), justify="right")
    table.add_column(say(_WORDS["employee"], language), overflow="fold")
    table.add_column(say(_WORDS["role"], language), overflow="fold")
    if has_teams:
        table.add_column(say(_WORDS["team"], language), overflow="fold")
    table.add_column(say(_WORDS["total"], language), justify="right", no_wrap=True)
    table.add_column(say(_WORDS["grade"], language), no_wrap=True)
    if has_bonus:
        table.add_column(say(_WORDS["bonus-head"], language), justify="right", no_wrap=True)
    for rank, card in summary.ranking:
        grade = figures.grade(card, language)
        table.add_row(
            figures.NONE if rank is None else str(rank),
            RichText(figures.employee(card)),
            RichText(printable(say(card.role.title, language))),
            *([RichText(printable(card.team or ""))] if has_teams else []),
            figures.number(card.total),
            RichText(grade if card.coefficient is None else f"{grade} ×{card.coefficient:f}", "bold"),
            *([figures.amount(card.bonus)] if has_bonus else []),
        )
    return table
