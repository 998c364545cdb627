"""Where a table's header is, by what its columns are separated, and what they are taken for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Final, NamedTuple

from kpicard.actuals.files.encodings import SEPARATORS
from kpicard.actuals.files.records import Record, read_records, record_of
from kpicard.actuals.files.tables import Table
from kpicard.actuals.header_vocabulary import COLUMNS, WHO, KnownHeadings, KpiHeading, column_of, unmarked
from kpicard.text import fold

FURTHEST: Final = 20
"""How many records a heading may have above it."""

MOST_COLUMNS: Final = 5000
"""The most columns that a heading may have; a column for each KPI of every role makes far fewer."""

_FULL_WIDTH: Final = "，"


class Heading(NamedTuple):
    """The record that heads the columns. `above` are the records above it, `separator` is that of the rows below.

    Where two records head them together, as `above` a group of columns and below each of them, it has the words of
    both, and the upper one is the last `above` it.
    """

    record: Record
    separator: str
    above: tuple[Record, ...]
    has_two_rows: bool = False

    @property
    def titles(self) -> tuple[Record, ...]:
        """The records above the heading that are no part of it."""
        return self.above[:-1] if self.has_two_rows else self.above


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
    pairs = [_of_two_rows(upper, lower, known) for upper, lower in pairwise(headings)]
    together = [sum(map(known.knows, pair.cells)) if pair else 0 for pair in pairs]
    if most <= 1 and max(together, default=0) <= 1:  # a single word may stand in any row
        return 0, False, Heading(headings[0], table.separator, ())
    index = words.index(most)
    heading = Heading(headings[index], table.separator, tuple(first[:index]))
    if max(together, default=0) >= most + (not _is_of_parts(headings, together)):
        most = max(together)
        index = together.index(most) + 1
        pair = pairs[index - 1] or headings[index]
        heading = Heading(pair, table.separator, tuple(first[:index]), has_two_rows=True)
    fits = all(len(below.cells) == len(heading.record.cells) for below in first[index + 1 : index + 2])
    return most, fits, heading


def _is_of_parts(headings: Sequence[Record], together: Sequence[int]) -> bool:
    """Whether the lower of the two records that head most columns has words of columns alone, as 目标值 and 实际值."""
    lower = [cell for cell in headings[together.index(max(together)) + 1].cells if cell.strip()] if together else []
    return len(lower) > 1 and all(column_of(cell) in LONG_ONLY for cell in lower)


def _of_two_rows(upper: Record, lower: Record, known: KnownHeadings) -> Record | None:
    """Return the heading that two records are together: the lower cell, or the one above it where that is empty.

    Under a KPI that heads several columns, which only the first of them says, 实际值 is the KPI's.
    """
    if len(upper.cells) != len(lower.cells) or _is_too_wide(lower) or not any(map(known.knows, upper.cells)):
        return None
    cells: list[str] = []
    group = ""
    for above, cell in zip(upper.cells, lower.cells, strict=True):
        group = above.strip() or group
        is_part = column_of(cell) in LONG_ONLY and known.kpi(group) is not None
        own = group if column_of(cell) == "actual" else f"{group} {cell.strip()}"
        cells.append(own if is_part else cell if cell.strip() else above)
    return lower._replace(cells=tuple(cells))


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


LONG_ONLY = ("actual", "target", "numerator", "denominator", "unit", "weight")
"""What a wide table does not use: it would not say which KPI it is about."""

_PLACE = ("file", "sheet", "line", "column")
"""The columns of a tidy table that say where a row came from."""

_NEVER_PREFERRED = ("employee", "actual", "numerator", "denominator", "target", "note", "comment")
"""工号 beside 员工 may be the id, and the other the name, and of two columns each may have figures: that is for their
owner to say."""


@dataclass(frozen=True)
class Found:
    """The columns of a heading by kind: indices, with the text where it matters."""

    fixed: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    kpis: dict[int, KpiHeading] = field(default_factory=dict)
    unknown: dict[int, str] = field(default_factory=dict)
    unnamed: list[int] = field(default_factory=list)
    passed_over: dict[int, int] = field(default_factory=dict)
    """Columns that may mean what another one is headed by the very word for, and that one."""

    @property
    def is_wide(self) -> bool:
        """Whether there are columns per KPI, and none that names the KPI of a row."""
        return bool(self.kpis) and "kpi" not in self.fixed


def sort_columns(heading: Record, known: KnownHeadings) -> Found:
    """Return the columns of a heading by kind."""
    found = Found()
    for index, text in enumerate(cell.strip() for cell in heading.cells):
        column, kpi = column_of(text), known.kpi(text)
        if not text:
            found.unnamed.append(index)
        elif column:
            found.fixed[column].append(index)
        elif kpi:
            found.kpis[index] = kpi
        else:
            found.unknown[index] = text
    for column in found.fixed:
        if column not in _NEVER_PREFERRED:
            _prefer_own_word(found, column, heading)
    _sort_tidy_columns(found, heading)
    if "employee" not in found.fixed and "name" in found.fixed:
        found.fixed["employee"] = found.fixed.pop("name")  # the name is all that the table calls people by
    if "employee" not in found.fixed:
        for index in [index for index, text in found.unknown.items() if fold(unmarked(text)) in WHO]:
            found.fixed["employee"].append(index)
            del found.unknown[index]
    return found


def _sort_tidy_columns(found: Found, heading: Record) -> None:
    """Take the columns that only a tidy table has: in it a row's place is a remark; a wide one has no status."""
    if found.is_wide:
        found.unknown.update((index, heading.cells[index].strip()) for index in found.fixed.pop("status", ()))
    elif "status" in found.fixed and {*_PLACE} <= {*found.unknown.values()}:
        places = [index for index, text in found.unknown.items() if text in _PLACE]
        for index in places:
            del found.unknown[index]
        found.fixed["note"] += places


def _prefer_own_word(found: Found, column: str, heading: Record) -> None:
    """Where several columns may be the role, and one is headed by the very word for it, take that one."""
    indices = found.fixed[column]
    own = [index for index in indices if fold(heading.cells[index]) in map(fold, COLUMNS[column])]
    if len(own) == 1 < len(indices):
        found.passed_over.update((index, own[0]) for index in indices if index not in own)
        found.fixed[column] = own


def other_part(kpis: Mapping[int, KpiHeading], heading: KpiHeading) -> int | None:
    """Return the column of the other part of a ratio, by the same name."""
    return next(
        (
            index
            for index, each in kpis.items()
            if fold(each.kpi) == fold(heading.kpi) and each.part not in {"actual", heading.part}
        ),
        None,
    )
