"""What somebody who knows DuckDB would write: one query, no checks, binary floating point.

    python -m tests.bench.peers.duckdb_bare ACTUALS.csv OUT.csv rows|totals

Of the forms that were tried this is the fastest: the others had a window for the totals, lists of rows, ENUM types, or
sorted whole rows.
"""

from __future__ import annotations

import sys

import duckdb

from tests.bench.peers.duckdb_sql import ATTAINMENT, KPI_TABLE, OF_NUMBER, OF_TOTAL, SCORE, read_csv

_FIGURES = f"""
    SELECT period, employee, role, number, a, attainment, score, weight * score / 100 AS points
    FROM (
        SELECT *, round({SCORE}, 2) AS score
        FROM (
            SELECT period, employee, role, number, weight, actual AS a, {ATTAINMENT} AS attainment
            FROM {read_csv("DOUBLE")} JOIN {KPI_TABLE} USING (role, kpi)
        )
    )"""
_TOTALS = f"""
    SELECT *, {OF_TOTAL}
    FROM (SELECT period, employee, role, round(sum(points), 2) AS total FROM ({_FIGURES}) GROUP BY ALL)
    ORDER BY period, role, employee"""
_ROWS = f"""
    WITH figure AS MATERIALIZED ({_FIGURES}),
    card AS (SELECT period, employee, role, round(sum(points), 2) AS total FROM figure GROUP BY ALL)
    SELECT period, employee, role, {OF_NUMBER.format(effective="weight")}, a AS actual, attainment, score, points,
        'scored' AS status, total, {OF_TOTAL}
    FROM (
        SELECT figure.*, total FROM figure JOIN card USING (period, employee, role)
        ORDER BY period, role, employee, number
    )"""


def main(actuals: str, out: str, shape: str) -> None:
    """Read, score and write."""
    query = {"rows": _ROWS, "totals": _TOTALS}[shape].replace("ACTUALS", actuals)
    duckdb.sql(f"COPY ({query}) TO '{out}' (HEADER)")


if __name__ == "__main__":
    main(*sys.argv[1:])
