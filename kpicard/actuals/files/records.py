"""A CSV file as records with places, and single lines of a large one."""

from __future__ import annotations

import re
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from kpicard.actuals.files.encodings import PIECE
from kpicard.actuals.files.tables import Relation, Table
from kpicard.engines.duckdb import connect

_PIECE: Final = 1 << 20


def pick_lines(path: Path, wanted: Collection[int], count: int, piece: int = _PIECE) -> dict[int, str] | None:
    """Return the wanted lines of a UTF-8 file by their numbers, from 1, or None if it has not just `count` lines.

    Lines end with LF or CR LF. Pieces of the file, of so many bytes, with no wanted line in them are only counted
    through, at the speed at which memory is read.
    """
    left = sorted(wanted, reverse=True)
    found: dict[int, bytes] = {}
    number, rest = 1, b""  # of the line that `rest` begins
    with path.open("rb") as stream:
        while chunk := stream.read(piece):
            ends = chunk.count(b"\n")
            if left and left[-1] < number + ends:
                lines = (rest + chunk).split(b"\n")
                while left and left[-1] < number + ends:
                    line = left.pop()
                    found[line] = lines[line - number]
                rest = lines[-1]
            elif ends:
                rest = chunk[chunk.rindex(b"\n") + 1 :]
            else:
                rest += chunk
            number += ends
    if rest:
        if left and left[-1] == number:
            found[left.pop()] = rest
        number += 1
    if number - 1 != count:
        return None
    return {each: line.decode("utf-8-sig" if each == 1 else "utf-8").rstrip("\r") for each, line in found.items()}


Place = tuple[int, int]
"""Line and column, from 1, in characters."""

_INSIDE: Final = re.compile(r'[^"]*(?:""[^"]*)*')
_BREAKS: Final = "\r\n"


class Record(NamedTuple):
    """One record: the line on which it begins, its text as written, its cells, and where each begins in the text."""

    line: int
    text: str
    cells: tuple[str, ...]
    starts: tuple[int, ...]
    bad_quote: int | None = None
    """Where in the text a quote is that is never closed, or closed before the cell ends."""
    is_grid: bool = False
    """Whether places count rows and columns: the record is one line, a row of a sheet."""

    def place(self, column: int) -> Place:
        """Return the place of a cell; beyond the last cell, that of the record's end."""
        if self.is_grid:
            return self.line, column + 1
        return self.place_of(self.starts[column] if column < len(self.starts) else len(self.text))

    def place_of(self, position: int) -> Place:
        """Return the place of a position in the record's text."""
        before = self.text[:position].replace("\r\n", "\n").replace("\r", "\n")
        breaks = before.count("\n")
        return self.line + breaks, len(before) - (before.rfind("\n") + 1) + 1


def read_records(table: Table) -> Generator[Record]:
    """Yield the records of a table. Lines of nothing but white space are no records.

    The file is read line by line: only a quoted cell that spans lines is held together.
    """
    if table.relation:
        yield record_of(table.relation)
        yield from _rows(table.relation)
        return
    shape = _Shape.of(table)
    with table.path.open(encoding="utf-8-sig", newline="") as stream:
        lines = _numbered(stream)
        for number, line in lines:
            if '"' in line:
                yield _quoted(number, line, lines, shape)
            elif line.strip() or table.separator in line:
                yield _simple(number, line.rstrip(_BREAKS), shape)


def _numbered(lines: Iterable[str]) -> Generator[tuple[int, str]]:
    yield from enumerate(lines, start=1)


def _rows(relation: Relation) -> Iterator[Record]:
    """Yield the rows of a file that the engine reads by itself."""
    with connect() as database:
        rows = database.execute(f"SELECT {', '.join(relation.texts)} FROM {relation.rows}").fetchall()
    for number, row in enumerate(rows, start=relation.first):
        cells = tuple(cell or "" for cell in row)
        yield Record(number, ",".join(cells), cells, (0,) * len(cells), is_grid=True)


