"""Reads .xls, the workbooks of Excel 97 to 2003, with xlrd."""

from __future__ import annotations

from contextlib import redirect_stdout
from io import StringIO

import xlrd  # type: ignore[import-untyped]  # it has no types
from xlrd.compdoc import CompDoc  # type: ignore[import-untyped]  # likewise

from kpicard.actuals.files.cell_text import Value, cell_text, clean
from kpicard.actuals.files.number_formats import EAST_ASIAN
from kpicard.actuals.files.workbook import RefusedError, SheetsBuilder, Workbook, WorkbookFault
from kpicard.units import Style

_WORKSHEET = 0x10
"""What the record that begins a sheet says that it is."""


def read_xls(data: bytes, style: Style = "") -> Workbook:
    """Read a workbook; whatever xlrd raises for a damaged one is raised."""
    # xlrd prints what it wonders about to its log, and some of it to the standard output.
    with redirect_stdout(StringIO()) as log:
        _inspect(CompDoc(data, logfile=log))
        try:
            # One sheet at a time is in memory twice: as xlrd's, and as ours.
            book = xlrd.open_workbook(
                file_contents=data, logfile=log, formatting_info=True, on_demand=True, ragged_rows=True
            )
        except xlrd.XLRDError as error:
            if "encrypted" in str(error):
                raise RefusedError(WorkbookFault("protected-workbook")) from error
            raise
        builder = SheetsBuilder(len(data))
        _count_records(book, builder)
        for index in range(book.nsheets):
            _read_sheet(book, index, builder, style)
            book.unload_sheet(index)
        return builder.workbook()


def _inspect(document: CompDoc) -> None:
    """Refuse what is encrypted (an .xlsx with a password is in an envelope of this kind), and what would never end."""
    for entry in document.dirlist:
        if entry.name == "EncryptedPackage":
            raise RefusedError(WorkbookFault("protected-workbook"))
        # A stream of few bytes is a chain of small sectors: in a damaged file, xlrd would go round in it for ever.
        if entry.name.lower() in {"workbook", "book"} and entry.tot_size < document.min_size_std_stream:
            sector, rest = entry.first_SID, len(document.SSAT)
            while sector >= 0:
                sector, rest = document.SSAT[sector], rest - 1
                if rest < 0:
                    raise RefusedError(WorkbookFault("unreadable-workbook"))


def _count_records(book: xlrd.Book, builder: SheetsBuilder) -> None:
    """Let each record that is read count, so that a thousand sheets cannot all go through the same bytes."""
    read = book.get_record_parts

    def counted() -> object:
        builder.take(1)
        return read()

    book.get_record_parts = counted


class _Sheet(xlrd.sheet.Sheet):  # type: ignore[misc] # xlrd has no types
    """A sheet that notes which cells are there twice: of these xlrd keeps the last one."""

    def put_cell_ragged(self, rowx: int, colx: int, ctype: int | None, value: object, xf_index: int) -> None:
        """Take a cell; `self.doubled` has its row and its column if there was one in its place that is not blank."""
        if rowx < self.nrows and ctype != xlrd.XL_CELL_BLANK and self.row_len(rowx) > colx:
            before = self.cell_type(rowx, colx)
            if before not in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}:
                self.__dict__.setdefault("doubled", []).append((rowx, colx))
        super().put_cell_ragged(rowx, colx, ctype, value, xf_index)


def _sheet(book: xlrd.Book, index: int) -> xlrd.sheet.Sheet:
    """Return a sheet, as `book.sheet_by_index` does, but one that notes what is there twice."""
    if book.sheet_loaded(index):  # before Excel 5, a workbook is a sheet
        return book.sheet_by_index(index)
    book._position = book._sh_abs_posn[index]  # noqa: SLF001 - xlrd has no other way in
    book.getbof(_WORKSHEET)
    sheet = _Sheet(book, book._position, book.sheet_names()[index], index)  # noqa: SLF001 - likewise
    sheet.read(book)
    return sheet


def _read_sheet(book: xlrd.Book, index: int, builder: SheetsBuilder, style: Style) -> None:
    sheet = _sheet(book, index)
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            text = cell_text(_value(cell), _format(book, cell), from_1904=book.datemode == 1, style=style)
            builder.put(row, column, text)
    for row, column in getattr(sheet, "doubled", ()):
        builder.fault(row, column, "doubled-cell", str(sheet.cell_value(row, column)))
    for first_row, end_row, first_column, end_column in sheet.merged_cells:
        builder.merge(first_row, end_row - 1, first_column, end_column - 1)
    builder.end_sheet(clean(sheet.name), hidden=sheet.visibility != 0)


def _value(cell: xlrd.sheet.Cell) -> Value:
    match cell.ctype:
        case xlrd.XL_CELL_TEXT:
            return str(cell.value)
        case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
            return float(cell.value)
        case xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code[cell.value])
        case _:
            return None


def _format(book: xlrd.Book, cell: xlrd.sheet.Cell) -> str:
    key = book.xf_list[cell.xf_index].format_key
    return book.format_map[key].format_str or EAST_ASIAN.get(key, "General")
