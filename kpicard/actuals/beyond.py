"""Figures that are beyond what can be scored, which shows only in their attainment."""

from __future__ import annotations

from typing import Final

from kpicard.actuals.faults import Cell, Fault
from kpicard.engine.database import Database
from kpicard.engine.rules_tables import Numbered
from kpicard.numbers import from_millionths

FURTHEST: Final = 10**14
"""The furthest attainment either way, in hundredths of a percent: 10^12 percent."""

_BEYOND = f"""
SELECT r.row, r.col, s.kpi, s.actual, s.period, s.employee, s.role
FROM scored AS s
JOIN reading AS r ON r.period = s.period AND r.employee = s.employee AND r.role = s.role AND r.kpi = s.kpi
WHERE s.status = 'scored' AND r.status = 'scored' AND (s.score IS NULL OR ABS(s.attainment) > {FURTHEST})
"""


def out_of_range(database: Database, numbered: Numbered) -> list[Fault]:
    """Return the figures whose attainment is beyond the furthest, and take their cards out of `scored`."""
    found = database.execute(_BEYOND).fetchall()
    if found:
        cards = f"SELECT (period, employee, role) FROM ({_BEYOND})"
        database.execute(f"DELETE FROM scored WHERE (period, employee, role) IN ({cards})")
    return [
        Fault(Cell(row, col), "out-of-range", {"value": from_millionths(actual), "kpi": numbered.kpis[kpi][2].name})
        for row, col, kpi, actual, *_ in found
    ]
