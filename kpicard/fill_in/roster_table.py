"""The table that a roster is in: its header found and understood, and of a workbook's sheets the right one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kpicard.actuals.files.prepare import prepare
from kpicard.actuals.files.sheets import fill_merged
from kpicard.actuals.files.tables import Source, Table
from kpicard.actuals.header import Heading, find_heading
from kpicard.actuals.header_vocabulary import COLUMNS, KnownHeadings, column_of
from kpicard.actuals.open_tables import right_sheet
from kpicard.problems import Problem, has_errors
from kpicard.text import nearest

_NEEDED: Final = ("employee", "role")
_IF_WANTED: Final = ("name", "team")
_PASSED_OVER: Final = ("note", "period")
_USED: Final = (*_NEEDED, *_IF_WANTED)


@dataclass(frozen=True)
class RosterTable:
    """A table with its heading, and its columns by what they mean, as indices from 0."""

    table: Table
    heading: Heading
    columns: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, table: Table, heading: Heading) -> RosterTable:
        """Understand the heading of a table."""
        columns: dict[str, list[int]] = defaultdict(list)
        for index, text in enumerate(heading.record.cells):
            columns[column_of(text.strip()) or ""].append(index)
        if "employee" not in columns and "name" in columns:
            columns["employee"] = columns.pop("name")  # the name is all that the table calls people by
        return cls(table.separated_by(heading.separator), heading, dict(columns))

    @property
    def missing(self) -> tuple[str, ...]:
        """The columns that it lacks."""
        return tuple(column for column in _NEEDED if column not in self.columns)

    @property
    def used(self) -> dict[str, int]:
        """The columns that people are read from; where two may be a name or a team, neither is one."""
        found = {column: self.columns[column] for column in _USED if column in self.columns}
        return {column: first for column, (first, *more) in found.items() if column in _NEEDED or not more}


def open_roster(source: Source, known: KnownHeadings, copy: Path) -> tuple[RosterTable | None, list[Problem]]:
    """Return the table of a roster, or None where it cannot be read; `copy` begins the names of copies."""
    tables, problems = prepare(source, copy)
    if not tables:
        return None, problems
    found, wrong = right_sheet(
        [(table, find_heading(table, known)) for table in tables], "which-roster", "no-roster-sheet"
    )
    problems += wrong
    if not found:
        return None, problems
    right = RosterTable.of(*found[0])
    problems += _faults(right)
    if has_errors(problems):
        return None, problems
    fill_merged(right.table, right.heading.record.line, set(right.used.values()), frozenset(), right.used)
    return right, problems


def _faults(roster: RosterTable) -> Iterator[Problem]:
    """Yield what is wrong with a heading."""
    table, record = roster.table, roster.heading.record
    texts = [cell.strip() for cell in record.cells]
    if record.bad_quote is not None:
        yield table.problem("bad-quote", record.place_of(record.bad_quote))
        return
    if roster.missing:
        missing = tuple(COLUMNS[column] for column in roster.missing)
        yield table.problem(
            "missing-roster-column", record.place(0), {"missing": missing, "found": tuple(filter(None, texts))}
        )
    for column in _USED:
        first, *more = roster.columns.get(column, [0])
        for index in more:
            code = "doubled-column" if column in _NEEDED else "unclear-column"
            meant = COLUMNS[column]
            yield table.problem(
                code, record.place(index), {"column": texts[index], "other": texts[first], "meaning": meant}
            )
    words = [word for column in (*_USED, *_PASSED_OVER) for word in COLUMNS[column]]
    for index, text in enumerate(texts):
        if text and column_of(text) not in {*_USED, *_PASSED_OVER}:
            yield table.problem(
                "unknown-column", record.place(index), {"column": text, "nearest": nearest(text, words)}
            )
