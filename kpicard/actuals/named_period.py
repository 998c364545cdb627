"""Tables whose name speaks of another month than their rows: a copy of last month's, perhaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kpicard.actuals.faults import Cell, Fault
from kpicard.actuals.load import LoadedTable
from kpicard.engine.database import Database, quote

_OTHER: Final = """
SELECT MIN(r.row), ARG_MIN(p.period, r.row)
FROM reading AS r
JOIN known_period AS p ON p.number = r.period
WHERE r.row BETWEEN {first} AND {last}
HAVING NOT BOOL_OR(p.period = {named})"""


def other_periods(database: Database, tables: Sequence[LoadedTable]) -> Iterator[Fault]:
    """Yield the first row of each table none of whose rows is of the month that its file or sheet is named after."""
    for table in tables:
        named = table.table.period
        if named and "period" in table.layout.columns:
            query = _OTHER.format(first=table.first, last=table.first + table.rows - 1, named=quote(named))
            for row, period in database.execute(query).fetchall():
                values = {"named": named, "period": period}
                yield Fault(Cell(row, table.layout.columns["period"]), "other-period", values)
