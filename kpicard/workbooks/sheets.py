"""A workbook as texts, and how it is put together: the same for both kinds of file."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

FaultCode = Literal["missing-extra", "unreadable-workbook", "protected-workbook", "too-large", "unreadable-file"]

_ROWS: Final = 1 << 20
_COLUMNS: Final = 1 << 14
"""Excel's own limits."""

_PLACES: Final = 1 << 25
"""The most places for cells, empty ones included: a few bytes far down and to the right could ask for billions."""

_MERGE: Final = 1 << 8
"""How many places a merged range counts for, by the memory and the time that it takes."""


class Merge(NamedTuple):
    """A merged range of more than one cell. All count from 0; it may reach below `rows`, and beyond their ends."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


class Sheet(NamedTuple):
    """A sheet's texts from A1 on: `rows[0]` is row 1, `rows[0][0]` is A1. Empty cells at the end are left out."""

    name: str
    hidden: bool
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[Merge, ...]


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
    """Puts sheets together: first the cells of a sheet, then its merged ranges, then its end."""

    def __init__(self) -> None:
        self._sheets: list[Sheet] = []
        self._rows: list[list[str]] = []
        self._merged: list[Merge] = []
        self._places = 0

    def put(self, row: int, column: int, text: str) -> None:
        """Put a text into a cell. Row and column count from 0."""
        check_place(row, column)
        if not text:
            return
        if row >= len(self._rows):
            missing = row + 1 - len(self._rows)
            self._take(missing)
            self._rows.extend([] for _ in range(missing))
        cells = self._rows[row]
        if column >= len(cells):
            missing = column + 1 - len(cells)
            self._take(missing)
            cells.extend([""] * missing)
        cells[column] = text

    def merge(self, first_row: int, last_row: int, first_column: int, last_column: int) -> None:
        """Merge a range of cells: only its top left one is seen, even where others have a value."""
        check_place(first_row, first_column)
        check_place(last_row, last_column)
        seen = self._rows[first_row : last_row + 1]
        self._take(_MERGE + len(seen))
        for number, cells in enumerate(seen):
            hidden = range(first_column + (not number), min(last_column + 1, len(cells)))
            self._take(len(hidden))
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
        self._take(len(self._rows) * max(map(len, self._rows), default=0))  # as a table, all rows are as wide
        self._sheets.append(Sheet(name, hidden, tuple(map(tuple, self._rows)), tuple(self._merged)))
        self._rows, self._merged = [], []

    def workbook(self) -> Workbook:
        """Return the sheets up to here."""
        return Workbook(tuple(self._sheets))

    def _take(self, places: int) -> None:
        self._places += places
        if self._places > _PLACES:
            raise RefusedError(WorkbookFault("too-large"))


def check_place(row: int, column: int) -> None:
    """Raise ValueError where no sheet has a cell."""
    if not (0 <= row < _ROWS and 0 <= column < _COLUMNS):
        message = f"no sheet has a cell in row {row + 1}, column {column + 1}"
        raise ValueError(message)
