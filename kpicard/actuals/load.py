"""Load the cells of actuals into the engine, as texts, each with the number of its row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import duckdb

from kpicard.actuals.files.inputs import Frame, is_anything_left, open_frame
from kpicard.actuals.files.prepare import ChangedError, State, state_of, steady
from kpicard.actuals.files.records import Place, places
from kpicard.actuals.files.tables import Source, Table
from kpicard.actuals.header import find_heading
from kpicard.actuals.header_vocabulary import KnownHeadings
from kpicard.actuals.layout import Layout
from kpicard.actuals.open_tables import Opened, open_source, open_tables
from kpicard.actuals.readers import STATUSES
from kpicard.actuals.stage_rows import fill_table
from kpicard.engines.duckdb import Database, quoted
from kpicard.problems import Problem, Value, unreadable
from kpicard.progress import Progress, Step, unseen
from kpicard.text import Both


class LoadedTable(NamedTuple):
    """A table whose cells are in the engine as `raw`: its rows are numbered from `first`, through all tables."""

    table: Table
    layout: Layout
    raw: str
    heading: int
    """The line of the heading."""
    above: int
    """How many records stand above the heading."""
    first: int
    rows: int
    rows_not_empty: int
    columns: tuple[int, ...]
    """The columns that have a heading or a value."""
    faulty: frozenset[int]
    """The rows that are not as wide as the heading, or whose quotes are wrong."""
    has_tabs: bool
    """Whether cells may have tabs or line breaks around them, beside spaces."""
    unread: tuple[str, ...]
    """The headings of the columns with values that are not read and may be a KPI's; an empty one may be any's."""
    state: State | None
    """The state in which the file was read."""
    title: tuple[str, Place] | None = None
    """The period that a row above the heading names, and that row's place."""
    years: frozenset[int] = frozenset()
    """The years that the names of file and sheet and the rows above the heading speak of."""

    def period(self, chosen: str | None) -> str | None:
        """Return the period of rows that say none: that of file and sheet, else the chosen one, or a title's."""
        return self.table.period or chosen or (self.title[0] if self.title else None)

    @property
    def has_blanks(self) -> bool:
        """Whether there are rows whose cells are all empty."""
        return self.rows_not_empty < self.rows

    def places(self, cells: dict[int, set[int]]) -> dict[tuple[int, int], tuple[int, int]]:
        """Return the line and column of cells, asked for as columns by row; none where the file has changed since."""
        inside = {row - self.first: columns for row, columns in cells.items()}
        # A regular table whose cells have no line breaks is one line for each row, if there are no empty lines.
        rows = None if self.has_tabs or self.faulty else self.rows
        try:
            with steady(self.table.path, self.state):
                found = places(self.table, inside, self.above + 1, rows)
        except OSError:
            return {}
        return {(row + self.first, column): place for (row, column), place in found.items()}


class Loaded(NamedTuple):
    """The tables that could be read, whether that is all that may hold figures, and the problems."""

    tables: tuple[LoadedTable, ...]
    all_read: bool
    problems: list[Problem]


def load_all(
    database: Database,
    sources: Sequence[Source | Frame],
    known: KnownHeadings,
    folder: Path,
    progress: Progress = unseen,
) -> Loaded:
    """Load every table that can be read; `folder` is for copies, which are read until all places are known."""
    tables: list[LoadedTable] = []
    problems: list[Problem] = []
    all_read = True
    for number, source in enumerate(sources):
        progress(Step("reading", source.name, number + 1, len(sources)))
        if isinstance(source, Frame):
            found = _load_frame(database, source, known, tables, folder)
        else:
            found = _load_file(database, source, known, tables, folder / f"source_{number}")
        tables += found.tables
        problems += [*found.inside, *found.left]
        all_read = all_read and not is_anything_left(found.left)
    return Loaded(tuple(tables), all_read, problems)


class _Read(NamedTuple):
    """The tables of a source, the problems inside them, and those for which something may be left unread."""

    tables: list[LoadedTable]
    inside: list[Problem]
    left: list[Problem]


def _load_frame(
    database: Database, frame: Frame, known: KnownHeadings, before: Sequence[LoadedTable], folder: Path
) -> _Read:
    """Load a frame's rows. Raises TypeError where the engine cannot read what is in it."""
    try:
        table = open_frame(database, frame, f"frame_{len(before)}")
        opened, wrong = open_tables([(table, find_heading(table, known))], known)
        return _load_tables(database, opened, wrong, before, folder, is_damage_told=False)
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        message = f"{frame.name} cannot be read: {str(error).splitlines()[0]}"
        raise TypeError(message) from error


