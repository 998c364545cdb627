"""A template as CSV or as a workbook whose cells say what belongs in them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Final
from unicodedata import east_asian_width
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from kpicard.fill_in.grid import Cell, Template, ToFill
from kpicard.fill_in.validations import add_validations, comment
from kpicard.numbers import plain


def csv_bytes(template: Template) -> bytes:
    """Return the whole file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(template.headings)
    writer.writerows([_text(cell) for cell in row] for row in template.rows)
    return out.getvalue().encode("utf-8-sig")


def _text(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return plain(cell)
    return cell if isinstance(cell, str) else ""


_BOLD: Final = Font(name="Calibri", size=11, bold=True)
_HEADING: Final = PatternFill("solid", fgColor="D9E2F3")
_TO_FILL: Final = PatternFill("solid", fgColor="FFF9E5")
_NOT_TO_FILL: Final = PatternFill("solid", fgColor="D9D9D9")
_LINE: Final = Side(style="thin", color="BFBFBF")
_LINES: Final = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WRAPPED: Final = Alignment(vertical="center", wrap_text=True)

_TEXT_FORMAT: Final = "@"
"""What is typed into such a cell stays a text: 007 keeps its zeros."""

_DIGITS: Final = 15
"""The most digits that a spreadsheet keeps of a number."""

_WIDEST: Final = 80
_WIDEST_HEADING: Final = 22
"""The widest columns, in half-width characters; what is longer is wrapped."""

_LINE_HEIGHT: Final = 15

_CREATED: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook knows no time zone
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def xlsx_bytes(template: Template) -> bytes:
    """Return the whole file."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = template.period
    widths = [_width(heading, template.column(index)) for index, heading in enumerate(template.headings)]
    for index, width in enumerate(widths):
        sheet.column_dimensions[get_column_letter(index + 1)].width = width
        _write_heading(sheet.cell(1, index + 1), index, template)
    for number, row in enumerate(template.rows, start=2):
        for index, cell in enumerate(row):
            _write(sheet.cell(number, index + 1), cell)
    for number, row in enumerate((template.headings, *template.rows), start=1):
        sheet.row_dimensions[number].height = _LINE_HEIGHT * max(map(_lines, row, widths))
    sheet.freeze_panes = "C2" if template.is_wide else "A2"  # behind the employee
    add_validations(sheet, template)
    return _saved(workbook)


def _saved(workbook: Workbook) -> bytes:
    """Return the file without the times at which it was made: the same template gives the same bytes."""
    dated, undated = io.BytesIO(), io.BytesIO()
    workbook.properties.created = _CREATED
    workbook.save(dated)
    with ZipFile(dated) as parts, ZipFile(undated, "w") as out:
        for name in parts.namelist():
            content = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", parts.read(name))
            out.writestr(ZipInfo(name), content, ZIP_DEFLATED)  # dated 1980, when there is no other date
    return undated.getvalue()


def _write_heading(target: SheetCell | MergedCell, index: int, template: Template) -> None:
    _put_text(target, template.headings[index])
    target.font, target.fill, target.border, target.alignment = _BOLD, _HEADING, _LINES, _WRAPPED
    to_fill = list(dict.fromkeys(cell for cell in template.column(index) if isinstance(cell, ToFill)))
    if template.is_wide and to_fill:
        text = comment(to_fill, template.language)
        target.comment = Comment(text, "kpicard", width=420, height=60 + 20 * (_places(text) // 60))


def _write(target: SheetCell | MergedCell, cell: Cell) -> None:
    target.alignment = _WRAPPED
    match cell:
        case ToFill():
            target.fill, target.border = _TO_FILL, _LINES
        case None:
            target.fill, target.border = _NOT_TO_FILL, _LINES
        case Decimal() if len(cell.as_tuple().digits) <= _DIGITS:
            target.value = cell
        case _:
            _put_text(target, plain(cell) if isinstance(cell, Decimal) else cell)


def _put_text(target: SheetCell | MergedCell, text: str) -> None:
    """Write a text as just that: one that begins with `=` is no formula."""
    target.number_format = _TEXT_FORMAT
    if text:
        target.value = text
        target.data_type = "s"


def _width(heading: str, cells: Iterable[Cell]) -> int:
    """Return how wide a column is: as wide as its longest text and its heading, up to a limit."""
    longest = max((_places(_shown(cell)) for cell in cells), default=0)
    return 3 + max(min(longest, _WIDEST), min(_places(heading), _WIDEST_HEADING), 5)


def _lines(cell: Cell, width: int) -> int:
    """Return how many lines a cell takes. A line that is broken between words is not quite full."""
    places = _places(_shown(cell))
    return 1 if places <= width else -(-places * 9 // (8 * width))


def _shown(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return plain(cell)
    return cell if isinstance(cell, str) else ""


def _places(text: str) -> int:
    """Return how many half-width characters are as wide as a text: a Chinese one takes two places."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
