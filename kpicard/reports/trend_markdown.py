"""A trend as Markdown."""

from __future__ import annotations

from itertools import zip_longest
from typing import TextIO

from kpicard.cards.trend import Trend
from kpicard.reports.history_text import change
from kpicard.reports.markdown_text import escape, table
from kpicard.reports.trend import Grid, Row, grids, notes, word
from kpicard.text import Language


def write(trend: Trend, language: Language, out: TextIO) -> None:
    """Write all periods, in tables as wide as they are."""
    out.write(f"# {word('trends', language)}\n")
    out.writelines(f"\n## {escape(grid.title)}\n\n{_table(grid, language)}" for grid in grids(trend, language))
    lines = [f"- {escape(line)}\n" for line in notes(trend, language)]
    out.writelines(["\n", *lines] if lines else [])


def _table(grid: Grid, language: Language) -> str:
    ends = [] if grid.end is None else [grid.end]
    headings = [grid.heading, *grid.periods, word("trend", language), word("change", language), *ends]
    right = frozenset({*range(1, len(grid.periods) + 1), len(grid.periods) + 2})
    return table(headings, (_cells(row, grid) for row in grid.rows), right)


def _cells(row: Row, grid: Grid) -> list[str]:
    ends = [] if grid.end is None else [escape(row.end)]
    cells = [_cell(*pair) for pair in zip_longest(row.cells or ("",) * len(grid.periods), row.below, fillvalue="")]
    shown = [escape(row.label.strip()), *cells, row.trend, change(row.change) if row.cells else "", *ends]
    return [f"**{cell}**" if cell else "" for cell in shown] if row.is_main else shown


def _cell(figure: str, below: str) -> str:
    """Show a figure with what is below it on a terminal in brackets: a cell of Markdown is one line."""
    return f"{escape(figure)} ({escape(below)})" if below else escape(figure)
