"""What somebody who knows DuckDB would write by hand for two of the roles: no checks, binary floating point.

`python hand_written.py ACTUALS.csv OUT.csv totals` writes a row per card; `rows` one per card and KPI, as
`kpicard score --format csv` does.
"""

from __future__ import annotations

import sys

import duckdb

KPIS = """VALUES
    ('customer-service', 'customer-satisfaction', 25, 4.5, 0),
    ('customer-service', 'complaint-resolution-time', 25, 24, 1),
    ('customer-service', 'response-time', 25, 30, 1),
    ('customer-service', 'repurchase-rate', 25, 25, 0),
    ('data-analyst', 'report-accuracy', 30, 99, 0),
    ('data-analyst', 'decision-support-timeliness', 25, 100, 0),
    ('data-analyst', 'monitoring-response-time', 30, 30, 1),
    ('data-analyst', 'business-metric-attainment', 15, 100, 0)"""

SCORE = """CASE kpi
    WHEN 'customer-satisfaction' THEN CASE WHEN a <= 3 THEN 0 WHEN a < 4.2 THEN (a - 3) * 60 / 1.2
        WHEN a < 4.5 THEN 60 + (a - 4.2) * 40 / 0.3 WHEN a < 4.8 THEN 100 + (a - 4.5) * 20 / 0.3 ELSE 120 END
    WHEN 'complaint-resolution-time' THEN CASE WHEN a <= 12 THEN 120 WHEN a < 24 THEN 120 - (a - 12) * 20 / 12
        WHEN a < 48 THEN 100 - (a - 24) * 40 / 24 WHEN a < 72 THEN 60 - (a - 48) * 60 / 24 ELSE 0 END
    WHEN 'response-time' THEN CASE WHEN a <= 15 THEN 120 WHEN a < 30 THEN 120 - (a - 15) * 20 / 15
        WHEN a < 60 THEN 100 - (a - 30) * 40 / 30 WHEN a < 120 THEN 60 - (a - 60) * 60 / 60 ELSE 0 END
    WHEN 'repurchase-rate' THEN least(120, greatest(0, attainment))
    WHEN 'report-accuracy' THEN CASE WHEN a >= 100 THEN 120 WHEN a >= 99 THEN 100 WHEN a >= 97 THEN 80
        WHEN a >= 95 THEN 60 ELSE 0 END
    WHEN 'decision-support-timeliness' THEN CASE WHEN a <= 80 THEN 0 WHEN a < 90 THEN (a - 80) * 6
        WHEN a < 100 THEN 60 + (a - 90) * 4 ELSE 100 END
    WHEN 'monitoring-response-time' THEN CASE WHEN a <= 15 THEN 120 WHEN a <= 30 THEN 100 WHEN a <= 45 THEN 80
        WHEN a <= 60 THEN 60 ELSE 0 END
    ELSE CASE WHEN attainment < 60 THEN 0 ELSE least(120, attainment) END
END"""

GRADE = """CASE WHEN total >= 110 THEN 'S' WHEN total >= 95 THEN 'A' WHEN total >= 80 THEN 'B' WHEN total >= 60 THEN 'C'
    ELSE 'D' END AS grade"""


def main(actuals: str, out: str, shape: str) -> None:
    """Read, score and write."""
    rows = f"""
        WITH measured AS (
            SELECT period, employee, role, kpi, weight, target, CAST(actual AS DOUBLE) AS a,
                round(CASE lower WHEN 1 THEN 200 - 100 * a / target ELSE 100 * a / target END, 2) AS attainment
            FROM read_csv('{actuals}')
            JOIN (SELECT * FROM ({KPIS}) AS k(role, kpi, weight, target, lower)) USING (role, kpi)
        )
        SELECT *, round(weight * score / 100, 2) AS points FROM (SELECT *, round({SCORE}, 2) AS score FROM measured)"""
    if shape == "totals":
        query = f"""
            SELECT *, {GRADE} FROM (
                SELECT period, employee, role, round(sum(points), 2) AS total FROM ({rows}) GROUP BY ALL)
            ORDER BY period, role, employee"""
    else:
        query = f"""
            SELECT period, employee, role, kpi, weight, target, a AS actual, attainment, score, points,
                'scored' AS status, total, {GRADE}
            FROM (SELECT *, round(sum(points) OVER (PARTITION BY period, employee, role), 2) AS total FROM ({rows}))
            ORDER BY period, role, employee, kpi"""
    duckdb.sql(f"COPY ({query}) TO '{out}' (HEADER)")


if __name__ == "__main__":
    main(*sys.argv[1:])
