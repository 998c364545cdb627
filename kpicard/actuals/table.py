"""Fill a table of the engine with the cells of one file, as texts, in the file's order.

DuckDB reads regular files itself. What it refuses (ragged rows, mixed line ends, stray quotes) is first written out as
a regular copy, with what is wrong noted; both ways give the same rows in the same order.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from kpicard.actuals.csv_file import CsvFile
from kpicard.actuals.layout import Layout
from kpicard.actuals.records import Record, read_records
from kpicard.engine.database import Database
from kpicard.problems import Problem

LONGEST: Final = 1_000_000
"""The most bytes that a record may have."""

BLANKS: Final = "' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(12288)"
"""The blanks around a text, as SQL: space, tab, line breaks, no-break space and full-width space.

`trim` by itself takes all kinds of spaces, three times as fast.
"""

_LONGEST_COPIED: Final = 4 * LONGEST
"""The most bytes of a line in a regular copy, where each cell is quoted and its quotes are doubled."""

_KEPT: Final = 1000
"""How many characters of a cell are kept where the record is too long: who it is about still shows."""

_BREAK: Final = re.compile(r"\r\n?|\n")
_GLOB: Final = frozenset("*?[")


@dataclass(frozen=True)
class Filled:
    """A table that was filled: how many rows it has, and how many with a cell that is not empty.

    `has_unnamed` says whether a column without a heading has values; `faulty` are the rows that are not as wide as the
    heading, or whose quotes are wrong, from 0.
    """

    rows: int
    rows_not_empty: int
    has_unnamed: bool
    faulty: tuple[int, ...]
    problems: tuple[Problem, ...]


def fill_table(database: Database, table: str, file: CsvFile, copy: Path) -> Filled:
    """Create a table from a file; `copy` is where a regular copy may be written."""
    problems: list[Problem] = []
    faulty: list[int] = []
    layout, heading, name = file.layout, file.heading, file.source.name
    if not _read_regular(database, table, file):
        problems, faulty = _write_copy(file, copy)
        _read(database, table, copy, layout.width, skip=0, longest=_LONGEST_COPIED)
    rows, not_empty = _count(database, table), _count_not_empty(database, table, layout)
    if not not_empty:
        problems.append(Problem(name, *heading.place(0), "no-rows"))
    for index in layout.unnamed:
        if _count(database, table, f"c{index}"):
            problems.append(Problem(name, *heading.place(index), "unnamed-column", {"number": index + 1}))
    has_unnamed = any(problem.code == "unnamed-column" for problem in problems)
    return Filled(rows, not_empty, has_unnamed, tuple(faulty), tuple(problems))


def anything(layout: Layout) -> str:
    """Return an expression of SQL that is NULL in a row whose cells are all empty."""
    cells = (f"NULLIF(trim(c{index}, {BLANKS}), '')" for index in range(layout.width))
    return f"COALESCE({', '.join(cells)})"


def _read_regular(database: Database, table: str, file: CsvFile) -> bool:
    """Let DuckDB read the file itself; return whether it is regular, and no table is left where it is not.

    DuckDB skips the heading as one line, takes a path with wildcards for a pattern, and passes over an empty cell too
    many at a row's end and over quotes behind blanks: so commas are counted, and such quotes looked for.
    """
    heading = file.heading
    if heading.line != 1 or heading.bad_quote is not None or set("\r\n") & set(heading.text):
        return False
    if _GLOB & set(str(file.source.path)) or not _read(database, table, file.source.path, file.layout.width, skip=1):
        return False
    separators = heading.text.count(",") + _count(database, table) * (file.layout.width - 1)
    inside, loose = _inside(database, table, file.layout.width) if file.inspection.has_quotes else (0, 0)
    if file.inspection.commas == separators + inside and not loose:
        return True
    database.execute(f"DROP TABLE {table}")
    return False


def _read(  # noqa: PLR0913, PLR0917 - what DuckDB is told of a file
    database: Database, table: str, path: Path, width: int, skip: int, longest: int = LONGEST
) -> bool:
    """Create a table of texts from a file; return whether DuckDB found it regular."""
    columns = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(width))
    try:
        database.execute(
            f"""CREATE TEMP TABLE {table} AS SELECT * FROM read_csv(
                ?, columns = {{{columns}}}, auto_detect = false, header = false, skip = {skip}, delim = ',',
                quote = '"', escape = '"', strict_mode = true, compression = 'none',
                max_line_size = {longest})""",
            [str(path.absolute())],
        )
    except duckdb.InvalidInputException:
        return False
    return True


def _write_copy(file: CsvFile, copy: Path) -> tuple[list[Problem], list[int]]:
    """Write the records behind the heading as a regular file; return the problems, and the rows that have one."""
    problems: list[Problem] = []
    faulty: list[int] = []

    def rows() -> Iterator[list[str]]:
        records = read_records(file.source.path)
        next(records)
        for row, record in enumerate(records):
            problem, cells = _regular(record, file.layout.width, file.source.name)
            if problem:
                problems.append(problem)
                faulty.append(row)
            yield cells

    with copy.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows())
    return problems, faulty


def _regular(record: Record, width: int, path: str) -> tuple[Problem | None, list[str]]:
    """Return a record's cells, as many as the heading has, and what was wrong with them."""
    size = len(record.text.encode())
    # Line breaks inside a cell mean nothing here, and a regular file has one kind of them.
    cells = [_BREAK.sub("\n", cell if size <= LONGEST else cell[:_KEPT]) for cell in record.cells[:width]]
    cells += [""] * (width - len(cells))
    problem = None
    if record.bad_quote is not None:
        problem = Problem(path, *record.place_of(record.bad_quote), "bad-quote")
    elif size > LONGEST:
        problem = Problem(path, *record.place(0), "too-long", {"limit": LONGEST})
    elif len(record.cells) < width:
        place = record.place(len(record.cells))
        problem = Problem(path, *place, "ragged-row", {"found": len(record.cells), "expected": width})
    elif len(record.cells) > width:
        place = record.place(width)
        problem = Problem(path, *place, "ragged-row", {"found": len(record.cells), "expected": width})
    return problem, cells


def _count(database: Database, table: str, column: str = "*") -> int:
    ((count,),) = database.execute(f"SELECT COUNT({column}) FROM {table}").fetchall()
    return int(count)


def _count_not_empty(database: Database, table: str, layout: Layout) -> int:
    """Return how many rows have a cell that is not empty: a look at the employee is enough for nearly all."""
    employee = f"NULLIF(trim(c{layout.columns['employee']}), '')"
    rows, employees = _count(database, table), _count(database, table, employee)
    return rows if rows == employees else _count(database, table, anything(layout))


def _inside(database: Database, table: str, width: int) -> tuple[int, int]:
    """Return how many commas the cells themselves have, and how many cells begin with blanks and a quote.

    DuckDB takes such a quote for a part of the text, unless there is just one blank.
    """
    cells = [f"c{index}" for index in range(width)]
    text = f"concat({', '.join(cells)})"
    loose = " OR ".join(f"regexp_matches({cell}, '^[ \t]+\"')" for cell in cells)
    query = f"""SELECT COALESCE(SUM(length({text}) - length(replace({text}, ',', ''))), 0), COUNT(*) FILTER ({loose})
        FROM {table}"""
    ((commas, quotes),) = database.execute(query).fetchall()
    return int(commas), int(quotes)