def record_of(relation: Relation) -> Record:
    """Return the names of a relation's columns as the record that heads it."""
    return Record(1, ",".join(relation.names), relation.names, (0,) * len(relation.names), is_grid=True)


def places(
    table: Table, wanted: Mapping[int, set[int]], skip: int, rows: int | None = None
) -> dict[tuple[int, int], Place]:
    """Return the places of the wanted cells: columns by row; row 0 is the record behind the first `skip` ones.

    Where it is known that each of the table's `rows` is one line, the lines of the others need not be read.
    """
    if table.relation:
        first = table.relation.first
        return {(row, column): (row + first, column + 1) for row, columns in wanted.items() for column in columns}
    lines = rows and pick_lines(table.path, [row + skip + 1 for row in wanted], rows + skip)
    if lines:
        records = {row: _record(row + skip + 1, lines[row + skip + 1], _Shape.of(table)) for row in wanted}
        return {(row, column): records[row].place(column) for row, columns in wanted.items() for column in columns}
    found: dict[tuple[int, int], Place] = {}
    last = max(wanted, default=-1)
    for row, record in enumerate(read_records(table), start=-skip):
        if row > last:
            break
        for column in wanted.get(row, ()):
            found[row, column] = record.place(column)
    return found


def _record(number: int, line: str, shape: _Shape) -> Record:
    return _quoted(number, line, _numbered(()), shape) if '"' in line else _simple(number, line, shape)


class _Shape(NamedTuple):
    """What a table's separator makes of its lines."""

    separator: str
    is_grid: bool
    plain: re.Pattern[str]
    """What a cell without quotes is made of."""
    opening: re.Pattern[str]
    """A quote that opens a cell, and the blanks before it."""
    blanks: str

    @classmethod
    def of(cls, table: Table) -> _Shape:
        blanks = " \t".replace(table.separator, "")
        return cls(
            table.separator,
            table.is_grid,
            re.compile(rf"[^{table.separator}\r\n]*"),
            re.compile(f'[{blanks}]*"'),
            blanks,
        )


def _simple(line: int, text: str, shape: _Shape) -> Record:
    cells = tuple(text.split(shape.separator))
    starts, position = [], 0
    for cell in cells:
        starts.append(position)
        position += len(cell) + 1
    return Record(line, text, cells, tuple(starts), is_grid=shape.is_grid)


def _quoted(number: int, line: str, more: Generator[tuple[int, str]], shape: _Shape) -> Record:
    """Read a record that has quotes, and as many more lines as its quoted cells span.

    A cell that goes on for longer than any row may be is never closed: all behind it belongs to it, and is not read.
    """
    cells: list[str] = []
    starts: list[int] = []
    before = ""  # the record's lines above this one
    bad_quote: int | None = None
    position = 0
    while True:
        starts.append(len(before) + position)
        opening = shape.opening.match(line, position)
        if opening is None:
            plain = shape.plain.match(line, position)
            position = plain.end() if plain else position
            cells.append(line[starts[-1] - len(before) : position])
        else:
            value, position = "", opening.end()
            while True:
                inside = _INSIDE.match(line, position)
                position = inside.end() if inside else position
                value += inside[0] if inside else ""
                if position < len(line):
                    break
                before += line
                if len(before) > PIECE:
                    more.close()
                position, (_, line) = 0, next(more, (0, ""))
                if not line:
                    bad_quote = starts[-1] if bad_quote is None else bad_quote
                    break
            position += 1
            rest = shape.plain.match(line, position)
            after = rest[0] if rest else ""
            if after.strip(shape.blanks):
                bad_quote = starts[-1] if bad_quote is None else bad_quote
            position += len(after)
            cells.append(value.replace('""', '"') + after.strip(shape.blanks))
        if position >= len(line) or line[position] != shape.separator:
            text = (before + line).rstrip(_BREAKS)
            return Record(number, text, tuple(cells), tuple(starts), bad_quote, shape.is_grid)
        position += 1
