"""A month of actuals of any length: two roles, four KPIs each, two decimals; the same for every run.

    python -m tests.bench.data PATH ROWS [EVERY]

DuckDB writes it, a hundred million rows in a few minutes. Each figure is spread over all of its curve, so that every
segment is met. With EVERY, one row in so many is wrong, or says N/A, in each of the ways of `_FAULTY` in turn.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from tests.bench.rules import KPIS

# The first is right and still another computation: the other weights are scaled up.
_FAULTY = (
    "N/A",
    "unknown role",
    "unknown KPI",
    "bad period",
    "bad value",
    "doubled",
    "empty",
    "no row",
    "no employee",
)

# A row's number goes through two primes, so that neighbours have nothing in common, and then into the KPI's range.
_MONTH = """
SELECT
    CASE fault WHEN 'bad period' THEN '2026-13' ELSE '2026-10' END AS period,
    CASE fault WHEN 'no employee' THEN '' ELSE 'E' || lpad(CAST(row // 4 AS VARCHAR), 8, '0') END AS employee,
    CASE fault WHEN 'unknown role' THEN k.role || 's' ELSE k.role END AS role,
    CASE fault WHEN 'unknown KPI' THEN k.kpi || 's' ELSE k.kpi END AS kpi,
    CASE fault WHEN 'N/A' THEN fault WHEN 'bad value' THEN '4.5.1' WHEN 'empty' THEN ''
        ELSE CAST(CAST(k.low + (row * 48271 + 11) % 2147483647 % (k.high - k.low + 1) AS DECIMAL(12, 0)) * 0.01
            AS VARCHAR)
    END AS actual
FROM (
    SELECT
        row, KPIS[1 + row % 8] AS k,
        CASE WHEN EVERY > 0 AND row % EVERY = EVERY - 1 THEN FAULTY[1 + row // EVERY % len(FAULTY)] ELSE '' END AS fault
    FROM range(ROWS) AS r(row)
)
CROSS JOIN range(2) AS copies(copy)
WHERE copy < CASE fault WHEN 'doubled' THEN 2 WHEN 'no row' THEN 0 ELSE 1 END
"""


def write_month(path: Path, rows: int, every: int = 0) -> None:
    """Write so many rows, four for each employee."""
    kpis = [f"{{role: '{k.role}', kpi: '{k.id}', low: {k.low * 100:.0f}, high: {k.high * 100:.0f}}}" for k in KPIS]
    query = _MONTH.replace("KPIS", f"[{', '.join(kpis)}]").replace("FAULTY", str(list(_FAULTY)))
    query = query.replace("ROWS", str(rows)).replace("EVERY", str(every))
    duckdb.sql(f"COPY ({query}) TO '{path}' (FORMAT csv, HEADER)")


if __name__ == "__main__":
    write_month(Path(sys.argv[1]), *map(int, sys.argv[2:]))
