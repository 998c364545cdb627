"""A workbook and its sheets: what is written into a cell stays what it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from itertools import chain, count
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from kpicard.messages import words_of
from kpicard.numbers import plain
from kpicard.reports.xlsx.formulas import fits
from kpicard.reports.xlsx.styles import PLAIN, RIGHT, Style, Widths
from kpicard.text import Language, Text, printable, say

_WORDS: Final = words_of("card", "workbook")


_LONGEST: Final = 31
"""In units of UTF-16, as Excel counts."""

_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]+")
_CALL: Final = re.compile(r"(?<=\w)\(")
"""What looks like a function's call: in a formula on a sheet called SORT(x), XlsxWriter would find that function."""

_RESERVED: Final = frozenset({"history"})


class SheetNames:
    """Gives every sheet a name of its own, whatever it is called after."""

    def __init__(self) -> None:
        self._taken: set[str] = set(_RESERVED)

    def take(self, wanted: str) -> str:
        """Return a name as much like the wanted one as can be.

        >>> names = SheetNames()
        >>> names.take("A/B test"), names.take("a_b test")
        ('A_B test', 'a_b test (2)')
        """
        for ending in _endings():
            legal = _CALL.sub(" (", _FORBIDDEN.sub("_", printable(wanted))).strip("' ")
            name = _cut(legal, _LONGEST - len(ending)) + ending
            if name.strip() and name.casefold() not in self._taken:
                self._taken.add(name.casefold())
                return name
        raise AssertionError  # there is always a further number


def _endings() -> Iterator[str]:
    return chain([""], (f" ({number})" for number in count(2)))


def _cut(text: str, longest: int) -> str:
    while len(text.encode("utf-16-le")) > 2 * longest:
        text = text[:-1]
    return text.rstrip("' ")


MOST_ROWS: Final = 1_048_576
"""The rows of a sheet."""

MOST_LINKS: Final = 65_530
"""The most links of a sheet."""

_LONGEST_TEXT: Final = 32_767
"""The most characters of a cell, in units of UTF-16."""

_A4: Final = 9

# The same cards give the same bytes.
_CREATED: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook knows no time zone

_OPTIONS: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


class Book:
    """A workbook in one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._bytes = BytesIO()
        self._workbook = Workbook(self._bytes, _OPTIONS)
        self._workbook.set_properties({"created": _CREATED, "author": "kpicard"})
        self._names = SheetNames()
        self._formats: dict[Style, Format] = {}

    def word(self, word: str) -> str:
        """Return a word in the workbook's language."""
        return say(_WORDS[word], self.language)

    def text(self, text: Text | None) -> str:
        """Return a text of the user in the workbook's language, without anything that could act."""
        return "" if text is None else printable(say(text, self.language))

    def sheet(self, wanted: str) -> Sheet:
        """Add a sheet, called as much like the wanted name as can be."""
        name = self._names.take(wanted)
        return Sheet(self, self._workbook.add_worksheet(name, worksheet_class=_Worksheet), name)

    def format(self, wanted: Style) -> Format:
        """Return the format of a style."""
        if wanted not in self._formats:
            self._formats[wanted] = self._workbook.add_format({"valign": "vcenter", **wanted.properties})
        return self._formats[wanted]

    def name(self, name: str, cells: str) -> None:
        """Give a range of cells a name that formulas can say."""
        self._workbook.define_name(name, f"={cells}")

    def close(self) -> bytes:
        """Return the whole file."""
        self._workbook.close()
        return self._bytes.getvalue()


