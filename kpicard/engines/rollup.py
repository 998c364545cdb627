"""Run what the engine does for longer periods; its tables are then those of the longer cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

import duckdb

from kpicard.engines.duckdb import Database, create, create_scored
from kpicard.engines.export import COEFFICIENT, CSV, PARQUET, copy

_OF_MONTHS: Final = ("card", "scored", "graded", "person", "ratio")
_OF_ACTUALS: Final = ("kpi", "segment")

_COUNTS: Final = """
UPDATE scored SET actual = a.actual FROM adjusted AS a WHERE a.card = scored.card AND a.kpi = scored.kpi
"""

_CSV: Final = """
SELECT
    c.period, c.employee, CAST(c.id AS VARCHAR) AS role, m.months, CAST(g.total AS DECIMAL(16, 0)) * 0.01 AS total,
    CAST(g.grade AS VARCHAR) AS grade, g.coefficient
FROM graded AS g
JOIN card AS c ON c.card = g.card
JOIN (
    SELECT m.card, COUNT(t.total) AS months
    FROM month AS m JOIN month_graded AS t ON t.card = m.month_card
    GROUP BY m.card
) AS m ON m.card = g.card
ORDER BY g.card
"""


def create_longer(database: Database, calendar: Mapping[str, str]) -> None:
    """Set the months' tables aside, as `month_card` and so on, and create `card` and `person` of the longer periods.

    `calendar` has the longer period of each month.
    """
    database.execute("DROP VIEW figure")
    _set_aside(database, _OF_MONTHS)
    create(database, "calendar", {"period": "VARCHAR", "longer": "VARCHAR"}, list(calendar.items()))
    _run(database, "longer")


def score_totals(database: Database) -> None:
    """Create `graded` from the mean of the months' totals; `scored` is empty, since the cards have no lines."""
    _run(database, "longer_totals")


def create_rollups(database: Database, rollups: Sequence[tuple[int, str]]) -> None:
    """Create `kpi_rollup`, with the rollups of those KPIs that say one, by number."""
    create(database, "kpi_rollup", {"kpi": "INTEGER", "rollup": "VARCHAR"}, rollups)


def create_rolled(database: Database) -> None:
    """Create `rolled` and `adjusted`, the figures of the longer periods."""
    _set_aside(database, _OF_ACTUALS)
    database.execute("CREATE TEMP TABLE IF NOT EXISTS ratio_factor (kpi INTEGER, factor INTEGER)")
    _run(database, "longer_actuals")


def score_actuals(database: Database) -> None:
    """Create `scored` and `graded` from `rolled` and `adjusted`, by the one SQL text that scores."""
    _run(database, "longer_score")
    create_scored(database)
    database.execute(_COUNTS)


def write_totals_csv(database: Database, path: Path) -> None:
    """Write one row per card that is made from totals. Raises OSError where the path cannot be written."""
    copy(database, _CSV, path, CSV)


def write_totals_parquet(database: Database, path: Path) -> None:
    """Write the same as Parquet. Raises OSError where the path cannot be written."""
    copy(database, _typed(), path, PARQUET)


def totals_relation(database: Database) -> duckdb.DuckDBPyRelation:
    """Return one row per card that is made from totals."""
    return database.sql(_typed())


def _typed() -> str:
    return f"SELECT * REPLACE ({COEFFICIENT} AS coefficient) FROM ({_CSV})"


def _set_aside(database: Database, tables: Sequence[str]) -> None:
    for table in tables:
        database.execute(f"ALTER TABLE {table} RENAME TO month_{table}")


def _run(database: Database, name: str) -> None:
    database.execute(files("kpicard.engines").joinpath(f"{name}.sql").read_text("utf-8"))
