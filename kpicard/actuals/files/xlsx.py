"""Reads .xlsx: openpyxl takes the package apart; the cells, their formats and texts are read here."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final
from xml.etree.ElementTree import Element
from zipfile import ZipFile, ZipInfo

from openpyxl.formula.translate import Translator
from openpyxl.packaging.relationship import get_dependents
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.cell import column_index_from_string, get_column_letter
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_ISO8601, to_excel

from kpicard.actuals.files.cell_text import Value, cell_text, clean
from kpicard.actuals.files.number_formats import EAST_ASIAN
from kpicard.actuals.files.workbook import RefusedError, SheetsBuilder, Workbook, WorkbookFault, check_place
from kpicard.actuals.files.xlsx_parts import NS, check_prologs, check_xml, elements, plain_text, rich_text
from kpicard.units import Style

_ROW: Final = f"{NS}row"
_CELL: Final = f"{NS}c"
_STORED: Final = f"{NS}v"
_FORMULA: Final = f"{NS}f"
_INLINE: Final = f"{NS}is"

# Python takes more for a number than a spreadsheet does: blanks, underscores, digits of other scripts, `inf` and `nan`.
_NUMBER: Final = re.compile(r"[-+]?(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[Ee][-+]?[0-9]{1,4})?")
_WHOLE: Final = re.compile("-?[0-9]{1,309}")
"""With as many digits as Excel's largest number has."""
_INDEX: Final = re.compile("[0-9]{1,10}")
_PLACE: Final = re.compile("([A-Z]{1,3})([0-9]{1,7})")

_COLUMNS: Final = 1 << 15
"""More than a row has."""

_BOOLEANS: Final = {"0": False, "1": True, "false": False, "true": True}

_LONGEST_FORMULA: Final = 8192
"""Excel's own limit."""
_WEIGHT: Final = 4
"""How many places a character of a formula counts for that is moved to another cell, by the time that it takes."""
_LONGEST_DATE: Final = 64


