"""The sheets of a workbook as tables of texts."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from kpicard.actuals.files.encodings import Inspection, inspect
from kpicard.actuals.files.tables import MERGED, Source, Table
from kpicard.actuals.files.workbook import Merge, Sheet, WorkbookFault, read_workbook
from kpicard.problems import Problem
from kpicard.text import nearest


def sheet_tables(source: Source, copy: Path) -> tuple[list[Table], list[Problem]]:
    """Return the sheets that are not empty, or the chosen ones, each copied as text. Raises OSError."""
    workbook = read_workbook(source.path, source.style)
    if isinstance(workbook, WorkbookFault):
        code = "large-workbook" if workbook.code == "too-large" else workbook.code
        return [], [Problem(source.name, None, None, code, {"reason": workbook.reason})]
    names = tuple(sheet.name for sheet in workbook.sheets)
    problems = [
        Problem(
            source.name, None, None, "no-such-sheet", {"sheet": each, "nearest": nearest(each, names), "found": names}
        )
        for each in source.sheets
        if each not in names
    ]
    wanted = [
        sheet for sheet in workbook.sheets if any(map(_width, sheet.rows)) and sheet.name in (source.sheets or names)
    ]
    if not wanted and not problems:
        problems.append(Problem(source.name, None, None, "empty-file"))
    return [_table(source, sheet, Path(f"{copy}_{number}.csv")) for number, sheet in enumerate(wanted)], problems


def fill_merged(
    table: Table, heading: int, shared: Collection[int], figures: Collection[int], columns: Mapping[str, int]
) -> None:
    """Fill the cells below the heading's line that a merged cell spans. Raises OSError.

    In `shared` columns its text counts for all of its rows, a target for those of the same KPI; in columns of figures
    it cannot. `columns` are those of the table by their words. Rows without anything stay empty.
    """
    merges = [merge for merge in table.merges if merge.last_row >= heading]
    if not merges:
        return
    with table.path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    used = [any(cell.strip() for cell in row) for row in rows]
    for merge in sorted(
        merges, key=lambda merge: merge.first_column == columns.get("target")
    ):  # when the KPIs are there
        first = rows[merge.first_row]
        text = first[merge.first_column] if merge.first_column < len(first) else ""
        for number in range(max(merge.first_row, heading), min(merge.last_row + 1, len(rows))):
            row = rows[number]
            for column in range(merge.first_column, min(merge.last_column + 1, len(row))) if used[number] else ():
                if column in figures and text.strip() and (number, column) not in _kept(merge):
                    row[column] = MERGED
                elif column in shared and column == merge.first_column:
                    row[column] = text if _is_of_one_kpi(column, row, first, columns) else MERGED
    _write(table.path, rows)


def _kept(merge: Merge) -> frozenset[tuple[int, int]]:
    """Return the place where a merged figure counts: its own, if it is that of one row."""
    return frozenset({(merge.first_row, merge.first_column)} if merge.first_row == merge.last_row else ())


def _is_of_one_kpi(column: int, row: Sequence[str], first: Sequence[str], columns: Mapping[str, int]) -> bool:
    """Whether a row may share the text of a merged cell: a target is that of one KPI."""
    kpi = columns.get("kpi")
    return column != columns.get("target") or kpi is None or row[kpi] == first[kpi]


def _table(source: Source, sheet: Sheet, copy: Path) -> Table:
    """Return a sheet as a table: one line for each of its rows, so that a line's number is the row's."""
    width = max(map(_width, sheet.rows))
    _write(copy, ((*row[:width], *[""] * (width - len(row))) for row in sheet.rows))
    found = inspect(copy)
    return Table(
        copy,
        source.name,
        found if isinstance(found, Inspection) else Inspection(),  # it is UTF-8: we wrote it
        "Excel",
        is_grid=True,
        sheet=sheet.name,
        is_hidden=sheet.hidden,
        merges=sheet.merged,
        faults=sheet.faults,
        said_style=source.style,
    )


def _width(row: Sequence[str]) -> int:
    """Return how many cells a row has up to the last that is more than blanks."""
    return next((index + 1 for index in reversed(range(len(row))) if row[index].strip()), 0)


def _write(path: Path, rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="", errors="replace") as stream:
        csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
