"""Tables that can be read: their headers found and understood, and how each was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

from kpicard.actuals.files.prepare import prepare
from kpicard.actuals.files.sheets import fill_merged
from kpicard.actuals.files.tables import Source, Table
from kpicard.actuals.header import Heading, find_heading
from kpicard.actuals.header_vocabulary import ABOUT_PEOPLE, KnownHeadings, column_of, names_a_scale
from kpicard.actuals.layout import Layout, read_layout
from kpicard.problems import Problem

Headed: TypeAlias = tuple[Table, Heading]


def right_sheet(
    found: Sequence[Headed], several: str, other: str, known: KnownHeadings | None = None
) -> tuple[list[Headed], list[Problem]]:
    """Return the one table that is about people, or none and the problem `several` where more than one is.

    Where none is, the first that is not hidden is taken, to say what it lacks. Each table that is not taken and not
    hidden is the problem `other`.
    """
    about_people = [each for each in found if _is_about_people(each[1], known)]
    if len(about_people) > 1:
        names = tuple(table.sheet or "" for table, _ in about_people)
        return [], [Problem(found[0][0].name, None, None, several, {"sheets": names})]
    shown = [each for each in found if not each[0].is_hidden]
    right = (about_people or shown or found)[0]
    return [right], [table.problem(other) for table, _ in shown if table is not right[0]]


def _is_about_people(heading: Heading, known: KnownHeadings | None) -> bool:
    columns = {column_of(cell) for cell in heading.record.cells}
    has_role = "role" in columns or (
        known is not None and known.has_roster and ("kpi" in columns or any(map(known.kpi, heading.record.cells)))
    )
    return has_role and bool({"employee", "name"} & columns)


_LABELLED = frozenset(":：")
"""What stands in cells such as `部门：客服部`, of which a form may have a row above its heading."""

_OF_ALL_ROWS = frozenset(
    {"period", "employee", "role", "kpi", "target", "unit", *ABOUT_PEOPLE, "base", "days", "share"}
)
"""What a merged cell says of all the rows that it spans. A figure is that of one row."""


class Opened(NamedTuple):
    """A table that can be read, with its heading and what that says of the columns."""

    table: Table
    heading: Heading
    layout: Layout


def open_source(source: Source, known: KnownHeadings, copy: Path) -> tuple[list[Opened], list[Problem]]:
    """Return the tables of a file that can be read, and the problems; `copy` begins the names of copies."""
    tables, problems = prepare(source, copy)
    found = [(table, find_heading(table, known)) for table in tables]
    if len(found) > 1 and not source.sheets:
        found, wrong = right_sheet(found, "which-sheet", "sheet-not-used", known)
        problems += wrong
    opened, wrong = open_tables(found, known)
    return opened, [*problems, *wrong]


def open_tables(found: Iterable[tuple[Table, Heading]], known: KnownHeadings) -> tuple[list[Opened], list[Problem]]:
    """Return those of the tables that can be read by their headings, and the problems."""
    problems: list[Problem] = []
    opened: list[Opened] = []
    for table, heading in found:
        layout, wrong = read_layout(heading.record, table, known)
        unclear = [fault for fault in table.faults if fault.row < heading.record.line]
        problems += [*_above(table, heading), *wrong, *map(table.problem_of, unclear)]
        if layout and not any(fault.row == heading.record.line - 1 for fault in unclear):
            shared = {index for column, index in layout.columns.items() if column in _OF_ALL_ROWS}
            fill_merged(table, heading.record.line, shared, layout.figures, layout.columns)
            opened.append(Opened(table.separated_by(heading.separator), heading, layout))
    return opened, problems


def _above(table: Table, heading: Heading) -> Iterator[Problem]:
    """Yield the rows above the heading that are more than a title, and titles by which figures may be in thousands."""
    for record in heading.above:
        filled = [cell for cell in record.cells if cell.strip()]
        if len([cell for cell in filled if not _LABELLED & set(cell)]) > 1:
            yield table.problem("above-heading", record.place(0), {"text": record.text})
        elif names_a_scale(record.text):
            yield table.problem("scale-above", record.place(0), {"text": " ".join(filled)})
