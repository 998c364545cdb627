"""Is a peer's result kpicard's?

    python -m tests.bench.compare rows|totals EXPECTED.csv ACTUAL.csv [EXPECTED.log ACTUAL.log]

The same cards and rows in the same order, and the same figures but for ties: a binary fraction that should lie halfway
may be rounded the other way, which moves a score, the points and so the total by hundredths. With logs, both must name
the same lines for the same reasons; only where a missing figure is told may differ. Prints how many totals differ, or
ends with status 1.
"""

from __future__ import annotations

import math
import re
import sys
from pathlib import Path

import duckdb

from tests.bench.rules import KPIS, ROLES

_KEYS = {"rows": ("period", "employee", "role", "kpi", "status"), "totals": ("period", "employee", "role")}
_FIGURES = {
    "rows": ("weight", "effective_weight", "target", "actual", "attainment", "score", "points", "total", "coefficient"),
    "totals": ("total", "coefficient"),
}
_EXACT = ("weight", "target", "actual")
_MOST = 0.05
"""How far a figure may lie off where each of a card's rows is rounded the other way."""
_FIRST = tuple(next(kpi.id for kpi in KPIS if kpi.role == role) for role in ROLES)
_PROBLEM = re.compile(r"^.*?\.csv:(\d+)(?::\d+)?: .*\[([a-z-]+)\]$", re.MULTILINE)
_MORE = re.compile(r"^… and \d+ more", re.MULTILINE)
_MISSING = {"not-reported", "maybe-misread"}

# Rows are put side by side as they come, so that memory does not grow with them.
_COMPARED = """
SELECT count(*), count(*) FILTER (NOT coalesce({same}, false)), count(*) FILTER (e.total IS DISTINCT FROM a.total),
    max(abs(e.total - a.total))
FROM (SELECT {columns} FROM read_csv('{expected}', all_varchar = true) {one_each}) AS e
POSITIONAL JOIN (SELECT {columns} FROM read_csv('{actual}', all_varchar = true)) AS a
"""


def compare(kind: str, expected: str, actual: str) -> tuple[int, int, int, float]:
    """Return how many rows there are, how many are wrong, how many totals differ at all, and by how much at most."""
    numbers = [f"round(CAST({figure} AS DOUBLE), 6) AS {figure}" for figure in _FIGURES[kind]]
    same = [f"e.{key} = a.{key}" for key in _KEYS[kind]]
    same += [f"e.{figure} IS NOT DISTINCT FROM a.{figure}" for figure in _FIGURES[kind] if figure in _EXACT]
    same += [
        f"(e.{figure} IS NOT DISTINCT FROM a.{figure} OR abs(e.{figure} - a.{figure}) < {_MOST})"
        for figure in _FIGURES[kind]
        if figure not in (*_EXACT, "coefficient")
    ]
    same += ["(e.total IS DISTINCT FROM a.total OR (e.grade = a.grade AND e.coefficient = a.coefficient))"]
    query = _COMPARED.format(
        same=" AND ".join(same),
        columns=", ".join([*_KEYS[kind], "grade", *numbers]),
        one_each=f"WHERE kpi IN {_FIRST}" if kind == "totals" else "",
        expected=expected,
        actual=actual,
    )
    ((rows, wrong, differing, most),) = duckdb.connect().execute(query).fetchall()
    return rows, wrong, differing, most or 0.0


def problems(log: str) -> tuple[set[tuple[int, str]], float]:
    """Return the lines that are named and why, but for figures that are missing, and the line from which they stop.

    kpicard shows only the first of many problems, by their lines; which cards are withheld the rows tell in full.
    """
    text = Path(log).read_text("utf-8")
    found = [(int(line), code) for line, code in _PROBLEM.findall(text)]
    end = max(line for line, _ in found) if _MORE.search(text) else math.inf
    return {(line, code) for line, code in found if code not in _MISSING}, end


def main(kind: str, expected: str, actual: str, *logs: str) -> None:
    """Compare and print."""
    rows, wrong, differing, most = compare(kind, expected, actual)
    if wrong or not rows:
        sys.exit(f"{wrong} of {rows} rows are not kpicard's")
    if logs:
        (told, end), (told_too, _) = map(problems, logs)
        other = sorted(each for each in told ^ told_too if each[0] < end)
        if other:
            sys.exit(f"other problems: {other[:10]}")
    print(f"{differing / rows:.2%} of totals off, at most by {most:.2f}" if differing else "all totals exact")


if __name__ == "__main__":
    main(*sys.argv[1:])