def _load_file(
    database: Database, source: Source, known: KnownHeadings, before: Sequence[LoadedTable], copy: Path
) -> _Read:
    """Load the tables of a file; none of a file that changes meanwhile, or is gone."""
    try:
        with steady(source.path, state_of(source.path)):
            opened, wrong = open_source(source, known, copy)
            return _load_tables(database, opened, wrong, before, copy.parent, is_damage_told=True)
    except ChangedError:
        return _Read([], [], [Problem(source.name, None, None, "changed-while-read")])
    except OSError as error:
        return _Read([], [], [unreadable(source.name, error)])


def _load_tables(  # noqa: PLR0913 - where from, where to, and what is said
    database: Database,
    opened: Sequence[Opened],
    wrong: Sequence[Problem],
    before: Sequence[LoadedTable],
    folder: Path,
    *,
    is_damage_told: bool,
) -> _Read:
    """Load tables that were opened; their rows are numbered on from those of the tables `before`."""
    read = _Read([], [], [*wrong])
    for each in opened:
        last = read.tables[-1:] or before[-1:]
        first = last[0].first + last[0].rows if last else 0
        try:
            loaded, found = _load(database, each, len(before) + len(read.tables), first, folder)
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error:
            if each.table.relation is None or not is_damage_told:
                raise
            read.left.append(each.table.problem("unreadable-parquet"))  # damaged behind its columns' names
            continue
        read.inside.extend(found)
        read.tables.append(loaded)
    return read


def _load(
    database: Database, opened: Opened, number: int, first: int, folder: Path
) -> tuple[LoadedTable, tuple[Problem, ...]]:
    raw = f"raw_{number}"
    filled = fill_table(database, raw, opened, folder / f"{raw}.csv")
    layout, other = _with_own_status(database, raw, opened)
    return LoadedTable(
        table=opened.table,
        layout=layout,
        raw=raw,
        heading=opened.heading.record.line,
        above=len(opened.heading.above),
        first=first,
        rows=filled.rows,
        rows_not_empty=filled.rows_not_empty,
        columns=filled.columns,
        faulty=frozenset(first + row for row in filled.faulty),
        has_tabs=filled.has_tabs,
        unread=filled.unread,
        state=state_of(opened.table.path),
        title=None if opened.title_period is None else (opened.title_period, opened.title_place),
        years=frozenset(opened.years),
    ), (*filled.problems, *other)


def _with_own_status(database: Database, raw: str, opened: Opened) -> tuple[Layout, list[Problem]]:
    """Return the layout; without a column `status` that says other things than a tidy table does, which is not used."""
    layout, heading = opened.layout, opened.heading.record
    index = layout.columns.get("status")
    if index is None:
        return layout, []
    others = f"FROM {raw} WHERE COALESCE(lower(trim(c{index})), '') NOT IN ('', {quoted(sorted(STATUSES))}) LIMIT 1"
    if not database.execute(others).fetchall():
        return layout, []
    columns = {column: number for column, number in layout.columns.items() if column != "status"}
    values: dict[str, Value] = {"column": heading.cells[index].strip(), "nearest": None, "broken": None}
    return layout._replace(columns=columns), [opened.table.problem("unknown-column", heading.place(index), values)]


_SEPARATORS = {
    ",": Both("commas", "逗号"),
    "\t": Both("tabs", "制表符"),
    ";": Both("semicolons", "分号"),
    "，": Both("full-width commas", "全角逗号"),
}


@dataclass(frozen=True, slots=True)
class TableRead:
    """One table of actuals as it was read.

    `path` is as the user gave it, `encoding` one of text, `Excel` or `Parquet`; `separator` is None where there is
    none; `heading` is the line or row of the heading; `period` the one that the names of file and sheet say.
    """

    path: str
    sheet: str | None
    encoding: str
    separator: Both | None
    heading: int
    is_wide: bool
    rows: int
    period: str | None


def account(table: LoadedTable) -> TableRead:
    """Return how a table was read."""
    source = table.table
    return TableRead(
        path=source.name,
        sheet=source.sheet,
        encoding=source.encoding,
        separator=None if source.is_grid else _SEPARATORS[source.separator],
        heading=table.heading,
        is_wide=table.layout.is_wide,
        rows=table.rows_not_empty,
        period=None if "period" in table.layout.columns else table.period(None),
    )
