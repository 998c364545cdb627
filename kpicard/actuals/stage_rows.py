"""Fill a table of the engine with the cells of one table of a source, as texts, in its order."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import duckdb

from kpicard.actuals.files.records import Record, read_records
from kpicard.actuals.files.tables import Relation, Table
from kpicard.actuals.header_vocabulary import are_footer, is_sum
from kpicard.actuals.layout import Layout
from kpicard.actuals.number_forms import UNSURE
from kpicard.actuals.open_tables import Opened
from kpicard.engines.duckdb import Database, is_named_alike, quote
from kpicard.numbers import DECIMALS
from kpicard.problems import Problem
from kpicard.units import Style

if TYPE_CHECKING:
    from kpicard.actuals.files.workbook import CellFault

PLAIN_NUMBER: Final = r"[-+]?[0-9]{1,12}(\.[0-9]+)?"
"""What the engine reads by itself: RE2 and Python take the same texts."""

LONGEST: Final = 1_000_000
"""The most bytes that a record may have."""

BLANKS: Final = "' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(12288)"
"""The blanks around a text, as SQL: space, tab, line breaks, no-break space and full-width space.

`trim` by itself takes all kinds of spaces, three times as fast.
"""

# With an exponent of six the text is cast to whole millionths, rounded half away from zero, with no type between that
# could overflow.
_MILLIONTHS: Final = f"""
    CASE WHEN {{is_plain}} THEN TRY_CAST({{text}} || 'e{DECIMALS}' AS BIGINT) END AS m{{index}}"""

_LONGEST_COPIED: Final = 4 * LONGEST
"""The most bytes of a line in a regular copy, where each cell is quoted and its quotes are doubled."""

_KEPT: Final = 1000
"""How many characters of a cell are kept where the record is too long: who it is about still shows."""

_BREAK: Final = re.compile(r"\r\n?|\n")
_GLOB: Final = frozenset("*?[")


class Filled(NamedTuple):
    """A table that was filled: how many rows it has, and how many with a cell that is not empty.

    `columns` are those that have a heading or a value, from 0; `unread` are the headings of those that have values and
    may be a KPI's, but are not read; `has_tabs` says whether cells may have tabs or line breaks around them, beside
    spaces; `faulty` are the rows that are not as wide as the heading, or whose quotes are wrong, from 0.
    """

    rows: int
    rows_not_empty: int
    columns: tuple[int, ...]
    unread: tuple[str, ...]
    has_tabs: bool
    faulty: tuple[int, ...]
    problems: tuple[Problem, ...]


def fill_table(database: Database, raw: str, opened: Opened, copy: Path) -> Filled:
    """Create the table `raw` from what was opened; `copy` is where a regular copy may be written.

    Raises what DuckDB does where a relation cannot be read to its end.
    """
    problems: list[Problem] = []
    faulty: list[int] = []
    table, layout, heading = opened.table, opened.layout, opened.heading.record
    if table.relation:
        _read_relation(database, raw, table, table.relation, layout)
        has_tabs: bool | None = False
    else:
        has_tabs = _read_regular(database, raw, opened)
    if has_tabs is None:
        has_tabs = True
        problems, faulty = _write_copy(opened, copy)
        _read(database, raw, copy, opened, skip=0, longest=_LONGEST_COPIED)
    for fault in _unclear(table, layout, heading.line):
        problems.append(table.problem_of(fault))
        faulty.append(fault.row - heading.line)
    used = _not_empty(database, raw, layout.unnamed)
    unread = _not_empty(database, raw, tuple(layout.unclear))
    kept = tuple(sorted({*range(layout.width)} - {*layout.unnamed} | {*used}))
    rows, not_empty = _count(database, raw), _count_not_empty(database, raw, layout, kept)
    if not not_empty:
        problems.append(table.problem("no-rows", heading.place(0)))
    problems += [table.problem("unnamed-column", heading.place(index), {"number": index + 1}) for index in used]
    may_be = tuple(layout.unclear[index] for index in unread)
    return Filled(rows, not_empty, kept, may_be, has_tabs, tuple(faulty), tuple(problems))


def _unclear(table: Table, layout: Layout, heading: int) -> Iterator[CellFault]:
    """Yield the cells below the heading that are not clear; in a column that is not used, only doubled ones."""
    used = {index for column, index in layout.columns.items() if column != "note"}
    used |= {*layout.figures, *layout.unclear}
    yield from (
        fault
        for fault in table.faults
        if fault.row >= heading and (fault.code == "doubled-cell" or fault.column in used)
    )


def _read_relation(database: Database, raw: str, table: Table, relation: Relation, layout: Layout) -> None:
    """Take the rows as texts. Raises what DuckDB does where they cannot be read to the end."""
    texts = ", ".join(f"{text} AS c{index}" for index, text in enumerate(relation.texts_in(table.style)))
    numbers = _numbers(layout, table.style)
    database.execute(
        f"CREATE OR REPLACE TEMP TABLE {raw} AS SELECT *{numbers} FROM (SELECT {texts} FROM {relation.rows})"
    )


def _numbers(layout: Layout, style: Style) -> str:
    """Return the columns of those actuals that are plain numbers, in millionths."""
    pattern = PLAIN_NUMBER.replace(r"\.", ",") if style == "," else PLAIN_NUMBER
    found = ""
    for index in sorted(layout.actuals):
        cell = f"c{index}"
        is_plain = f"regexp_full_match({cell}, '{pattern}')"
        if style == "?":
            is_plain += f" AND NOT {UNSURE.format(cell)}"
        text = f"replace({cell}, ',', '.')" if style == "," else cell
        found += f", {_MILLIONTHS.format(is_plain=is_plain, text=text, index=index)}"
    return found


def anything(columns: Sequence[int]) -> str:
    """Return an expression of SQL that is NULL in a row whose cells are all empty."""
    cells = (f"NULLIF(trim(c{index}, {BLANKS}), '')" for index in columns)
    return f"COALESCE({', '.join(cells)})"


def _read_regular(database: Database, raw: str, opened: Opened) -> bool | None:
    """Let DuckDB read the file itself; return whether its cells have tabs, or None, and no table, if it is irregular.

    DuckDB skips the heading as one line, takes a path with wildcards for a pattern, and passes over an empty cell too
    many at a row's end and over quotes behind blanks: so separators are counted, and such quotes looked for.
    """
    table, heading, width = opened.table, opened.heading.record, opened.layout.width
    found, separator = table.inspection, table.separator
    if heading.line != 1 or heading.bad_quote is not None or set("\r\n") & set(heading.text):
        return None
    if separator not in found.counts or _GLOB & set(str(table.path)) or not is_named_alike(table.path):
        return None
    if not _read(database, raw, table.path, opened, skip=1, separator=separator):
        return None
    expected = heading.text.count(separator) + _count(database, raw) * (width - 1)
    inside = _inside(database, raw, width, separator) if found.has_quotes else _Inside(0, 0, found.has_tabs)
    if found.counts[separator] == expected + inside.separators and not inside.loose_quotes:
        return inside.has_tabs
    database.execute(f"DROP TABLE {raw}")
    return None


def _read(  # noqa: PLR0913, PLR0917 - what DuckDB is told of a file
    database: Database,
    raw: str,
    path: Path,
    opened: Opened,
    skip: int,
    longest: int = LONGEST,
    separator: str = ",",
) -> bool:
    """Create a table of texts from a file; return whether DuckDB found it regular."""
    columns = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(opened.layout.width))
    numbers = _numbers(opened.layout, opened.table.style)
    try:
        database.execute(
            f"""CREATE OR REPLACE TEMP TABLE {raw} AS SELECT *{numbers} FROM read_csv(
                ?, columns = {{{columns}}}, auto_detect = false, header = false, skip = {skip},
                delim = {quote(separator)}, quote = '"', escape = '"', strict_mode = true, compression = 'none',
                max_line_size = {longest})""",
            [str(path.absolute())],
        )
    except duckdb.InvalidInputException:
        return False
    return True


def _write_copy(opened: Opened, copy: Path) -> tuple[list[Problem], list[int]]:
    """Write the records behind the heading as a regular file; return the problems, and the rows that have one."""
    problems: list[Problem] = []
    faulty: list[int] = []

    def rows() -> Iterator[list[str]]:
        records = islice(read_records(opened.table), len(opened.heading.above) + 1, None)
        for row, record in enumerate(records):
            problem, cells = _regular(record, opened.layout.width, opened.table)
            if problem:
                problems.append(problem)
                faulty.append(row)
            yield cells

    with copy.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows())
    return problems, faulty


def _regular(record: Record, width: int, table: Table) -> tuple[Problem | None, list[str]]:
    """Return a record's cells, as many as the heading has, and what was wrong with them."""
    size = len(record.text.encode())
    # Line breaks inside a cell mean nothing here, and a regular file has one kind of them.
    cells = [_BREAK.sub("\n", cell if size <= LONGEST else cell[:_KEPT]) for cell in record.cells[:width]]
    cells += [""] * (width - len(cells))
    found = len(record.cells)
    problem = None
    if record.bad_quote is not None:
        problem = table.problem("bad-quote", record.place_of(record.bad_quote))
    elif size > LONGEST:
        problem = table.problem("too-long", record.place(0), {"limit": LONGEST})
    elif found != width and not _is_nobodys(record.cells):
        place = record.place(min(found, width))
        problem = table.problem("ragged-row", place, {"found": found, "expected": width})
    return problem, cells


