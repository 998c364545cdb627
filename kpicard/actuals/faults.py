"""Faults: problems whose place is still a cell of the engine, and the way from there to a line and a column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kpicard.actuals.load import LoadedFile
from kpicard.problems import Problem
from kpicard.problems.problem import Value


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell by its row, counted through all files, and its column in the file, both from 0."""

    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell; `other` is a second cell, which the message names by its file and line."""

    cell: Cell
    code: str
    values: Mapping[str, Value] = field(default_factory=dict)
    other: Cell | None = None


def file_of(files: Sequence[LoadedFile], row: int) -> LoadedFile:
    """Return the file that a row is from."""
    return next(file for file in files if file.first <= row < file.first + file.rows)


def place(faults: Sequence[Fault], files: Sequence[LoadedFile]) -> list[Problem]:
    """Return the faults as problems with lines and columns. Each file with a fault is read through once for it."""
    wanted: dict[int, set[int]] = defaultdict(set)
    for fault in faults:
        for cell in filter(None, (fault.cell, fault.other)):
            wanted[cell.row].add(cell.column)
    places: dict[Cell, tuple[str, int, int]] = {}
    for file in files:
        inside = {row: columns for row, columns in wanted.items() if file.first <= row < file.first + file.rows}
        for (row, column), (line, character) in (file.places(inside) if inside else {}).items():
            places[Cell(row, column)] = (file.source.name, line, character)
    return [_problem(fault, places) for fault in faults]


def _problem(fault: Fault, places: Mapping[Cell, tuple[str, int, int]]) -> Problem:
    values = dict(fault.values)
    if fault.other:
        path, line, _ = places[fault.other]
        values |= {"other_path": path, "other_line": line}
    return Problem(*places[fault.cell], fault.code, values)
