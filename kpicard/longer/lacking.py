"""Months that a longer card lacks, and that may stand in what could not be read: no mean over fewer in silence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from kpicard.actuals.check import STRAY, withhold
from kpicard.actuals.faults import Cell, Fault, faults_of, table_of
from kpicard.actuals.load import LoadedTable
from kpicard.engine.database import Database
from kpicard.rules.numbered import Numbered

# One row per month that a card could have and has not; a month that is not wanted is not lacking.
_LACKING: Final = """
CREATE OR REPLACE TEMP TABLE lacking AS
SELECT c.card, c.period, c.employee, c.role, c.id, c.row, c.months, d.period AS month, d.wanted
FROM card AS c
JOIN (SELECT *, COUNT(*) OVER (PARTITION BY longer) AS wanted FROM calendar WHERE {wanted}) AS d ON d.longer = c.period
ANTI JOIN month AS m ON m.card = c.card AND m.period = d.period
WHERE c.card NOT IN (FROM withheld)
"""

# As for a figure that a month's card lacks: what is not understood of a row fits any. A row of the wrong width may
# hold any row of the months that there are.
_MISREAD: Final = f"""
SELECT l.card, l.period, l.employee, l.role, l.row, l.months, l.wanted, MIN(s.row) AS other
FROM lacking AS l
JOIN (
    SELECT DISTINCT r.row, r.period, r.employee, o.id
    FROM ({STRAY}) AS r LEFT JOIN role AS o ON o.role = r.role
    WHERE r.row NOT IN (FROM faulty_row)
    UNION ALL
    SELECT f.row, p.period, NULL, NULL FROM faulty_row AS f CROSS JOIN (SELECT DISTINCT period FROM month_card) AS p
) AS s
    ON COALESCE(s.period, l.month) = l.month AND COALESCE(s.employee, l.employee) = l.employee
    AND COALESCE(s.id, l.id) = l.id
GROUP BY ALL
"""

_UNREAD: Final = """
SELECT DISTINCT card, period, employee, role, row, months, wanted, NULL AS other FROM lacking
"""


def maybe_lacking(
    database: Database, tables: Sequence[LoadedTable], numbered: Numbered, periods: Collection[str], *, all_read: bool
) -> Iterator[Fault]:
    """Withhold the longer cards that lack a month which may be there, and yield why.

    `periods` are the months that were chosen, where any were; `all_read` is false where a file could not be read.
    """
    chosen = ", ".join(f"'{period}'" for period in sorted(periods))
    database.execute(_LACKING.format(wanted=f"period IN ({chosen})" if chosen else "TRUE"))
    code, select = ("month-maybe-misread", _MISREAD) if all_read else ("month-maybe-unread", _UNREAD)
    withhold(database, select)
    yield from faults_of(database, "FROM found", "row, card", lambda _, *row: _fault(code, row, tables, numbered))


def _fault(code: str, row: Sequence[Any], tables: Sequence[LoadedTable], numbered: Numbered) -> Fault:
    period, employee, role, first, months, wanted, other = row
    values = {
        "period": period,
        "employee": employee,
        "role": numbered.roles[role].title,
        "found": months,
        "wanted": wanted,
    }
    return Fault(employee_cell(tables, first), code, values, other=None if other is None else Cell(other, 0))


def employee_cell(tables: Sequence[LoadedTable], row: int) -> Cell:
    """Return the cell of a row that says whose it is."""
    return Cell(row, table_of(tables, row).layout.columns["employee"])
