"""Of a workbook's sheets the one that is about people: actuals and rosters both say employee and role."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from kpicard.actuals.heading import Heading
from kpicard.headings import column_of
from kpicard.problems import Problem
from kpicard.sources.table import Table

Headed: TypeAlias = tuple[Table, Heading]


def right_sheet(found: Sequence[Headed], several: str, other: str) -> tuple[list[Headed], list[Problem]]:
    """Return the one table that is about people, or none and the problem `several` where more than one is.

    Where none is, the first that is not hidden is taken, to say what it lacks. Each table that is not taken and not
    hidden is the problem `other`.
    """
    about_people = [each for each in found if _is_about_people(each[1])]
    if len(about_people) > 1:
        names = tuple(table.sheet or "" for table, _ in about_people)
        return [], [Problem(found[0][0].name, None, None, several, {"sheets": names})]
    shown = [each for each in found if not each[0].is_hidden]
    right = (about_people or shown or found)[0]
    return [right], [table.problem(other) for table, _ in shown if table is not right[0]]


def _is_about_people(heading: Heading) -> bool:
    columns = {column_of(cell) for cell in heading.record.cells}
    return "role" in columns and bool({"employee", "name"} & columns)
