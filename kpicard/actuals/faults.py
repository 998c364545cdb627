"""Faults: problems whose place is still a cell of the engine, and the way from there to a line and a column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kpicard.actuals.load import LoadedTable
from kpicard.problems import Problem
from kpicard.problems.problem import Value
from kpicard.sources.records import Place


@dataclass(frozen=True, slots=True)
class Cell:
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


def table_of(tables: Sequence[LoadedTable], row: int) -> LoadedTable:
    """Return the table that a row is from."""
    return next(table for table in tables if table.first <= row < table.first + table.rows)


def place(faults: Sequence[Fault], tables: Sequence[LoadedTable]) -> list[Problem]:
    """Return the faults as problems with lines and columns. Each table with a fault is read through once for it."""
    wanted: dict[int, set[int]] = defaultdict(set)
    for fault in faults:
        for cell in filter(None, (fault.cell, fault.other)):
            wanted[cell.row].add(cell.column)
    places: dict[Cell, tuple[LoadedTable, Place]] = {}
    for table in tables:
        inside = {row: columns for row, columns in wanted.items() if table.first <= row < table.first + table.rows}
        for (row, column), found in (table.places(inside) if inside else {}).items():
            places[Cell(row, column)] = table, found
    return [_problem(fault, places) for fault in faults]


def _problem(fault: Fault, places: Mapping[Cell, tuple[LoadedTable, Place]]) -> Problem:
    table, found = places[fault.cell]
    values = dict(fault.values)
    if fault.other:
        other, place_there = places[fault.other]
        values["other"] = other.table.problem(fault.code, place_there).place
    return table.table.problem(fault.code, found, values)
