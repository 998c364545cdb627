"""What stands above the cards of a role: the KPIs with their weights and targets."""

from __future__ import annotations

from typing import Final

from kpicard.reports.xlsx import styles
from kpicard.reports.xlsx.book import Book, Sheet
from kpicard.reports.xlsx.role_columns import Columns
from kpicard.text import Text

WEIGHTS: Final = 3
"""The row of the weights, each above the scores that it counts."""

FIRST: Final = 6
"""The row of the first card."""

NAMES: Final = 2
"""The row of the KPIs' names."""

_TARGETS: Final = 4
HEADINGS: Final = 5
"""The row of the headings."""

_HEIGHT: Final = 32


def write_headings(sheet: Sheet, columns: Columns, title: str) -> None:
    """Write all above the first card."""
    book = sheet.book
    sheet.heading(0, 0, title, styles.TITLE)
    sheet.heading(1, 0, book.word("role-note"), styles.NOTE)
    sheet.worksheet.set_row(NAMES, _HEIGHT)
    sheet.worksheet.set_row(HEADINGS, _HEIGHT)
    for row, word in ((WEIGHTS, "weight"), (_TARGETS, "target")):
        sheet.text(row, columns["full-weight"], book.word(word), styles.LABEL)
    headed = dict(enumerate(columns.left)) | {columns.notes: "notes"}
    weights = styles.fitting((block.kpi.weight for block in columns.blocks), "%")
    for block in columns.blocks:
        _write_name(sheet, block.first, block.points, _with_unit(book, block.kpi.name, block.kpi.unit))
        sheet.number(WEIGHTS, block.score, block.kpi.weight, weights)
        if block.common_target is not None:
            sheet.number(_TARGETS, block.actual, block.common_target, styles.fitting([block.common_target]))
        if block.target is not None:
            headed[block.target] = "target"
        if block.attainment is not None:
            headed[block.attainment] = "attainment"
        if block.weight is not None:
            headed[block.weight] = "effective-weight"
        headed |= {block.actual: "actual", block.score: "score", block.points: "points"}
    for counted in columns.counted:
        item = counted.adjustment
        _write_name(sheet, counted.count, counted.points, _with_unit(book, item.name, item.unit))
        headed |= {counted.count: "count", counted.points: "points"}
    for column, word in headed.items():
        sheet.column_heading(HEADINGS, column, book.word(word), styles.HEADING)


def _write_name(sheet: Sheet, first: int, last: int, text: str) -> None:
    """Write what several columns belong to, above all of them."""
    sheet.worksheet.merge_range(NAMES, first, NAMES, last, "", sheet.book.format(styles.HEADING))
    sheet.heading(NAMES, first, text, styles.HEADING)


def _with_unit(book: Book, name: Text, unit: Text | None) -> str:
    if unit is None:
        return book.text(name)
    return book.word("with-unit").format(name=book.text(name), unit=book.text(unit))
