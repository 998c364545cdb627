"""Figures that are beyond what can be scored, which shows only in their attainment."""

from __future__ import annotations

from typing import Final

from kpicard.actuals.faults import Cell, Fault, faults_of
from kpicard.engine.database import Database
from kpicard.engine.run import take_out
from kpicard.numbers import from_millionths
from kpicard.rules.numbered import Numbered

FURTHEST: Final = 10**14
"""The furthest attainment either way, in hundredths of a percent: 10^12 percent."""

_BEYOND = f"""
SELECT card, kpi FROM scored
WHERE status = 'scored' AND (score IS NULL OR attainment NOT BETWEEN -{FURTHEST} AND {FURTHEST})
"""

_CELLS = f"""
SELECT r.row, r.col, r.kpi, r.actual
FROM ({_BEYOND}) AS b
JOIN reading AS r ON r.card = b.card AND r.kpi = b.kpi
WHERE r.status = 'scored'
"""


def out_of_range(database: Database, numbered: Numbered) -> list[Fault]:
    """Return the figures whose attainment is beyond the furthest, and take their cards out of the scores."""
    if not database.execute(f"{_BEYOND} LIMIT 1").fetchall():
        return []

    def fault(row: int, col: int, kpi: int, actual: int) -> Fault:
        values = {"value": from_millionths(actual), "kpi": numbered.items[kpi][2].name}
        return Fault(Cell(row, col), "out-of-range", values)

    faults = list(faults_of(database, _CELLS, "row, col", fault))
    take_out(database, _BEYOND)
    return faults