class Sheet:
    """A sheet. Rows and columns count from 0."""

    def __init__(self, book: Book, worksheet: Worksheet, name: str) -> None:
        self.book = book
        self.name = name
        self.worksheet: Any = worksheet
        self.widths = Widths()

    def text(self, row: int, column: int, text: str, wanted: Style = PLAIN) -> None:
        """Write a text as just that: one that begins with `=` is no formula."""
        self.widths.see(column, text)
        self.worksheet.write_string(row, column, _inert(text), self.book.format(wanted))

    def heading(self, row: int, column: int, text: str, wanted: Style) -> None:
        """Write a text that does not make its column wider than it is with the rest."""
        self.worksheet.write_string(row, column, _inert(text), self.book.format(wanted))

    def column_heading(self, row: int, column: int, text: str, wanted: Style) -> None:
        """Write what heads a column, which may be broken into two lines."""
        self.widths.see_heading(column, text)
        self.heading(row, column, text, wanted)

    def link(self, row: int, column: int, text: str, cell: str, wanted: Style) -> None:
        """Write a text that leads to a cell, in the form `'Sheet'!A1`."""
        self.widths.see(column, text)
        self.worksheet.write_url(row, column, f"internal:{cell}", self.book.format(wanted), _inert(text))

    def number(self, row: int, column: int, value: Decimal | int, wanted: Style) -> None:
        """Write a number, as a text where it has more digits than a spreadsheet keeps."""
        if not fits(value):
            self.text(row, column, plain(Decimal(value)), RIGHT)
            return
        self.widths.see_number(column, value, wanted)
        self.worksheet.write_number(row, column, value, self.book.format(wanted))

    def formula(self, row: int, column: int, formula: str, result: Decimal | str, wanted: Style) -> None:
        """Write a formula with its result, which a preview shows that does not compute."""
        if isinstance(result, str):
            result = _inert(result)
            self.widths.see(column, result)
        else:
            self.widths.see_number(column, result, wanted)
        self.worksheet.write_formula(row, column, formula, self.book.format(wanted), result)

    def cell(self, row: int, column: int) -> str:
        """Return what another sheet calls a cell of this one."""
        name = self.name.replace("'", "''")
        return f"'{name}'!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"

    def range(self, first: int, last: int, column: int) -> str:
        """Return what another sheet calls the cells from one row to another."""
        return f"{self.cell(first, column)}:{xl_rowcol_to_cell(last, column, row_abs=True, col_abs=True)}"

    def finish(self, heading: int, last: int, columns: int, frozen: int) -> None:
        """Freeze the headings, filter below them, fit the columns, and set up the page.

        `heading` is the row of the headings, `last` the last row; `frozen` is how many columns stay in view.
        """
        sheet = self.worksheet
        sheet.freeze_panes(heading + 1, frozen)
        sheet.autofilter(heading, 0, max(last, heading), columns - 1)
        sheet.repeat_rows(heading)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})
        self.fit(columns)

    def fit(self, columns: int) -> None:
        """Fit the columns to what is in them, and the page to A4."""
        for column, width in self.widths.of(range(columns)):
            self.worksheet.set_column(column, column, width)
        self.worksheet.set_landscape()
        self.worksheet.set_paper(_A4)
        self.worksheet.set_margins(left=0.4, right=0.4)
        self.worksheet.fit_to_pages(1, 0)
        self.worksheet.set_footer("&L&A&R&P / &N")


class _Worksheet(Worksheet):
    """A worksheet that takes formulas as they are.

    XlsxWriter looks each formula through for the functions that Excel got lately, by one regular expression for each:
    a third of the time of the whole workbook. There are none in ours.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: object = None) -> str:  # noqa: ARG002
        return formula.removeprefix("=")


def check_rows(rows: Iterable[int], language: Language) -> None:
    """Raise OSError where a sheet would need more rows than there can be."""
    needed = max(rows, default=0)
    if needed > MOST_ROWS:
        raise OSError(say(_WORDS["too-many-rows"], language).format(limit=MOST_ROWS, rows=needed))


def _inert(text: str) -> str:
    """Return a text that fits into a cell, and that XlsxWriter does not take for its own markup."""
    if len(text) > _LONGEST_TEXT // 2 and len(text.encode("utf-16-le")) // 2 > _LONGEST_TEXT:
        text = f"{text[: _LONGEST_TEXT // 2]}…"
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
