"""The figures of the tidy table as values, each with its place; and as text in one order, to be frozen."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final, NamedTuple

from kpicard.actuals.tidy_file import COLUMNS
from kpicard.engines.duckdb import Database
from kpicard.engines.export import CSV, copy
from kpicard.problems import Problem


class FigureRow(NamedTuple):
    """A row of the tidy table: a figure by ids, exact, and the place where it stands."""

    period: str | None
    employee: str | None
    role: str | None
    kpi: str | None
    status: str
    actual: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    target: Decimal | None
    place: str


_FIGURES: Final = """
SELECT period, employee, role, kpi, status, actual, numerator, denominator, target, file, sheet, line, "column"
FROM tidy_row ORDER BY of_row, of_col, kpi
"""

# Without places: a row more would move all below it, and the same figures from other files would be others.
_PLACE: Final = ("file", "sheet", "line", "column")
_FROZEN: Final = f"SELECT {', '.join(name for name in COLUMNS if name not in _PLACE)} FROM tidy_row ORDER BY ALL"


def figures(database: Database) -> Iterator[FigureRow]:
    """Yield the rows, which must have been kept, in the order of the files."""
    for row in database.execute(_FIGURES).fetchall():
        file, sheet, line, column = row[9:]
        # In text a column of the tidy table counts cells, and that of a problem characters.
        place = Problem(file or "", line, column if sheet else None, "", sheet=sheet).place
        yield FigureRow._make((*row[:9], place))


def write_figures(database: Database, path: Path) -> None:
    """Write the rows as CSV without their places, sorted. Raises OSError where the path cannot be written."""
    copy(database, _FROZEN, path, CSV)


def read_figures(lines: Iterable[str], name: str) -> Iterator[FigureRow]:
    """Yield the rows of a file that `write_figures` wrote, and that is called `name`; those that are damaged are not.

    A damaged file is told by its hash.
    """
    reader = csv.DictReader(lines)
    for row in reader:
        try:
            numbers = (Decimal(row[column]) if row[column] else None for column in FigureRow._fields[5:9])
            actual, numerator, denominator, target = numbers
            period, employee, role, kpi = (row[column] or None for column in FigureRow._fields[:4])
            place = f"{name}:{reader.line_num}"
            values = (actual, numerator, denominator, target)
            yield FigureRow(period, employee, role, kpi, row["status"], *values, place)
        except (KeyError, InvalidOperation, TypeError):
            continue
