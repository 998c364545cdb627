"""Cells that are not understood, said by the code that says it of files."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from kpicard.actuals.load import LoadedTable
from kpicard.actuals.readers import Vocabulary
from kpicard.actuals.unread_cells import Suspect, suspect_faults
from kpicard.problems import Problem
from kpicard.spark.inputs import Input
from kpicard.spark.places import Place, path_of, quoted

SUSPECTS: Final = """
SELECT
    src, file, ord, col,
    coalesce(card.period, period), coalesce(card.employee, employee), coalesce(card.role, role), kpi,
    said.ragged, said.broken, said.period_text, said.employee_text,
    said.role_text, said.kpi_text, said.actual_text, said.numerator_text, said.denominator_text, said.target_text,
    said.unit_text
FROM {reading}
WHERE fault
"""
"""The cells that are a fault."""


def suspect_problems(
    cells: Sequence[tuple[Any, ...]], inputs: Sequence[Input], vocabulary: Vocabulary
) -> Iterator[Problem]:
    """Yield what is wrong with cells that are not understood, which are rows of `SUSPECTS`."""
    numbers: dict[tuple[Any, ...], int] = {}
    places: dict[int, tuple[Any, ...]] = {}
    suspects: list[Suspect] = []
    tables: list[LoadedTable] = []
    in_order = sorted(cells, key=lambda cell: (cell[0], cell[1] or "", cell[2], cell[3]))
    for src, of_input in groupby(in_order, key=lambda cell: int(cell[0])):
        first = len(numbers)
        for cell in of_input:
            _, file, _, col, *understood, ragged, broken = cell[:10]
            if ragged is not None or broken is not None:
                yield _of_bad_row(inputs[src], path_of(inputs, src, file), ragged, broken)
                continue
            row = numbers.setdefault(cell[:3], len(numbers))
            places[row] = cell
            texts = [text or "" for text in cell[10:]]
            texts[3] = cell[13]  # a wide row's cell without a KPI only shows that the row is there
            suspects.append(Suspect(row, col, *understood, *texts))
        tables.append(_table(inputs[src], src, first, len(numbers) - first))
    said = {(each.row, each.col): each for each in suspects}
    for fault in suspect_faults(suspects, tables, vocabulary):
        cell = places[fault.cell.row]
        suspect = said.get((fault.cell.row, fault.cell.column))
        yield _place(inputs, cell, suspect).problem(fault.code, fault.values)


def _place(inputs: Sequence[Input], cell: tuple[Any, ...], suspect: Suspect | None) -> Place:
    """Return the row's place: in a wide table its figure is quoted only where that is what is wrong."""
    src, file = cell[:2]
    layout = inputs[src].layout
    period, employee, role, *figure = cell[10:]
    if layout.is_wide:
        figure = [suspect.kpi_text, suspect.actual_text] if suspect and suspect.kpi_text else []
    return quoted(path_of(inputs, src, file), (period, employee, role, *figure))


def _of_bad_row(of: Input, path: str, ragged: str | None, broken: str | None) -> Problem:
    if ragged is None:
        is_text = "\ufffd" in (broken or "")
        return Place(path, broken).problem("broken-text" if is_text else "bad-quote", {"value": broken})
    cells = next(csv.reader([ragged], delimiter=of.table.separator), [])
    return Place(path, ragged).problem("ragged-row", {"found": len(cells), "expected": of.width})


def _table(of: Input, src: int, first: int, rows: int) -> LoadedTable:
    """Return an input as the code for files knows tables: its rows are numbered from `first`."""
    return LoadedTable(
        table=of.table,
        layout=of.layout,
        raw=f"input_{src}",
        heading=1,
        above=0,
        first=first,
        rows=rows,
        rows_not_empty=rows,
        columns=(),
        faulty=frozenset(),
        has_tabs=False,
        unread=(),
        state=None,
    )
