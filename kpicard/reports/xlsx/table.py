"""Sheets that are one table below a title: whom a row is about, where cards stand, and colours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, NamedTuple, TypeAlias

from xlsxwriter.utility import xl_rowcol_to_cell

from kpicard.cards.values import Card, Key, Withheld
from kpicard.reports.xlsx import formulas, styles
from kpicard.reports.xlsx.book import Book, Sheet
from kpicard.reports.xlsx.styles import BAD, FAIR, GOOD, Style

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


def people_columns(cards: Sequence[Card]) -> tuple[str, ...]:
    """Return the words of the columns; names and teams only where there are any."""
    name = ("name",) if any(card.name for card in cards) else ()
    team = ("team",) if any(card.team for card in cards) else ()
    return ("period", "employee", *name, *team)


def frozen(columns: Sequence[str]) -> int:
    """Return how many columns stay in view: up to the name, or to the id where there are no names."""
    return columns.index("name" if "name" in columns else "employee") + 1


def people_cells(book: Book, card: Card | Withheld) -> dict[str, Cell]:
    """Return the cells of a card's columns, and its role."""
    return {
        "period": card.period,
        "employee": book.text(card.employee),
        "name": book.text(card.name),
        "team": book.text(card.team) if isinstance(card, Card) else None,
        "role": book.text(card.role.title),
    }


def titled(book: Book, name: str, cards: Iterable[Card]) -> str:
    """Return a sheet's title: what is on it, and for which periods."""
    periods = sorted({card.period for card in cards})
    shown = " – ".join(dict.fromkeys([periods[0], periods[-1]])) if periods else ""
    return f"{name}{'　' if book.language == 'zh' else ' · '}{shown}" if shown else name


RESULT: Final = ("total", "grade", "coefficient")
"""What the summary takes from the other sheets."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card stands: the cell to go to, and the ranges of cells that hold the numbers and the results."""

    cell: str
    ranges: Mapping[str, str]

    def taken(self, word: str, number: str) -> str:
        """Return the formula of one of the results of the card whose number is in a cell."""
        return formulas.taken(self.ranges[word], number, self.ranges["number"])


def placed(sheet: Sheet, columns: Sequence[str], cards: Sequence[Card], first: int) -> Iterator[tuple[Key, Place]]:
    """Yield where each of the cards stands, from a row of a sheet on."""
    last = first + len(cards) - 1
    ranges = {word: sheet.range(first, last, columns.index(word)) for word in ("number", *RESULT)}
    for row, card in enumerate(cards, start=first):
        yield card.key, Place(sheet.cell(row, columns.index("employee")), ranges)


def colour_scores(sheet: Sheet, column: int, first: int, last: int) -> None:
    """Colour a column of scores: below 60, below 100, and from 100 on, which is on target."""
    cell = xl_rowcol_to_cell(first, column, col_abs=True)
    area = (first, column, last, column)
    _colour(sheet, area, f"AND(ISNUMBER({cell}),{cell}<60)", BAD)
    _colour(sheet, area, f"AND(ISNUMBER({cell}),{cell}<100)", FAIR)
    _colour(sheet, area, f"ISNUMBER({cell})", GOOD)


def colour_grades(sheet: Sheet, columns: tuple[int, int], first: int, last: int) -> None:
    """Colour a column of grades and the coefficients beside it: by whether the coefficient is below or above 1."""
    grade, coefficient = columns
    cell, area = xl_rowcol_to_cell(first, coefficient, col_abs=True), (first, grade, last, coefficient)
    _colour(sheet, area, f"AND(ISNUMBER({cell}),{cell}<1)", BAD)
    _colour(sheet, area, f"AND(ISNUMBER({cell}),{cell}>1)", GOOD)


def _colour(sheet: Sheet, area: tuple[int, int, int, int], formula: str, wanted: Style) -> None:
    first, left, last, right = area
    if last < first:
        return
    rule: dict[str, Any] = {"type": "formula", "criteria": f"={formula}", "format": sheet.book.format(wanted)}
    sheet.worksheet.conditional_format(first, left, last, right, {**rule, "stop_if_true": True})
