"""Scorecards out of the engine as a whole: to CSV and Parquet files, or as a relation of DuckDB."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import duckdb

from kpicard.engine.database import Database, quote

# Whole millionths as a decimal without trailing zeros. The usual lengths are told apart, since trimming texts is slow.
_PLAIN: Final = """
CREATE OR REPLACE TEMP MACRO plain(v) AS CASE
    WHEN v % 1000000 = 0 THEN CAST(v // 1000000 AS VARCHAR)
    WHEN v % 100000 = 0 THEN CAST(CAST(v // 100000 AS DECIMAL(17, 0)) * 0.1 AS VARCHAR)
    WHEN v % 10000 = 0 THEN CAST(CAST(v // 10000 AS DECIMAL(16, 0)) * 0.01 AS VARCHAR)
    ELSE rtrim(CAST(CAST(v AS DECIMAL(19, 0)) * 0.000001 AS VARCHAR), '0')
END
"""

CSV: Final = "FORMAT csv, HEADER, COMPRESSION none"
PARQUET: Final = "FORMAT parquet"
COEFFICIENT: Final = "CAST(CAST(coefficient AS VARCHAR) AS DECIMAL(18, 6))"
"""A coefficient, which is a text of its own in the engine, as a number."""

_TEXT: Final = "plain({0})"
_DECIMAL: Final = "CAST(CAST({0} AS DECIMAL(18, 0)) * 0.000001 AS DECIMAL(18, 6))"

# Sorted while a row is still narrow, and written out above that; a KPI's weight and its own target are so once, not
# once for each row. An adjustment has points and no score. Cards of rules with vetoes have a column more: the best
# grade that the row's veto leaves.
_ROWS: Final = """
SELECT
    period, employee, role, kpi, weight, COALESCE({row_target}, own_target) AS target, {actual} AS actual,
    CAST(attainment AS DECIMAL(16, 0)) * 0.01 AS attainment, CAST(score AS DECIMAL(16, 0)) * 0.01 AS score,
    CAST(points AS DECIMAL(16, 0)) * 0.01 AS points,
    CAST(status AS VARCHAR) AS status, CAST(total AS DECIMAL(16, 0)) * 0.01 AS total,
    CAST(grade AS VARCHAR) AS grade, {coefficient} AS coefficient{veto}
FROM (
    SELECT
        c.period, c.employee, k.role_id AS role, k.id AS kpi, k.weight_out AS weight,
        CASE WHEN s.target IS NOT DISTINCT FROM k.target THEN k.target_out END AS own_target,
        CASE WHEN s.target IS DISTINCT FROM k.target THEN s.target END AS row_target,
        s.actual, s.attainment, s.points, {score} AS score, s.status, s.total, s.grade, s.coefficient{of_row}
    FROM scored AS s
    JOIN card AS c ON c.card = s.card
    JOIN (
        SELECT
            k.* EXCLUDE (id), CAST(k.id AS VARCHAR) AS id, CAST(r.id AS VARCHAR) AS role_id,
            {weight} AS weight_out, {own_target} AS target_out
        FROM kpi AS k JOIN role AS r ON r.role = k.role
    ) AS k ON k.kpi = s.kpi{vetoes}
    ORDER BY s.card, s.kpi
)
"""
_VETOES: Final = "\n    LEFT JOIN grade AS v ON v.scale = k.scale AND v.rank = s.veto"

# What the cards have beside weighted KPIs.
_BESIDE: Final = """
SELECT COUNT(veto_rank) > 0, COUNT(*) > COUNT(weight) FROM kpi WHERE role IN (SELECT DISTINCT role FROM card)
"""


def write_csv(database: Database, path: Path) -> None:
    """Write one row per card and KPI. Raises OSError where the path cannot be written."""
    copy(database, _rows(database, _TEXT, "coefficient"), path, CSV)


def write_parquet(database: Database, path: Path) -> None:
    """Write one row per card and KPI, its numbers as decimals. Raises OSError where the path cannot be written."""
    copy(database, _typed(database), path, PARQUET)


def relation(database: Database) -> duckdb.DuckDBPyRelation:
    """Return one row per card and KPI, its numbers as decimals."""
    return database.sql(_typed(database))


def _typed(database: Database) -> str:
    return _rows(database, _DECIMAL, COEFFICIENT)


def _rows(database: Database, number: str, coefficient: str) -> str:
    """Return the rows in SQL; `number` makes the text or the decimal of whole millionths."""
    database.execute(_PLAIN)
    ((vetoes, adjustments),) = database.execute(_BESIDE).fetchall()
    return _ROWS.format(
        row_target=number.format("row_target"),
        own_target=number.format("k.target"),
        weight=number.format("k.weight"),
        actual=number.format("actual"),
        coefficient=coefficient,
        score="CASE WHEN k.weight IS NOT NULL THEN s.score END" if adjustments else "s.score",
        veto=", veto" if vetoes else "",
        of_row=", CAST(v.grade AS VARCHAR) AS veto" if vetoes else "",
        vetoes=_VETOES if vetoes else "",
    )


def copy(database: Database, rows: str, path: Path, options: str) -> None:
    """Write rows of SQL to a file. Raises OSError where the path cannot be written."""
    try:
        database.execute(f"COPY ({rows}) TO {quote(str(path.absolute()))} ({options})")
    except duckdb.IOException as error:
        raise OSError(str(error)) from error
