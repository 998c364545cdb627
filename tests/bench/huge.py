"""Up to a hundred million rows within four gigabytes: is the time linear, and does memory stay bounded?

Some 40 GB of disk and many minutes. The scripts beside it have what memory there is up to a limit, and fail beyond it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tests.bench.contest import Contest, Line
from tests.bench.scoring import LIBRARIES, checked, kpicard, month

SIZES = (1_000_000, 10_000_000, 100_000_000)
_LIMIT = "4GB"
_SCRIPTS_GIB = 12


def contests(folder: Path, sizes: Sequence[int] = SIZES) -> Iterator[Contest]:
    """Yield a contest for each size."""
    for rows in sizes:
        actuals = month(folder, rows)
        jobs = [kpicard(actuals, folder, "--memory-limit", _LIMIT)]
        jobs += [replace(checked(each, actuals, folder), gigabytes=_SCRIPTS_GIB) for each in LIBRARIES]
        jobs[1] = replace(jobs[1], command=[*jobs[1].command, _LIMIT])  # DuckDB: the only one of them that has a limit
        yield Contest(f"score {rows:,} rows within {_LIMIT}", jobs, folder, once=True)


def with_linearity(lines: Sequence[Line], sizes: Sequence[int] = SIZES) -> list[Line]:
    """Say of each of kpicard's lines how long a row takes, against a row of the smallest month."""
    rows = {f"score {size:,} rows within {_LIMIT}": size for size in sizes}
    own = [line for line in lines if line.contest in rows and line.job.name == "kpicard"]
    told = []
    for line in lines:
        if own and line in own:
            a_row = line.base.seconds / rows[line.contest]
            first = own[0].base.seconds / rows[own[0].contest]
            told.append(line._replace(remark=f"a row takes {a_row / first:.2f} × one of the smallest month"))
        else:
            told.append(line)
    return told
