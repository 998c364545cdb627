"""The same with kpicard's checks: cards with a problem are withheld, and the problems told with their lines.

    python -m tests.bench.peers.duckdb_checked ACTUALS.csv OUT.csv [MEMORY]

Ends with status 1 where there are problems, which stand on standard error. Still binary floating point, plain numbers
and N/A only, and ids only.
"""

from __future__ import annotations

import sys

import duckdb

from tests.bench.peers.duckdb_sql import ATTAINMENT, KPI_TABLE, OF_NUMBER, OF_TOTAL, ROLE_TABLE, SCORE, read_csv

_FIGURE = f"""
CREATE TEMP TABLE figure AS
SELECT
    line, period, employee, role, number, weight, status, a, attainment,
    CASE WHEN a IS NOT NULL THEN round({SCORE}, 2) END AS score, fault,
    CASE WHEN fault IS NOT NULL THEN concat_ws(', ', period, employee, role, kpi, actual) END AS what
FROM (
    SELECT
        *, {ATTAINMENT} AS attainment,
        CASE
            WHEN NOT regexp_full_match(period, '\\d{{4}}-(0[1-9]|1[0-2])') THEN 'bad-period'
            WHEN employee = '' THEN 'no-employee'
            WHEN kpis IS NULL THEN 'unknown-role'
            WHEN number IS NULL THEN 'unknown-kpi'
            WHEN status IS NULL THEN 'bad-value'
        END AS fault
    FROM (
        SELECT
            * EXCLUDE (value), CASE WHEN isfinite(value) THEN value END AS a,
            CAST(CASE WHEN isfinite(value) THEN 'scored' WHEN actual = 'N/A' THEN 'not_applicable'
                WHEN actual = '' THEN 'not_reported' END AS ENUM ('scored', 'not_applicable', 'not_reported')) AS status
        FROM (
            SELECT *, TRY_CAST(actual AS DOUBLE) AS value
            FROM (SELECT row_number() OVER () + 1 AS line, COALESCE(COLUMNS(*), '') FROM {read_csv("VARCHAR")})
        )
        LEFT JOIN {ROLE_TABLE} USING (role)
        LEFT JOIN {KPI_TABLE} USING (role, kpi)
    )
)"""
# Most cards have all their KPIs, and so all 100 of the weight; the total of the others is made below.
_CARD = """
CREATE TEMP TABLE card AS
SELECT
    period, employee, role, min(line) AS line, sum(weight) FILTER (status = 'scored') AS counted,
    round(sum(weight * score / 100), 2) AS total,
    count(*) FILTER (status IN ('scored', 'not_applicable')) AS given,
    COALESCE(bit_or(1 << number) FILTER (status IN ('scored', 'not_applicable')), 0) AS mask,
    count(fault) > 0 AS faulty
FROM figure
WHERE fault IS NULL OR fault IN ('unknown-kpi', 'bad-value')
GROUP BY period, employee, role"""
_ROWS = f"""
COPY (
    WITH good AS (
        SELECT f.period, f.employee, f.role, f.number, f.a, f.attainment, f.score, f.status, c.counted, c.total,
            CASE WHEN f.status = 'scored' THEN round(f.weight * 100 / c.counted, 4) END AS effective,
            round(effective * f.score / 100, 4) AS points
        FROM figure AS f
        JOIN card AS c USING (period, employee, role)
        JOIN {ROLE_TABLE} USING (role)
        WHERE NOT c.faulty AND c.given = kpis AND bit_count(c.mask) = kpis AND f.status <> 'not_reported'
    )
    SELECT period, employee, role, {OF_NUMBER.format(effective="effective")}, a AS actual, attainment, score, points,
        status, total, {OF_TOTAL}
    FROM (
        SELECT * FROM (
            SELECT * FROM good WHERE counted = 100
            UNION ALL
            SELECT * REPLACE (round(sum(points) OVER (PARTITION BY period, employee, role), 2) AS total)
            FROM good WHERE counted IS DISTINCT FROM 100
        )
        ORDER BY period, role, employee, number
    )
) TO 'OUT' (HEADER)"""
_PROBLEMS = f"""
SELECT line, fault AS code, what FROM figure WHERE fault IS NOT NULL
UNION ALL
SELECT line, 'doubled-figure', concat_ws(', ', employee, kpi, 'given already at line ' || earlier)
FROM (
    SELECT f.*, row_number() OVER same AS nth, first_value(f.line) OVER same AS earlier
    FROM figure AS f
    JOIN card AS c USING (period, employee, role)
    WHERE c.given > bit_count(c.mask) AND f.number IS NOT NULL AND f.status <> 'not_reported'
    WINDOW same AS (PARTITION BY period, employee, role, f.number ORDER BY f.line)
)
JOIN {KPI_TABLE} USING (role, number)
WHERE nth > 1
UNION ALL
SELECT c.line, 'not-reported', concat_ws(', ', employee, kpi)
FROM card AS c JOIN {KPI_TABLE} USING (role)
WHERE c.mask & (1 << number) = 0
ORDER BY ALL"""


def main(actuals: str, out: str, limit: str = "") -> None:
    """Read, check, score and write; within a limit of memory, beyond which it works on disk beside the result."""
    database = duckdb.connect(config={"memory_limit": limit, "temp_directory": f"{out}.tmp"} if limit else {})
    for statement in (_FIGURE, _CARD, _ROWS):
        database.execute(statement.replace("ACTUALS", actuals).replace("OUT", out))
    problems = database.execute(_PROBLEMS).fetchall()
    sys.stderr.writelines(f"{actuals}:{line}: {what} [{code}]\n" for line, code, what in problems)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
