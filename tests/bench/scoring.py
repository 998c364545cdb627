"""A month from CSV to CSV: kpicard against scripts by hand, bare and with the same checks, and against a mere scan."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench.contest import Contest
from tests.bench.measure import PYTHON, ROOT, Job

LIBRARIES = ("DuckDB", "Polars", "pandas")
_LOOP_AT_MOST = 100_000
_FAULTY, _FAULTY_SMALL = 1009, 101
"""One row in so many is wrong in the month with errors, more in a small one: primes, so that each KPI has its share."""
_SMALL = 10_000
_JUDGED = 1_000_000
"""From so many rows on, the targets hold."""


def month(folder: Path, rows: int, every: int = 0) -> Path:
    """Make a month in a process of its own, and return where it is."""
    path = folder / f"2026-10-{rows}{'-faulty' if every else ''}.csv"
    if not path.exists():
        made = path.with_suffix(".part")
        subprocess.run([PYTHON, "-m", "tests.bench.data", made, str(rows), str(every)], cwd=ROOT, check=True)
        made.rename(path)
    return path


def kpicard(actuals: Path, folder: Path, *options: str, problems: bool = False, name: str = "kpicard") -> Job:
    """Return kpicard's job, by the shipped roles."""
    out = folder / f"{name.replace(' ', '-')}.csv"
    command: list[str | Path] = [
        PYTHON,
        "-m",
        "kpicard",
        "score",
        actuals,
        "--roles",
        ROOT / "roles",
        "--output",
        out,
        *options,
    ]
    return Job(name, command, out, exits=frozenset({1 if problems else 0}))


def peer(script: str, name: str, actuals: Path, folder: Path, *, kind: str = "rows", target: str = "") -> Job:
    """Return a script's job that checks nothing."""
    out = folder / f"{script}-{kind}.csv"
    command: list[str | Path] = [PYTHON, "-m", f"tests.bench.peers.{script}", actuals, out, kind]
    return Job(name, command, out, kind, target=target)


def checked(library: str, actuals: Path, folder: Path, *, problems: bool = False, target: str = "") -> Job:
    """Return the job of a script that makes the same checks."""
    out = folder / f"{library}-checked.csv"
    command: list[str | Path] = [PYTHON, "-m", f"tests.bench.peers.{library.lower()}_checked", actuals, out]
    exits = frozenset({1 if problems else 0})
    return Job(f"{library}, checked", command, out, "rows", problems=True, exits=exits, target=target)


def _plain(folder: Path, rows: int) -> Contest:
    actuals = month(folder, rows)
    judged = rows >= _JUDGED
    jobs = [kpicard(actuals, folder)]
    jobs += [checked(each, actuals, folder, target="≤ 1" if judged else "") for each in LIBRARIES]
    for kind, said in (("rows", "bare"), ("totals", "bare, totals only")):
        for library in LIBRARIES:
            most = "< 1" if library == "pandas" else "≤ 1.5"
            target = most if judged and kind == "rows" else ""
            jobs.append(
                peer(f"{library.lower()}_bare", f"{library}, {said}", actuals, folder, kind=kind, target=target)
            )
    if rows <= _LOOP_AT_MOST:
        jobs.append(peer("python_loop", "a loop over csv and decimal", actuals, folder))
    jobs.append(Job("DuckDB, the scan alone", [PYTHON, "-m", "tests.bench.peers.duckdb_scan", actuals]))
    return Contest(f"score {rows:,} rows", jobs, folder)


def _with_errors(folder: Path, rows: int) -> Contest:
    every = _FAULTY if rows >= _SMALL else _FAULTY_SMALL
    actuals = month(folder, rows, every)
    jobs = [kpicard(actuals, folder, problems=True)]
    jobs += [checked(each, actuals, folder, problems=True) for each in LIBRARIES]
    return Contest(f"score {rows:,} rows, one in {every} wrong", jobs, folder)


def contests(folder: Path, sizes: Sequence[int]) -> Iterator[Contest]:
    """Yield the contests of each size: a plain month, and one with errors."""
    for rows in sizes:
        yield _plain(folder, rows)
        yield _with_errors(folder, rows)
