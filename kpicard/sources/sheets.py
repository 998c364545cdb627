"""The sheets of a workbook as tables of texts."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from kpicard.nearest import nearest
from kpicard.problems import Problem
from kpicard.sources.inspect import Inspection, inspect
from kpicard.sources.source import Source
from kpicard.sources.table import Table
from kpicard.workbooks import Sheet, WorkbookFault, read_workbook


def sheet_tables(source: Source, copy: Path) -> tuple[list[Table], list[Problem]]:
    """Return the sheets that are not empty, or the chosen ones, each copied as text. Raises OSError."""
    workbook = read_workbook(source.path)
    if isinstance(workbook, WorkbookFault):
        return [], [Problem(source.name, None, None, workbook.code, {"reason": workbook.reason})]
    names = tuple(sheet.name for sheet in workbook.sheets)
    problems = [
        Problem(
            source.name, None, None, "no-such-sheet", {"sheet": each, "nearest": nearest(each, names), "found": names}
        )
        for each in source.sheets
        if each not in names
    ]
    wanted = [sheet for sheet in workbook.sheets if any(sheet.rows) and sheet.name in (source.sheets or names)]
    if not wanted and not problems:
        problems.append(Problem(source.name, None, None, "empty-file"))
    return [_table(source, sheet, Path(f"{copy}_{number}.csv")) for number, sheet in enumerate(wanted)], problems


def fill_down(table: Table, columns: Sequence[int]) -> None:
    """Write the text of every merged cell of the columns into all rows that it spans. Raises OSError."""
    merges = [merge for merge in table.merges if merge.column in columns]
    if not merges:
        return
    with table.path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    for merge in merges:
        for row in rows[merge.first_row + 1 : merge.last_row + 1]:
            row[merge.column] = rows[merge.first_row][merge.column]
    _write(table.path, rows)


def _table(source: Source, sheet: Sheet, copy: Path) -> Table:
    """Return a sheet as a table: one line for each of its rows, so that a line's number is the row's."""
    width = max(map(len, sheet.rows))
    _write(copy, ((*row, *[""] * (width - len(row))) for row in sheet.rows))
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
    )


def _write(path: Path, rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="", errors="replace") as stream:
        csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
