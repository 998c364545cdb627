"""Problems whose place is still a cell of the engine, and the way from there to a line and a column."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from kpicard.actuals.files.records import Place
from kpicard.actuals.load import LoadedTable
from kpicard.engines.duckdb import Database
from kpicard.messages import catalogue
from kpicard.problems import Problem, Value


class Cell(NamedTuple):
    """A cell by its row, counted through all files, and its column in the file, both from 0."""

    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell; `other` is a second cell, which the message names by its table and line."""

    cell: Cell
    code: str
    values: Mapping[str, Value] = field(default_factory=dict)
    other: Cell | None = None


MOST: Final = 10_000
"""The most problems of a kind that are listed one by one: of a month of millions of rows, all may be wrong alike."""


class First(NamedTuple):
    """The first rows that a query finds, and how many more there are."""

    rows: list[tuple[Any, ...]]
    more: int


def first_of(database: Database, query: str, order: str) -> First:
    """Return the first rows of a query in some order; only they become values of Python."""
    rows = database.execute(f"SELECT * FROM ({query}) ORDER BY {order} LIMIT {MOST + 1}").fetchall()
    if len(rows) <= MOST:
        return First(rows, 0)
    ((count,),) = database.execute(f"SELECT COUNT(*) FROM ({query})").fetchall()
    return First(rows[:MOST], int(count) - MOST)


def faults_of(database: Database, query: str, order: str, fault_of: Callable[..., Fault]) -> Iterator[Fault]:
    """Yield the fault that `fault_of` makes of each of the first rows of a query, and how many more there are."""
    first = first_of(database, query, order)
    faults = [fault_of(*row) for row in first.rows]
    yield from faults
    if first.more:
        yield more_like(faults[-1], first.more)


def more_like(fault: Fault, count: int) -> Fault:
    """Return the fault that says how many more there are of the kind of the last one that is listed."""
    return Fault(fault.cell, *more_of(fault.code, count))


def more_of(code: str, count: int) -> tuple[str, Mapping[str, Value]]:
    """Return the code and the values of what says how many more there are of a kind."""
    more = "more-like-these" if catalogue()[code].severity == "error" else "more-warnings"
    return more, {"count": count, "code": code}


def table_of(tables: Sequence[LoadedTable], row: int) -> LoadedTable:
    """Return the table that a row is from."""
    return tables[bisect_right(tables, row, key=lambda table: table.first) - 1]  # the last one: those before are empty


def place(faults: Sequence[Fault], tables: Sequence[LoadedTable]) -> list[Problem]:
    """Return the faults as problems with lines and columns. Each table with a fault is read through once for it.

    Where its file has changed since it was loaded, they are problems of the whole table.
    """
    wanted: dict[int, set[int]] = defaultdict(set)
    for fault in faults:
        for cell in filter(None, (fault.cell, fault.other)):
            wanted[cell.row].add(cell.column)
    places: dict[Cell, Place] = {}
    for table in tables:
        inside = {row: columns for row, columns in wanted.items() if table.first <= row < table.first + table.rows}
        for (row, column), found in (table.places(inside) if inside else {}).items():
            places[Cell(row, column)] = found
    return [_problem(fault, tables, places) for fault in faults]


def _problem(fault: Fault, tables: Sequence[LoadedTable], places: Mapping[Cell, Place]) -> Problem:
    def problem(cell: Cell, values: Mapping[str, Value]) -> Problem:
        table = table_of(tables, cell.row).table
        return table.problem(fault.code, places.get(cell, (None, None)), values)

    values = dict(fault.values)
    if fault.other:
        values["other"] = problem(fault.other, {}).place
    return problem(fault.cell, values)
