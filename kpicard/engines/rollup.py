"""Cards of longer periods that are made from totals, out of the engine: a row for each."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import duckdb

from kpicard.engines.cards import Tables
from kpicard.engines.duckdb import Database
from kpicard.engines.export import COEFFICIENT, CSV, PARQUET, copy

_CSV: Final = """
SELECT
    c.period, c.employee, CAST(c.id AS VARCHAR) AS role, m.months, CAST(g.total AS DECIMAL(16, 0)) * 0.01 AS total,
    CAST(g.grade AS VARCHAR) AS grade, g.coefficient
FROM rollup_mean AS g
JOIN rollup_card AS c ON c.card = g.card
JOIN (
    SELECT m.card, COUNT(t.total) AS months
    FROM rollup_month AS m JOIN graded AS t ON t.card = m.month_card
    GROUP BY m.card
) AS m ON m.card = g.card
ORDER BY g.card
"""


def write_totals_csv(database: Database, _: Tables, path: Path) -> None:
    """Write one row per card that is made from totals. Raises OSError where the path cannot be written."""
    copy(database, _CSV, path, CSV)


def write_totals_parquet(database: Database, _: Tables, path: Path) -> None:
    """Write the same as Parquet. Raises OSError where the path cannot be written."""
    copy(database, _typed(), path, PARQUET)


def totals_relation(database: Database, _: Tables) -> duckdb.DuckDBPyRelation:
    """Return one row per card that is made from totals."""
    return database.sql(_typed())


def _typed() -> str:
    return f"SELECT * REPLACE ({COEFFICIENT} AS coefficient) FROM ({_CSV})"
