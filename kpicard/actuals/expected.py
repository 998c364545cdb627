"""Cards whose rules are not the ones expected."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from kpicard.actuals.check import withhold
from kpicard.actuals.faults import Cell, Fault, table_of
from kpicard.actuals.load import LoadedTable
from kpicard.engine.database import Database
from kpicard.rules.numbered import Numbered


def other_rules(
    database: Database, tables: Sequence[LoadedTable], numbered: Numbered, expected: Collection[str]
) -> Iterator[Fault]:
    """Withhold the cards whose rules' fingerprint is not among the expected; yield the first row of each such role."""
    first = "SELECT role, MIN(row) AS row, ARG_MIN(period, row) FROM card GROUP BY role ORDER BY row"
    for role, row, period in database.execute(first).fetchall():
        edition = numbered.editions[role]
        if edition.fingerprint not in expected:
            withhold(database, f"SELECT card FROM card WHERE role = {role}")
            cell = Cell(row, table_of(tables, row).layout.columns["role"])
            values = {"role": edition.role.title, "period": period, "found": edition.fingerprint}
            yield Fault(cell, "other-rules", values)
