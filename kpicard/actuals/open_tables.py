"""Tables that can be read: their headers found and understood, and how each was read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

from kpicard.actuals.files.prepare import prepare
from kpicard.actuals.files.records import Place
from kpicard.actuals.files.tables import Source, Table
from kpicard.actuals.header import Heading, find_heading
from kpicard.actuals.header_vocabulary import OF_NO_FIGURE, KnownHeadings, column_of, names_a_scale
from kpicard.actuals.layout import Layout, read_layout
from kpicard.periods import periods_in, years_in
from kpicard.problems import Problem

Headed: TypeAlias = tuple[Table, Heading]


def right_sheet(
    found: Sequence[Headed], several: str, other: str, known: KnownHeadings | None = None
) -> tuple[list[Headed], list[Problem]]:
    """Return the one table that is about people, or none and the problem `several` where more than one is.

    Where none is, the first that is not hidden is taken, to say what it lacks. Each table that is not taken and not
    hidden is the problem `other`.
    """
    about_people = [each for each in found if _is_about_people(each[1], known, each[0].sheet)]
    if len(about_people) > 1:
        names = tuple(table.sheet or "" for table, _ in about_people)
        return [], [Problem(found[0][0].name, None, None, several, {"sheets": names})]
    shown = [each for each in found if not each[0].is_hidden]
    right = (about_people or shown or found)[0]
    return [right], [_not_used(each, other, known) for each in shown if each[0] is not right[0]]


def _not_used(headed: Headed, code: str, known: KnownHeadings | None) -> Problem:
    """Return the problem that a table is not used: without any word that heads a column it holds no figures."""
    table, heading = headed
    is_harmless = known is not None and not any(map(known.knows, heading.record.cells))
    return table.problem(code, values={"is_harmless": 1 if is_harmless else None})


def _is_about_people(heading: Heading, known: KnownHeadings | None, sheet: str | None) -> bool:
    columns = {column_of(cell) for cell in heading.record.cells}
    has_role = "role" in columns or (
        known is not None
        and (known.has_roster or known.role_of(sheet) is not None)
        and ("kpi" in columns or any(map(known.kpi, heading.record.cells)))
    )
    return has_role and bool({"employee", "name"} & columns)


_LABELLED = frozenset(":：")
"""What stands in cells such as `部门：客服部`, of which a form may have a row above its heading."""

_OF_ALL_ROWS = frozenset(
    {"period", "employee", "role", "kpi", "target", "unit", *OF_NO_FIGURE, "base", "days", "share"}
)
"""What a merged cell says of all the rows that it spans. A figure is that of one row."""


class Opened(NamedTuple):
    """A table that can be read, with its heading and what that says of the columns."""

    table: Table
    heading: Heading
    layout: Layout

    @property
    def years(self) -> set[int]:
        """The years that the names of file and sheet and the rows above the heading speak of."""
        names = (Path(self.table.name).stem, self.table.sheet or "", *(record.text for record in self.heading.titles))
        return {year for name in names for year in years_in(name) | {int(each[:4]) for each in periods_in(name)}}

    @property
    def title_period(self) -> str | None:
        """The period that the rows above the heading speak of, None where they name none, or several."""
        found = {period for record in self.heading.titles for cell in record.cells for period in periods_in(cell)}
        return found.pop() if len(found) == 1 else None

    @property
    def title_place(self) -> Place:
        """The place of the first row above the heading that names a period, else that of the heading."""
        named = (each for each in self.heading.titles if any(map(list, map(periods_in, each.cells))))
        return next(named, self.heading.record).place(0)


def _of_roles(found: Sequence[Headed], known: KnownHeadings) -> list[Headed]:
    """Return the tables without roles whose sheets are called by them, where there are several and no other has any."""
    people = [(each, {column_of(cell) for cell in each[1].record.cells}) for each in found]
    named = [each for each, columns in people if "role" not in columns and known.names_role(each[0].sheet)]
    others = [each for each, columns in people if "role" in columns]
    return (
        [] if len(named) < 2 or others else [each for each in named if _is_about_people(each[1], known, each[0].sheet)]
    )


def open_source(source: Source, known: KnownHeadings, copy: Path) -> tuple[list[Opened], list[Problem]]:
    """Return the tables of a file that can be read, and the problems; `copy` begins the names of copies."""
    tables, problems = prepare(source, copy)
    found = [(table, find_heading(table, known)) for table in tables]
    if len(found) > 1 and not source.sheets:
        of_roles = _of_roles(found, known)
        if of_roles:
            others = [each for each in found if not each[0].is_hidden and each not in of_roles]
            found, wrong = of_roles, [_not_used(each, "sheet-not-used", known) for each in others]
        else:
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
        problems += [*_above(table, heading, known), *wrong, *map(table.problem_of, unclear)]
        if layout and not any(fault.row == heading.record.line - 1 for fault in unclear):
            shared = {index for column, index in layout.columns.items() if column in _OF_ALL_ROWS}
            if table.merges:
                from kpicard.actuals.files.sheets import fill_merged

                fill_merged(table, heading.record.line, shared, layout.figures, layout.columns)
            opened.append(Opened(table.separated_by(heading.separator), heading, layout))
    return opened, problems


_FIGURE = re.compile(r"[-+(¥$€£]?[0-9][0-9.,]*[%)]?")


def _above(table: Table, heading: Heading, known: KnownHeadings) -> Iterator[Problem]:
    """Yield the rows above the heading that may hold figures, and titles by which figures may be in thousands."""
    for record in heading.titles:
        filled = [cell.strip() for cell in record.cells if cell.strip()]
        columns = {"kpi" if known.kpi(cell) else column_of(cell) for cell in filled} - {None}
        is_heading = len(columns) > 1 and bool(columns & {"employee", "role", "kpi"})
        texts = [cell for cell in filled if not _LABELLED & set(cell)]
        if len(texts) > 1 and (is_heading or any(map(_FIGURE.fullmatch, texts))):
            yield table.problem("above-heading", record.place(0), {"text": record.text})
        elif names_a_scale(record.text):
            yield table.problem("scale-above", record.place(0), {"text": " ".join(filled)})
