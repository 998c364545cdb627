"""Load the cells of CSV files into the engine, as texts, each with the number of its row.

DuckDB reads regular files itself. What it refuses (ragged rows, mixed line ends, stray quotes) is first written out as
a regular copy, with what is wrong noted; both ways give the same rows in the same order.
"""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import duckdb

from kpicard.actuals.layout import Layout, read_layout
from kpicard.actuals.records import Record, places, read_records
from kpicard.actuals.source import Inspection, Source, inspect
from kpicard.engine.database import Database, quote
from kpicard.paths import path_kind
from kpicard.problems import Problem
from kpicard.rules.models import Rules

LONGEST: Final = 1_000_000
"""The most bytes that a record may have."""

BLANKS: Final = "' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(12288)"
"""The blanks around a text, as SQL: space, tab, line breaks, no-break space and full-width space.

`trim` by itself takes all kinds of spaces, three times as fast.
"""

_KEPT: Final = 1000
"""How many characters of a cell are kept where the record is too long: who it is about still shows."""

_BREAK: Final = re.compile(r"\r\n?|\n")
_GLOB: Final = frozenset("*?[")
_FIXED: Final = ("period", "employee", "role", "kpi", "actual", "target", "name", "team")


@dataclass(frozen=True)
class Loaded:
    """A file whose cells are in the engine: its rows are numbered from `first`, through all files."""

    source: Source
    layout: Layout
    table: str
    first: int
    rows: int
    faulty: frozenset[int]
    """The rows that are not as wide as the heading, or whose quotes are wrong."""
    has_blanks: bool
    """Whether there are rows whose cells are all empty."""
    has_tabs: bool
    """Whether cells may have tabs or line breaks around them, beside spaces."""

    def places(self, cells: dict[int, set[int]]) -> dict[tuple[int, int], tuple[int, int]]:
        """Return the line and column of cells, asked for as columns by row."""
        inside = {row - self.first: columns for row, columns in cells.items()}
        found = places(self.source.path, inside, skip=1)
        return {(row + self.first, column): place for (row, column), place in found.items()}


class LoadedAll(NamedTuple):
    """The files that could be read, and the problems of all."""

    files: tuple[Loaded, ...]
    problems: list[Problem]


def load_all(database: Database, sources: Sequence[Source], rules: Rules, folder: Path) -> LoadedAll:
    """Load every file that can be read; `folder` is for the regular copies of irregular files."""
    files: list[Loaded] = []
    problems: list[Problem] = []
    first = 0
    for number, source in enumerate(sources):
        file, wrong = _open(_settled(source, folder / f"copy_{number}.csv"), rules)
        problems += wrong
        if file:
            table = f"raw_{len(files)}"
            faulty, wrong = _fill(database, table, file, folder)
            problems += wrong
            rows, filled = _count(database, table), _filled(database, table, file.layout)
            if not filled:
                problems.append(Problem(source.name, *file.heading.place(0), "no-rows"))
            faulty_rows = frozenset(first + row for row in faulty)
            files.append(
                Loaded(
                    source=file.source,
                    layout=file.layout,
                    table=table,
                    first=first,
                    rows=rows,
                    faulty=faulty_rows,
                    has_blanks=filled < rows,
                    has_tabs=file.inspection.has_tabs or file.inspection.has_quotes,
                )
            )
            first += rows
    return LoadedAll(tuple(files), problems)


@dataclass(frozen=True)
class _File:
    """A file that can be read, with its first record and what that says of the columns."""

    source: Source
    inspection: Inspection
    heading: Record
    layout: Layout


def _settled(source: Source, copy: Path) -> Source:
    """Return a source that can be read more than once: a pipe is copied, since it gives its bytes only once."""
    if path_kind(source.path) != "file" or source.path.is_file():
        return source
    with source.path.open("rb") as pipe, copy.open("wb") as stream:
        shutil.copyfileobj(pipe, stream)
    return Source(copy, source.name)


def _open(source: Source, rules: Rules) -> tuple[_File | None, list[Problem]]:
    inspection = inspect(source)
    if inspection.problem:
        return None, [inspection.problem]
    with closing(read_records(source.path)) as records:
        heading = next(records)  # there is one: the file is not empty
    layout, problems = read_layout(heading, source.name, rules)
    return _File(source, inspection, heading, layout) if layout else None, problems


