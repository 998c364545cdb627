"""Counts of adjustments that are no counts: below 0 they would turn a deduction into a bonus."""

from __future__ import annotations

from typing import Final

from kpicard.actuals.check import withhold
from kpicard.actuals.faults import Cell, Fault, faults_of
from kpicard.engine.database import Database
from kpicard.numbers import from_millionths
from kpicard.rules.numbered import Numbered

_BELOW_0: Final = """
SELECT r.card, r.row, r.col, r.kpi, r.actual
FROM reading AS r
JOIN kpi AS k ON k.kpi = r.kpi AND k.weight IS NULL
WHERE r.card IS NOT NULL AND r.status = 'scored' AND r.actual < 0"""


def negative_counts(database: Database, numbered: Numbered) -> list[Fault]:
    """Return the counts below 0, and withhold their cards."""
    if not any(edition.adjustments for edition in numbered.editions):
        return []

    def fault(_: int, row: int, col: int, kpi: int, actual: int) -> Fault:
        values = {"value": from_millionths(actual), "item": numbered.items[kpi][2].name}
        return Fault(Cell(row, col), "negative-count", values)

    withhold(database, _BELOW_0)
    return list(faults_of(database, "FROM found", "row, col", fault))
