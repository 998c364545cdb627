"""Excel workbooks (.xlsx and .xls) as texts: every cell as a person sees it, none of it computed anew."""

from __future__ import annotations

import warnings
from io import BytesIO
from pathlib import Path
from typing import Final, Literal, NamedTuple
from zipfile import ZipFile

from kpicard.text import printable
from kpicard.units import Style

FaultCode = Literal[
    "archive", "missing-extra", "unreadable-workbook", "protected-workbook", "too-large", "doctype", "unreadable-file"
]
CellCode = Literal["doubled-cell", "unreadable-cell"]

_ROWS: Final = 1 << 20
_COLUMNS: Final = 1 << 14
"""Excel's own limits."""

_PLACES: Final = 1 << 25
"""The most places for cells, empty ones included: a few bytes far down and to the right could ask for billions."""

_PLACES_ANYWAY: Final = 1 << 20
_PLACES_PER_BYTE: Final = 16
"""How many places a file may ask for: a full sheet has one for three bytes or so."""

_CHARACTERS: Final = 8
"""How many characters count for another place: a text that stands once in the file may stand in every cell."""

_QUOTED: Final = 100
"""How many characters are kept of what an unclear cell says."""

_MERGE: Final = 1 << 6
"""How many places a merged range counts for, by the memory and the time that it takes."""


class Merge(NamedTuple):
    """A merged range of more than one cell. All count from 0; it may reach below `rows`, and beyond their ends."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


class CellFault(NamedTuple):
    """A cell that is not clear: it is there twice, or holds what is not of its kind. Both count from 0."""

    row: int
    column: int
    code: CellCode
    text: str


class Sheet(NamedTuple):
    """A sheet's texts from A1 on: `rows[0]` is row 1, `rows[0][0]` is A1. Empty cells at the end are left out."""

    name: str
    hidden: bool
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[Merge, ...]
    faults: tuple[CellFault, ...] = ()
    """The first cell of each row that is not clear."""


class Workbook(NamedTuple):
    """The sheets with cells, in their order, hidden ones too; chart sheets and the like are left out."""

    sheets: tuple[Sheet, ...]


class WorkbookFault(NamedTuple):
    """Why there is no workbook."""

    code: FaultCode
    reason: str | None = None


class RefusedError(Exception):
    """Stops the reading of a workbook that cannot, or shall not, be read."""

    def __init__(self, fault: WorkbookFault) -> None:
        super().__init__(fault)
        self.fault: Final = fault