def _is_nobodys(cells: Sequence[str]) -> bool:
    """Whether a record is a sum or a footer, which may have fewer cells than the heading."""
    filled = [cell for cell in cells if cell.strip()]
    return bool(filled) and (is_sum(filled[0]) or are_footer(filled))


def _count(database: Database, table: str, column: str = "*") -> int:
    ((count,),) = database.execute(f"SELECT COUNT({column}) FROM {table}").fetchall()
    return int(count)


def _have_values(database: Database, raw: str, columns: Sequence[int]) -> bool:
    """Whether any of the columns has a value."""
    cells = ", ".join(f"c{index}" for index in columns)
    return bool(columns) and _count(database, raw, f"NULLIF(trim(concat({cells})), '')") > 0


def _not_empty(database: Database, raw: str, columns: Sequence[int]) -> list[int]:
    """Return those of the columns that have a value; usually none has, which one look at all of them shows."""
    if not _have_values(database, raw, columns):
        return []
    counts = ", ".join(f"COUNT(NULLIF(trim(c{index}), ''))" for index in columns)
    (found,) = database.execute(f"SELECT {counts} FROM {raw}").fetchall()
    return [index for index, count in zip(columns, found, strict=True) if count]


def _count_not_empty(database: Database, table: str, layout: Layout, columns: Sequence[int]) -> int:
    """Return how many rows have a cell that is not empty: a look at the employee is enough for nearly all."""
    employee = f"c{layout.columns['employee']}"
    is_there = f"COALESCE({employee} >= '!', FALSE)"  # whatever does not begin with a blank
    query = f"SELECT COUNT(*) FILTER ({is_there}) FROM {table}"
    ((employees,),) = database.execute(query).fetchall()
    if employees == _count(database, table):
        return int(employees)
    return int(employees) + _count(database, f"{table} WHERE NOT {is_there}", anything(columns))


class _Inside(NamedTuple):
    """What is inside the cells: separators, cells that begin with blanks and a quote, tabs or line breaks."""

    separators: int
    loose_quotes: int
    has_tabs: bool


def _inside(database: Database, raw: str, width: int, separator: str) -> _Inside:
    """Look into the cells of a file that has quotes.

    DuckDB takes a quote behind blanks for a part of the text, unless there is just one blank.
    """
    cells = [f"c{index}" for index in range(width)]
    loose = " OR ".join(f"regexp_matches({cell}, '^[ \t]+\"')" for cell in cells)
    query = f"""
        SELECT
            COALESCE(SUM(strlen(text) - strlen(replace(text, {quote(separator)}, ''))), 0),
            COUNT(*) FILTER (contains(text, '"') AND ({loose})),
            COALESCE(BOOL_OR(contains(text, chr(9)) OR contains(text, chr(10)) OR contains(text, chr(13))), FALSE)
        FROM (SELECT *, concat({", ".join(cells)}) AS text FROM {raw})"""
    ((separators, quotes, has_tabs),) = database.execute(query).fetchall()
    return _Inside(int(separators), int(quotes), bool(has_tabs))
