"""The cells of one sheet of an .xlsx file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from openpyxl.formula.translate import Translator
from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_ISO8601, to_excel

from kpicard.workbooks.cell_text import Value, cell_text, clean
from kpicard.workbooks.sheets import RefusedError, SheetsBuilder, WorkbookFault, check_place
from kpicard.workbooks.xlsx_elements import NS, elements, plain_text, rich_text

_DATA: Final = f"{NS}sheetData"
_ROW: Final = f"{NS}row"
_CELL: Final = f"{NS}c"
_STORED: Final = f"{NS}v"
_FORMULA: Final = f"{NS}f"
_INLINE: Final = f"{NS}is"
_MERGE: Final = f"{NS}mergeCell"

_DIGITS: Final = 309
"""As many as Excel's largest number has."""


@dataclass(slots=True)
class SheetReader:
    """Reads one sheet in one pass. openpyxl needs two: for the results of formulas, and for those that have none.

    `row` and `column` are the next cell's, from 1, for files that do not say where their cells are.
    """

    builder: SheetsBuilder
    strings: list[str]
    formats: list[str]
    from_1904: bool
    row: int = 0
    column: int = 0
    shared: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Formulas that several cells share, each with the cell that it is written for."""

    def read(self, archive: ZipFile, part: str) -> None:
        """Put all cells into the builder, and merge what is merged."""
        is_sheet = False
        for element in elements(archive, part, _ROW, _DATA, _MERGE):
            if element.tag == _ROW:
                self._read_row(element)
            elif element.tag == _DATA:
                is_sheet = True
            else:
                first, _, last = element.get("ref", "").partition(":")
                first_row, first_column = coordinate_to_tuple(first)
                last_row, last_column = coordinate_to_tuple(last or first)
                self.builder.merge(first_row - 1, last_row - 1, first_column - 1, last_column - 1)
        if not is_sheet:
            raise RefusedError(WorkbookFault("unreadable-workbook"))

    def _read_row(self, row: Element) -> None:
        self.row, self.column = int(row.get("r", self.row + 1)), 1
        check_place(self.row - 1, 0)
        for cell in row.iterfind(_CELL):
            place = cell.get("r")
            if place:
                self.row, self.column = coordinate_to_tuple(place)
            self.builder.put(self.row - 1, self.column - 1, self._cell_text(cell))
            self.column += 1

    def _cell_text(self, cell: Element) -> str:
        kind, stored, formula = cell.get("t", "n"), cell.findtext(_STORED), cell.find(_FORMULA)
        if formula is not None:
            written = self._formula(formula)
            if stored is None or not (stored or kind == "str"):  # a text may be empty, but nothing is no number
                return self._in_this_cell(*written)
        if kind == "inlineStr":
            inline = cell.find(_INLINE)
            return "" if inline is None else rich_text(inline)
        if not stored:
            return ""
        if kind == "s":
            return self.strings[int(stored)]
        return cell_text(self._value(kind, stored), self.formats[int(cell.get("s", 0))], from_1904=self.from_1904)

    def _value(self, kind: str, stored: str) -> Value:
        match kind:
            case "n":
                return int(stored) if stored.removeprefix("-").isdecimal() and len(stored) <= _DIGITS else float(stored)
            case "b":
                return stored in {"1", "true"}
            case "d":
                moment = from_ISO8601(stored)  # type: ignore[no-untyped-call] # openpyxl's types leave it out
                return float(to_excel(moment, MAC_EPOCH if self.from_1904 else WINDOWS_EPOCH))  # type: ignore[no-untyped-call] # likewise
            case _:
                return plain_text(stored)

    def _formula(self, element: Element) -> tuple[str, str]:
        """Return a formula as it is written, and the cell that it is written for: this one, or one that shares it."""
        written, shared = (element.text or "", self._here()), element.get("si")
        if shared is None:
            return written
        if element.text:
            self.shared[shared] = written
        return self.shared.get(shared, written)

    def _in_this_cell(self, formula: str, written_for: str) -> str:
        here = self._here()
        if not formula or here == written_for:
            return clean(f"={formula}" if formula else "")
        return clean(str(Translator(f"={formula}", written_for).translate_formula(here)))

    def _here(self) -> str:
        return f"{get_column_letter(self.column)}{self.row}"
