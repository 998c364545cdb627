"""A trend for the terminal: as many periods as there is room for, and the sparkline of all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Final, TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text as RichText

from kpicard.cards.trend import Trend
from kpicard.reports.history_text import change
from kpicard.reports.terminal import Lines, show, terminal
from kpicard.reports.trend import Grid, Row, grids, is_of_one, notes, word
from kpicard.text import Language, printable

_UNBOUNDED: Final = 1000
_ROOMY: Final = 96
_LONGEST_NARROW, _LONGEST = 12, 24
"""The most periods of a sparkline: in a terminal narrower than that, and in others."""


def write(trend: Trend, language: Language, out: TextIO) -> None:
    """Write to `out`; its width and colours are those of the terminal, if it is one."""
    console = terminal(out)
    shown = len(trend.periods)
    for grid in grids(trend, language):
        table, periods = _fitting(grid, console, language)
        console.print(RichText(grid.title, "bold"))
        console.print(table)
        shown = min(shown, periods)
    lines = notes(trend, language)
    drawn = min(_longest(console.width), len(trend.periods))
    if shown < len(trend.periods):
        lines.append(word("cut", language).format(shown=shown, drawn=drawn, count=len(trend.periods)))
    if not trend.kpis and not is_of_one(trend):
        lines += _hints(trend, language)
    console.print(Lines(lines, "dim"))
    show(console, out)


def _hints(trend: Trend, language: Language) -> Iterator[str]:
    """Yield how to see more of one person, and of one KPI."""
    for role in trend.roles[:1]:
        employee = printable(role.people[0].last.employee)
        yield from (word("see-more", language).format(employee=employee, kpi=kpi.id) for kpi, _ in role.kpis[:1])


def _longest(width: int) -> int:
    """Return how many periods a sparkline has at most."""
    return _LONGEST if width >= _ROOMY else _LONGEST_NARROW


def _fitting(grid: Grid, console: Console, language: Language) -> tuple[Table, int]:
    """Return a grid with all periods, or with as many of the last ones as fit, and how many those are.

    Where not all fit, longer labels are folded, and columns stand closer.
    """

    def drawn(periods: int, label: int | None = None) -> tuple[Table, int]:
        table = _table(grid, periods, label, console.width, language)
        return table, Measurement.get(console, console.options.update_width(_UNBOUNDED), table).maximum

    periods, label = len(grid.periods), console.width // 3
    for each in (None, label):
        table, width = drawn(periods, each)
        if width <= console.width:
            return table, periods
    least = drawn(1, label)[1]
    for_each = max((width - least) // max(periods - 1, 1), 1)
    fitting = min(max(1 + (console.width - least) // for_each, 1), periods)
    return drawn(fitting, label)[0], fitting


def _table(grid: Grid, periods: int, label: int | None, width: int, language: Language) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    if label is not None:
        table.padding = (0, 1, 0, 0)
    table.add_column(grid.heading, overflow="fold", max_width=label)
    for period in grid.periods[-periods:]:
        table.add_column(period, justify="right", no_wrap=True)
    table.add_column(word("trend", language), no_wrap=True)
    table.add_column(word("change", language), justify="right", no_wrap=True)
    if grid.end is not None:
        table.add_column(grid.end, no_wrap=True)
    for row in grid.rows:
        cells = [_cell(*pair) for pair in zip_longest(row.cells or ("",) * len(grid.periods), row.below, fillvalue="")]
        last_change = RichText(change(row.change) if row.cells else "", _colour(row))
        ends = [] if grid.end is None else [RichText(row.end)]
        style = "bold" if row.is_main else None
        table.add_row(
            RichText(row.label), *cells[-periods:], row.trend[-_longest(width) :], last_change, *ends, style=style
        )
    return table


def _cell(figure: str, below: str) -> RichText:
    return RichText.assemble(figure, (f"\n{below}", "dim")) if below else RichText(figure)


def _colour(row: Row) -> str:
    return "" if not row.change else "green" if row.change > 0 else "red"
