"""The same million rows spelled plainly and oddly, side by side; and, where one is given, by another checkout.

    python tests/bench/score_spellings.py [ROWS [RUNS [CHECKOUT]]]

Half of the rows of the odd file are spelled `¥1,234.50`, `12.5%` or `3.2万`, hardly two of them alike. Whole processes
in turn, after one round that does not count; all must give the same scorecards, to the byte, before any time is taken.
CHECKOUT is a folder with another version of the project: it scores the plain file.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DEPARTMENT = "title: Shop\ngrades: [{grade: A, from: 0, coefficient: 1}]\n"
ROLE = """id: seller
title: Seller
kpis:
  - {id: sales, name: Sales, weight: 40, unit: 元, better: higher, target: 50000}
  - {id: portion, name: Portion, weight: 30, unit: "%", better: higher, target: 50}
  - {id: visits, name: Visits, weight: 30, unit: 次, better: higher, target: 500000}
"""
HOME = Path(__file__).parent.parent.parent


def write_actuals(folder: Path, rows: int) -> tuple[Path, Path]:
    """Write the plain file and the odd one; the same for every run."""
    figures = random.Random(1)  # noqa: S311 - not for secrets
    plain, odd = folder / "plain.csv", folder / "odd.csv"
    with plain.open("w", encoding="utf-8") as straight, odd.open("w", encoding="utf-8") as curly:
        for stream in (straight, curly):
            stream.write("period,employee,role,kpi,actual\n")
        for number in range(rows // 3):
            sales, share, visits = figures.randrange(10**7), figures.randrange(10**4), figures.randrange(10**6)
            spellings = [
                ("sales", f"{sales / 100:.2f}", f'"¥{sales / 100:,.2f}"'),
                ("portion", f"{share / 100:.2f}", f"{share / 100:.2f}%"),
                ("visits", f"{visits}", f"{visits / 10_000:.4f}万"),
            ]
            for kpi, simple, fancy in spellings:
                row = f"2026-10,E{number:07d},seller,{kpi},"
                straight.write(f"{row}{simple}\n")
                curly.write(f"{row}{fancy if number % 2 else simple}\n")
    return plain, odd


def seconds(command: list[str], checkout: Path) -> float:
    """Run a whole process of a checkout; return its wall-clock time."""
    start = time.perf_counter()
    subprocess.run(command, check=True, cwd=checkout, env={**os.environ, "PYTHONPATH": str(checkout)})
    return time.perf_counter() - start


def main(rows: int, runs: int, other: Path | None) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        roles = folder / "roles"
        roles.mkdir()
        (roles / "department.yaml").write_text(DEPARTMENT, "utf-8")
        (roles / "seller.yaml").write_text(ROLE, "utf-8")
        plain, odd = write_actuals(folder, rows)
        jobs = {"plain": (plain, HOME), "odd": (odd, HOME)}
        if other:
            jobs["plain, other checkout"] = (plain, other)
        times: dict[str, list[float]] = {job: [] for job in jobs}
        outputs = set()
        for run in range(runs + 1):
            for job, (file, checkout) in jobs.items():
                out = folder / "out.csv"
                command = ["-m", "kpicard", "score", str(file), "--roles", str(roles), "--output", str(out)]
                taken = seconds([sys.executable, *command], checkout)
                if run:
                    times[job].append(taken)
                else:
                    outputs.add(out.read_bytes())
        if len(outputs) > 1:
            sys.exit("the scorecards differ")
        base = statistics.median(times["plain"])
        for job, taken_all in times.items():
            median = statistics.median(taken_all)
            print(f"{job:24} {median:6.2f} s   {median / base:5.2f} times plain")


if __name__ == "__main__":
    rows, runs, checkout = [*sys.argv[1:], *("1000000", "5", "")[len(sys.argv) - 1 :]]
    main(int(rows), int(runs), Path(checkout).absolute() if checkout else None)
