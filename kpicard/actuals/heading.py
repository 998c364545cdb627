"""Where a table's heading is, and by what its columns are separated: templates have titles and blank rows above it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from kpicard.actuals.known import KnownHeadings
from kpicard.sources.inspect import SEPARATORS
from kpicard.sources.records import Record, read_records
from kpicard.sources.table import Table

FURTHEST: Final = 20
"""How many records a heading may have above it."""

_FULL_WIDTH: Final = "，"


@dataclass(frozen=True)
class Heading:
    """The record that heads the columns. `above` are the records above it, `separator` is that of the rows below."""

    record: Record
    separator: str
    above: tuple[Record, ...]


def find_heading(table: Table, known: KnownHeadings) -> Heading:
    """Return the heading of a table that is not empty: the first record with the most words that head columns.

    Where several separators give equally many, the one is taken by which the row below is as wide. Without any
    known word it is the first record.
    """
    separators = (",",) if table.is_grid else (*SEPARATORS, _FULL_WIDTH)
    return max((_best(table.separated_by(separator), known) for separator in separators), key=_fitness)[2]


def _best(table: Table, known: KnownHeadings) -> tuple[int, bool, Heading]:
    """Return the first record with the most known words, how many these are, and whether the row below fits."""
    with closing(read_records(table)) as records:
        first = list(islice(records, FURTHEST + 2))
    headings = [each if table.is_grid else _split_full_width(each, known) for each in first[: FURTHEST + 1]]
    words = [sum(map(known.knows, heading.cells)) for heading in headings]
    index = words.index(max(words)) if max(words) > 1 else 0
    below = first[index + 1 : index + 2]
    fits = words[index] > 1 and all(len(each.cells) == len(headings[index].cells) for each in below)
    return words[index], fits, Heading(headings[index], table.separator, tuple(first[:index]))


def _fitness(found: tuple[int, bool, Heading]) -> tuple[int, bool]:
    words, fits, _ = found
    return (words if words > 1 else 0), fits


def _split_full_width(record: Record, known: KnownHeadings) -> Record:
    """Return a heading with its cells divided at full-width commas, as one types them among Chinese words."""
    cells: list[str] = []
    starts: list[int] = []
    for cell, start in zip(record.cells, record.starts, strict=True):
        parts = [cell] if known.knows(cell) else cell.split(_FULL_WIDTH)
        position = start
        for part in parts:
            cells.append(part)
            starts.append(position)
            position += len(part) + 1
    return replace(record, cells=tuple(cells), starts=tuple(starts))