@dataclass(slots=True)
class SheetReader:
    """Reads one sheet in one pass. openpyxl needs two: for the results of formulas, and for those that have none.

    `row` and `column` are the next cell's, from 1, for files that do not say where their cells are.
    """

    builder: SheetsBuilder
    strings: list[str]
    formats: list[str]
    from_1904: bool
    style: Style
    row: int = 0
    column: int = 0
    last: int = 0
    """The cell furthest down and to the right of those that were read, counted row by row."""
    shared: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Formulas that several cells share, each with the cell that it is written for."""

    def read(self, archive: ZipFile, part: str) -> None:
        """Put all cells into the builder, and merge what is merged."""
        for element in elements(archive, part, "worksheet/sheetData/row", "worksheet/mergeCells/mergeCell"):
            if element.tag == _ROW:
                self._read_row(element)
            else:
                first, _, last = element.get("ref", "").partition(":")
                first_row, first_column = _place_of(first)
                last_row, last_column = _place_of(last or first)
                self.builder.merge(first_row - 1, last_row - 1, first_column - 1, last_column - 1)

    def _read_row(self, row: Element) -> None:
        number = row.get("r")
        self.row, self.column = self.row + 1 if number is None else index_of(number), 1
        check_place(self.row - 1, 0)
        for cell in row.iterfind(_CELL):
            place = cell.get("r")
            if place:
                self.row, self.column = _place_of(place)
            text = self._cell_text(cell)
            last, self.last = self.last, self.row * _COLUMNS + self.column
            if self.last <= last or (len(cell) > 1 and len({part.tag for part in cell}) < len(cell)):
                self.last = max(self.last, last)
                self.builder.fault(self.row - 1, self.column - 1, "doubled-cell", text)
            if text:
                self.builder.put(self.row - 1, self.column - 1, text)
            else:
                check_place(self.row - 1, self.column - 1)
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
            return self.strings[index_of(stored)]
        number_format = self.formats[index_of(cell.get("s", "0"))]
        try:
            value = self._value(kind, stored)
        except ValueError:
            self.builder.fault(self.row - 1, self.column - 1, "unreadable-cell", stored)
            return plain_text(stored)
        return cell_text(value, number_format, from_1904=self.from_1904, style=self.style)

    def _value(self, kind: str, stored: str) -> Value:
        """Return what a cell holds. Raises ValueError where it is not of the kind that it says."""
        match kind:
            case "n":
                return _number(stored)
            case "b" if stored in _BOOLEANS:
                return _BOOLEANS[stored]
            case "d" if len(stored) <= _LONGEST_DATE and stored.isascii():
                moment = from_ISO8601(stored)  # type: ignore[no-untyped-call] # openpyxl's types leave it out
                return float(to_excel(moment, MAC_EPOCH if self.from_1904 else WINDOWS_EPOCH))  # type: ignore[no-untyped-call] # likewise
            case "b" | "d":
                raise ValueError(kind)
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
        if not formula or here == written_for or len(formula) > _LONGEST_FORMULA:
            return clean(f"={formula}" if formula else "")
        self.builder.take(_WEIGHT * len(formula))
        return clean(str(Translator(f"={formula}", written_for).translate_formula(here)))

    def _here(self) -> str:
        return f"{get_column_letter(self.column)}{self.row}"


def index_of(written: str) -> int:
    """Return a whole number as parts refer to each other by. Raises ValueError for what else Python takes for one."""
    if not _INDEX.fullmatch(written):
        message = f"this is no index: {written[:80]}"
        raise ValueError(message)
    return int(written)


def _place_of(written: str) -> tuple[int, int]:
    """Return the row and the column, from 1, that `B7` stands for. Raises ValueError for anything else."""
    found = _PLACE.fullmatch(written)
    if found is None:
        message = f"this is no cell: {written[:80]}"
        raise ValueError(message)
    letters, row = found.groups()
    return int(row), column_index_from_string(letters)


def _number(stored: str) -> int | float:
    if _WHOLE.fullmatch(stored):
        return int(stored)
    number = float(stored) if _NUMBER.fullmatch(stored) else math.inf
    if not math.isfinite(number):
        raise ValueError(stored[:80])
    return number


_UNPACKED: Final = 512 << 20
_UNPACKED_ANYWAY: Final = 16 << 20
_TIMES: Final = 64
"""How many times as large as the file its parts may be. Sheets that people make are less than 20 times as large."""

_LISTS: Final = 1 << 20
"""The most bytes of the parts that are read whole: what parts there are, and what sheets."""


class _Package(ZipFile):
    """The parts of a workbook, of which those that openpyxl reads whole are looked at before it does."""

    def read(self, name: str | ZipInfo, pwd: bytes | None = None) -> bytes:
        """Return a part. Raises RefusedError where it is too large, or has a DOCTYPE."""
        if self.getinfo(name if isinstance(name, str) else name.filename).file_size > _LISTS:
            raise RefusedError(WorkbookFault("too-large"))
        content = super().read(name, pwd)
        check_xml(content)
        return content


def read_xlsx(data: bytes, style: Style = "") -> Workbook:
    """Read a workbook; whatever openpyxl raises for a damaged one is raised."""
    archive = _Package(BytesIO(data))
    _check_parts(archive, len(data))
    check_prologs(archive)
    reader = ExcelReader(BytesIO(data), keep_links=False)
    reader.archive = archive
    reader.read_manifest()
    reader.read_workbook()
    sheets = list(reader.parser.find_sheets())
    if len({relation.Target for _, relation in sheets}) < len(sheets) or not sheets:
        raise RefusedError(WorkbookFault("unreadable-workbook"))  # few bytes could be read as a million sheets

    parts = _parts(archive, reader.parser.workbook_part_name)
    builder = SheetsBuilder(len(data))
    strings = _strings(archive, parts["sharedStrings"]) if "sharedStrings" in parts else []
    formats = _formats(archive, parts["styles"], builder) if "styles" in parts else ["General"]
    for sheet, relation in sheets:
        if relation.Type.endswith("/worksheet"):
            sheet_reader = SheetReader(builder, strings, formats, reader.wb.epoch == MAC_EPOCH, style)
            sheet_reader.read(archive, relation.Target)
            builder.end_sheet(clean(sheet.name), hidden=sheet.state != "visible")
    return builder.workbook()


def _check_parts(archive: ZipFile, size: int) -> None:
    """Raise RefusedError where the parts are larger than they may be, or two have one name."""
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > min(_UNPACKED, _UNPACKED_ANYWAY + _TIMES * size):
        raise RefusedError(WorkbookFault("too-large"))
    if len({part.filename for part in parts}) < len(parts):
        raise RefusedError(WorkbookFault("unreadable-workbook"))


def _parts(archive: ZipFile, workbook_part: str) -> dict[str, str]:
    """Return the workbook's parts by their kind: `styles`, `sharedStrings`."""
    folder, _, name = workbook_part.rpartition("/")
    relations = get_dependents(archive, f"{folder}/_rels/{name}.rels".lstrip("/"))
    return {relation.Type.rpartition("/")[2]: relation.Target for relation in relations}


def _strings(archive: ZipFile, part: str) -> list[str]:
    """Return the texts that cells refer to."""
    return [rich_text(element) for element in elements(archive, part, "sst/si")]


def _formats(archive: ZipFile, part: str, builder: SheetsBuilder) -> list[str]:
    """Return the number format of every cell style."""
    formats = {**EAST_ASIAN, **BUILTIN_FORMATS}
    styles: list[int] = []
    for element in elements(archive, part, "styleSheet/cellXfs/xf", "styleSheet/numFmts/numFmt"):
        number = index_of(element.get("numFmtId", "0"))
        if element.tag.endswith("}xf"):
            styles.append(number)
        else:
            formats[number] = element.get("formatCode", "")
            builder.take(len(formats[number]))
    return [formats.get(number, "General") for number in styles]