class SheetsBuilder:
    """Puts sheets together: first the cells of a sheet, then its merged ranges, then its end.

    Raises RefusedError where these ask for more places than the `size` of the file, in bytes, may ask for.
    """

    def __init__(self, size: int) -> None:
        self._most = min(_PLACES, _PLACES_ANYWAY + _PLACES_PER_BYTE * size)
        self._faults: dict[int, CellFault] = {}
        self._sheets: list[Sheet] = []
        self._rows: list[list[str]] = []
        self._merged: list[Merge] = []
        self._places = 0

    def put(self, row: int, column: int, text: str) -> None:
        """Put a text into a cell. Row and column count from 0."""
        check_place(row, column)
        if not text:
            return
        if len(text) >= _CHARACTERS:
            self.take(len(text) // _CHARACTERS)
        if row >= len(self._rows):
            missing = row + 1 - len(self._rows)
            self.take(missing)
            self._rows.extend([] for _ in range(missing))
        cells = self._rows[row]
        if column >= len(cells):
            missing = column + 1 - len(cells)
            self.take(missing)
            cells.extend([""] * missing)
        cells[column] = text

    def fault(self, row: int, column: int, code: CellCode, text: str) -> None:
        """Note that a cell is not clear."""
        self._faults.setdefault(row, CellFault(row, column, code, text[:_QUOTED]))

    def merge(self, first_row: int, last_row: int, first_column: int, last_column: int) -> None:
        """Merge a range of cells: only its top left one is seen, even where others have a value."""
        check_place(first_row, first_column)
        check_place(last_row, last_column)
        seen = self._rows[first_row : last_row + 1]
        self.take(_MERGE + len(seen))
        for number, cells in enumerate(seen):
            hidden = range(first_column + (not number), min(last_column + 1, len(cells)))
            self.take(len(hidden))
            for column in hidden:
                cells[column] = ""
        merge = Merge(first_row, last_row, first_column, last_column)
        if first_row <= last_row and first_column <= last_column and merge[::2] != merge[1::2]:
            self._merged.append(merge)

    def end_sheet(self, name: str, *, hidden: bool) -> None:
        """Take what was put since the last end as a sheet."""
        for cells in self._rows:
            while cells and not cells[-1]:
                cells.pop()
        while self._rows and not self._rows[-1]:
            self._rows.pop()
        height, width = len(self._rows), max(map(len, self._rows), default=0)
        self.take(height * width)  # as a table, all rows are as wide
        for merge in self._merged:
            rows = min(merge.last_row + 1, height) - merge.first_row
            columns = min(merge.last_column + 1, width) - merge.first_column
            self.take(max(rows, 0) * max(columns, 0))
        texts = tuple(map(tuple, self._rows))
        self._sheets.append(Sheet(name, hidden, texts, tuple(self._merged), tuple(self._faults.values())))
        self._rows, self._merged, self._faults = [], [], {}

    def workbook(self) -> Workbook:
        """Return the sheets up to here."""
        return Workbook(tuple(self._sheets))

    def take(self, places: int) -> None:
        """Count places that are taken, or what takes as long."""
        self._places += places
        if self._places > self._most:
            raise RefusedError(WorkbookFault("too-large"))


def check_place(row: int, column: int) -> None:
    """Raise ValueError where no sheet has a cell."""
    if not (0 <= row < _ROWS and 0 <= column < _COLUMNS):
        message = f"no sheet has a cell in row {row + 1}, column {column + 1}"
        raise ValueError(message)


_XLSX: Final = b"PK\x03\x04"
_XLS: Final = b"\xd0\xcf\x11\xe0"
_LIMITS: Final = {_XLSX: 512 << 20, _XLS: 128 << 20}


def read_workbook(path: Path, style: Style = "") -> Workbook | WorkbookFault:
    """Read an .xlsx or .xls file: its first bytes say which it is, not its name. Whatever is in it, nothing is raised.

    Numbers are written with the mark of the `style`. The file is read into memory first, so that whatever goes wrong
    after that is wrong with the workbook.
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
            limit = _LIMITS.get(start, 0)
            if limit and path.stat().st_size > limit:
                return WorkbookFault("too-large")
            data = start + stream.read() if limit else b""
    except OSError as error:
        return WorkbookFault("unreadable-file", error.strerror or str(error))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl leaves out is nothing that we read
            return _read(data, style)
    except RefusedError as refused:
        return refused.fault
    except ImportError:
        return WorkbookFault("missing-extra", "kpicard[excel]")
    except Exception as error:  # noqa: BLE001 - damage makes the libraries raise almost anything: KeyError, zlib.error...
        return WorkbookFault("unreadable-workbook", printable(f"{type(error).__name__}: {error}".splitlines()[0]))


def _read(data: bytes, style: Style) -> Workbook | WorkbookFault:
    if data.startswith(_XLSX):
        from kpicard.actuals.files.ods import MIMETYPE, read_ods

        if MIMETYPE in data[:200]:
            return read_ods(data, style)
        with ZipFile(BytesIO(data)) as archive:
            if "[Content_Types].xml" not in archive.namelist():
                return WorkbookFault("archive", ", ".join(archive.namelist()[:3]))
        from kpicard.actuals.files.xlsx import read_xlsx

        return read_xlsx(data, style)
    if data.startswith(_XLS):
        from kpicard.actuals.files.xls import read_xls

        return read_xls(data, style)
    return WorkbookFault("unreadable-workbook")
