"""Sheets that are one plain table below a title."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple, TypeAlias

from kpicard.reports.xlsx import styles
from kpicard.reports.xlsx.book import Sheet
from kpicard.reports.xlsx.styles import Style

FIRST_ROW: Final = 3
"""The first row with data, below title, note and headings; counted from 0."""


class Column(NamedTuple):
    """A column: what heads it, and how its cells look."""

    heading: str
    style: Style = styles.PLAIN


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and its result."""

    text: str
    result: Decimal | str


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to a cell."""

    text: str
    cell: str


Cell: TypeAlias = str | Decimal | int | Formula | Link | None


def put(sheet: Sheet, row: int, column: int, cell: Cell, wanted: Style) -> None:
    """Write a cell as what it is; None leaves it empty."""
    match cell:
        case None | "":
            pass
        case str():
            sheet.text(row, column, cell, wanted)
        case Formula(text, result):
            sheet.formula(row, column, text, result, wanted)
        case Link(text, place):
            sheet.link(row, column, text, place, styles.LINK)
        case _:
            sheet.number(row, column, cell, wanted)


def write_table(  # noqa: PLR0913 - the parts of a table
    sheet: Sheet, *, title: str, note: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], frozen: int
) -> int:
    """Write a whole sheet; return its last row. So many columns are frozen."""
    sheet.heading(0, 0, title, styles.TITLE)
    sheet.heading(1, 0, note, styles.NOTE)
    heading = FIRST_ROW - 1
    for index, column in enumerate(columns):
        sheet.column_heading(heading, index, column.heading, styles.HEADING)
    last = heading
    for last, cells in enumerate(rows, start=FIRST_ROW):
        for index, (cell, column) in enumerate(zip(cells, columns, strict=True)):
            put(sheet, last, index, cell, column.style)
    sheet.finish(heading, last, len(columns), frozen)
    return last