def _fill(database: Database, table: str, file: _File, folder: Path) -> tuple[list[int], list[Problem]]:
    """Create a file's table; return which of its rows are faulty, and the problems."""
    problems: list[Problem] = []
    faulty: list[int] = []
    width, name = file.layout.width, file.source.name
    if not _read_regular(database, table, file):
        copy = folder / f"{table}.csv"
        problems, faulty = _write_copy(file.source, file.layout, copy)
        _read(database, table, copy, width, skip=0)
    for index in file.layout.unnamed:
        if _count(database, table, f"c{index}"):
            problems.append(Problem(name, *file.heading.place(index), "unnamed-column", {"number": index + 1}))
    return faulty, problems


def _read_regular(database: Database, table: str, file: _File) -> bool:
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


def _count(database: Database, table: str, column: str = "*") -> int:
    ((count,),) = database.execute(f"SELECT COUNT({column}) FROM {table}").fetchall()
    return int(count)


def _filled(database: Database, table: str, layout: Layout) -> int:
    """Return how many rows have a cell that is not empty: a look at the employee is enough for nearly all."""
    employee = f"NULLIF(trim(c{layout.columns['employee']}), '')"
    rows, employees = _count(database, table), _count(database, table, employee)
    return rows if rows == employees else _count(database, table, _anything(layout))


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


def _read(database: Database, table: str, path: Path, width: int, skip: int) -> bool:
    """Create a table of texts from a file; return whether DuckDB found it regular."""
    columns = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(width))
    try:
        database.execute(
            f"""CREATE TEMP TABLE {table} AS SELECT * FROM read_csv(
                ?, columns = {{{columns}}}, auto_detect = false, header = false, skip = {skip}, delim = ',',
                quote = '"', escape = '"', strict_mode = true, compression = 'none',
                max_line_size = {LONGEST})""",
            [str(path.absolute())],
        )
    except duckdb.InvalidInputException:
        return False
    return True


def _write_copy(source: Source, layout: Layout, copy: Path) -> tuple[list[Problem], list[int]]:
    """Write the records behind the heading as a regular file; return the problems, and the rows that have one."""
    problems: list[Problem] = []
    faulty: list[int] = []

    def rows() -> Iterator[list[str]]:
        records = read_records(source.path)
        next(records)
        for row, record in enumerate(records):
            problem, cells = _regular(record, layout.width, source.name)
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


def _anything(layout: Layout) -> str:
    """Return an expression that is NULL in a row whose cells are all empty."""
    cells = (f"NULLIF(trim(c{index}), '')" for index in range(layout.width))
    return f"COALESCE({', '.join(cells)})"


def cells_sql(loaded: Loaded, default_period: str | None) -> str:
    """Return the SELECT of a file's cells, one per KPI: long and wide files come out alike.

    Columns: row, col (the column of the figure, from 0), period_text, employee, role_text, kpi_text, actual_text,
    target_text, name, team, is_presence. A wide row gives one cell per KPI column, and one more without a KPI, so that
    a row none of whose columns is for its role is still seen.
    """
    layout = loaded.layout
    column = {name: f"c{layout.columns[name]}" if name in layout.columns else "NULL" for name in _FIXED}
    if "period" not in layout.columns:
        period = loaded.source.period or default_period
        column["period"] = "NULL" if period is None else f"'{period}'"
    if layout.is_wide:
        indices = [*layout.kpis, layout.columns["role"]]
        column["kpi"] = f"unnest([{', '.join([*(quote(text) for text in layout.kpis.values()), 'NULL'])}])"
        column["actual"] = f"unnest([{', '.join([*(f'c{index}' for index in layout.kpis), 'NULL'])}])"
        col = f"unnest({indices})"
    else:
        col = str(layout.columns["actual"])
    return f"""
        SELECT
            rowid + {loaded.first} AS row, {col} AS col, CAST({column["period"]} AS VARCHAR) AS period_text,
            NULLIF(trim({column["employee"]}{f", {BLANKS}" if loaded.has_tabs else ""}), '') AS employee, {column["role"]} AS role_text,
            {column["kpi"]} AS kpi_text, {column["actual"]} AS actual_text,
            CAST({column["target"]} AS VARCHAR) AS target_text, CAST({column["name"]} AS VARCHAR) AS name,
            CAST({column["team"]} AS VARCHAR) AS team
        FROM {loaded.table}
        WHERE {_anything(layout)} IS NOT NULL OR {not loaded.has_blanks}"""
