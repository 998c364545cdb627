"""Where a table's heading is, and by what its columns are separated: templates have titles and blank rows above it."""

from __future__ import annotations

from contextlib import closing
from itertools import islice
from typing import Final, NamedTuple

from kpicard.actuals.known import KnownHeadings
from kpicard.sources.inspect import SEPARATORS
from kpicard.sources.records import Record, read_records, record_of
from kpicard.sources.table import Table

FURTHEST: Final = 20
"""How many records a heading may have above it."""

MOST_COLUMNS: Final = 5000
"""The most columns that a heading may have; a column for each KPI of every role makes far fewer."""

_FULL_WIDTH: Final = "，"


class Heading(NamedTuple):
    """The record that heads the columns. `above` are the records above it, `separator` is that of the rows below."""

    record: Record
    separator: str
    above: tuple[Record, ...]


def find_heading(table: Table, known: KnownHeadings) -> Heading:
    """Return the heading of a table that is not empty: the first record with the most words that head columns.

    Where several separators give equally many, the one is taken by which the row below is as wide. Without any
    known word it is the first record. The columns of a relation have names.
    """
    if table.relation:
        return Heading(record_of(table.relation), table.separator, ())
    there = [each for each in SEPARATORS if each == "," or table.inspection.counts.get(each, 1)]
    separators = [","] if table.is_grid else [*there, _FULL_WIDTH]
    found = [_best(table.separated_by(separator), known) for separator in separators]
    return max(found, key=lambda each: each[:2])[2]  # of equal ones, the first


def _best(table: Table, known: KnownHeadings) -> tuple[int, bool, Heading]:
    """Return how many words of the best heading are known, whether the row below it fits, and that heading."""
    with closing(read_records(table)) as records:
        first = list(islice(records, FURTHEST + 2))
    headings = [each if table.is_grid else _split_full_width(each, known) for each in first[: FURTHEST + 1]]
    words = [0 if _is_too_wide(heading) else sum(map(known.knows, heading.cells)) for heading in headings]
    most = max(words)
    if most <= 1:  # a single word may stand in any row
        return 0, False, Heading(headings[0], table.separator, ())
    index = words.index(most)
    fits = all(len(below.cells) == len(headings[index].cells) for below in first[index + 1 : index + 2])
    return most, fits, Heading(headings[index], table.separator, tuple(first[:index]))


def _is_too_wide(record: Record) -> bool:
    return len(record.cells) > MOST_COLUMNS


def _split_full_width(record: Record, known: KnownHeadings) -> Record:
    """Return a heading with its cells divided at full-width commas, as one types them among Chinese words."""
    if _is_too_wide(record):
        return record
    cells: list[str] = []
    starts: list[int] = []
    for cell, start in zip(record.cells, record.starts, strict=True):
        parts = cell.split(_FULL_WIDTH) if _FULL_WIDTH in cell and not known.knows(cell) else [cell]
        position = start
        for part in parts:
            cells.append(part)
            starts.append(position)
            position += len(part) + 1
    return record._replace(cells=tuple(cells), starts=tuple(starts))
