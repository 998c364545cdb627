"""Figures of KPIs that the role has only by other rules: no fault where two sets of rules are compared."""

from __future__ import annotations

from typing import Final

from kpicard.actuals.vocabulary import Names
from kpicard.engine.database import Database, create
from kpicard.rules.numbered import Numbered
from kpicard.rules.rules import Rules

_NOT_KNOWN: Final = """
SELECT DISTINCT c.role_text, c.kpi_text
FROM reading AS r JOIN cell AS c ON c.row = r.row AND c.col = r.col
WHERE r.role IS NOT NULL AND r.kpi IS NULL AND c.kpi_text IS NOT NULL"""

_TAKE_OUT: Final = """
DELETE FROM reading WHERE kpi IS NULL AND (row, col) IN (
    SELECT (c.row, c.col) FROM cell AS c JOIN known_elsewhere AS k ON k.role = c.role_text AND k.kpi = c.kpi_text
)"""


def pass_over(database: Database, other: Rules) -> None:
    """Take the figures out of `reading` that only the `other` rules know for their role."""
    numbered = Numbered(other)
    names = Names(numbered)
    found = database.execute(_NOT_KNOWN).fetchall()
    known = [(role, kpi) for role, kpi in found if _is_known(role, kpi, names, numbered)]
    if known:
        create(database, "known_elsewhere", {"role": "VARCHAR", "kpi": "VARCHAR"}, known)
        database.execute(_TAKE_OUT)


def _is_known(role: str, kpi: str, names: Names, numbered: Numbered) -> bool:
    numbers = (number for id_ in names.roles(role) for number in numbered.by_id.get(id_, ()))
    return any(names.kpis(number, kpi) for number in numbers)
