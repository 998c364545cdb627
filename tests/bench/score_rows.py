"""A long CSV to CSV: kpicard against hand-written DuckDB, side by side.

    python tests/bench/score_rows.py [ROWS [RUNS]]

Whole processes in turn, A B C A B C …, after one round that does not count; the totals of all must agree before any
time is taken. Prints the median of each and its ratio to the hand-written one that writes totals only.
"""

from __future__ import annotations

import csv
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path

KPIS = {
    "customer-service": {
        "customer-satisfaction": (3, 5),
        "complaint-resolution-time": (6, 80),
        "response-time": (8, 130),
        "repurchase-rate": (10, 32),
    },
    "data-analyst": {
        "report-accuracy": (94, 100),
        "decision-support-timeliness": (78, 100),
        "monitoring-response-time": (5, 70),
        "business-metric-attainment": (40, 125),
    },
}
HERE = Path(__file__).parent


def write_actuals(path: Path, rows: int) -> None:
    """Write a month of actuals with two decimals; the same for every run."""
    figures = random.Random(1)  # noqa: S311 - not for secrets
    with path.open("w", encoding="utf-8") as stream:
        stream.write("period,employee,role,kpi,actual\n")
        for number in range(rows // 4):
            role = ("customer-service", "data-analyst")[number % 2]
            for kpi, (low, high) in KPIS[role].items():
                stream.write(f"2026-10,E{number:07d},{role},{kpi},{figures.uniform(low, high):.2f}\n")


def totals(path: Path) -> dict[str, Decimal]:
    """Return each employee's total."""
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["employee"]: Decimal(row["total"]) for row in csv.DictReader(stream)}


def seconds(command: list[str]) -> float:
    """Run a whole process; return its wall-clock time."""
    start = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - start


def main(rows: int = 1_000_000, runs: int = 5) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        actuals = folder / "2026-10.csv"
        write_actuals(actuals, rows)
        peer = [sys.executable, str(HERE / "hand_written.py"), str(actuals)]
        roles = ["--roles", str(HERE.parent.parent / "roles")]
        commands = {
            "hand-written, totals": [*peer, str(folder / "totals.csv"), "totals"],
            "hand-written, rows": [*peer, str(folder / "rows.csv"), "rows"],
            "kpicard, rows": [
                *(sys.executable, "-m", "kpicard", "score", str(actuals), *roles),
                *("--output", str(folder / "kpicard.csv")),
            ],
        }
        times: dict[str, list[float]] = {each: [] for each in commands}
        for run in range(runs + 1):
            for each, command in commands.items():
                taken = seconds(command)
                times[each] += [taken] if run else []
        exact = totals(folder / "kpicard.csv")
        for other in ("totals.csv", "rows.csv"):
            # Binary fractions may round a tie the other way; anything beyond that is another computation.
            far = [employee for employee, total in totals(folder / other).items() if abs(total - exact[employee]) > 1]
            if far or len(exact) != rows // 4:
                sys.exit(f"{other}: {len(far)} totals differ, {len(exact)} cards")
    print(f"{rows:,} rows, {runs} runs; Python {platform.python_version()}, DuckDB {version('duckdb')}")
    base = statistics.median(times["hand-written, totals"])
    for each, taken_all in times.items():
        print(f"{each:22} {statistics.median(taken_all):7.2f} s {statistics.median(taken_all) / base:6.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
