"""Whole processes side by side: their time, their processor's time and their peak of memory."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
PYTHON = sys.executable
_UNWANTED = {"KPICARD_ROLES", "FORCE_COLOR", "GITHUB_ACTIONS", "PYTHONPATH"}
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in _UNWANTED} | {"LC_ALL": "C.UTF-8"}


class Failed(Exception):  # noqa: N818 - it is what happened, and no error of ours
    """A job ended otherwise than it should: its name, and how."""


@dataclass(frozen=True, eq=False)
class Job:
    """A command, and what is compared with the result of the contest's first job.

    `kind` is `rows` or `totals`: what is in `out`; None where nothing is compared. With `problems`, what it says on
    standard error is compared as well, and it ends with status 1 where there are any.
    """

    name: str
    command: Sequence[str | Path]
    out: Path | None = None
    kind: str | None = None
    problems: bool = False
    exits: frozenset[int] = frozenset({0})
    target: str = ""
    note: str = ""
    gigabytes: int | None = None
    """The most memory that it may take, and that it may fail for want of."""

    def log(self, folder: Path) -> Path:
        """Return where its standard error goes."""
        return folder / f"{''.join(each if each.isalnum() else '-' for each in self.name)}.log"


class Taken(NamedTuple):
    """What one run took: seconds by the clock, seconds of all processors, megabytes at most."""

    seconds: float
    cpu: float
    megabytes: float


def run(job: Job, folder: Path) -> Taken:
    """Run a job once. Raises Failed.

    The peak of memory is at least that of this process, from which it is forked: so nothing heavy is imported here.
    """
    log = job.log(folder)
    with log.open("wb") as stream:
        start = time.perf_counter()
        command = [str(each) for each in job.command]
        process = subprocess.Popen(command, cwd=ROOT, env=_ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=stream)
        if job.gigabytes:
            resource.prlimit(process.pid, resource.RLIMIT_DATA, (job.gigabytes << 30, job.gigabytes << 30))
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in job.exits:
        told = log.read_text("utf-8", "replace")[-1000:]
        raise Failed(job.name, f"ended with {process.returncode}: {told}")
    return Taken(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def compare(base: Job, job: Job, folder: Path) -> str:
    """Return how a result differs from that of the first job; in a process of its own. Raises Failed."""
    command = [PYTHON, "-m", "tests.bench.compare", str(job.kind), str(base.out), str(job.out)]
    command += [str(base.log(folder)), str(job.log(folder))] if job.problems else []
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(job.name, f"is another computation: {done.stdout}{done.stderr[-1000:]}")
    return done.stdout.strip()


def median(runs: Sequence[Taken]) -> Taken:
    """Return the median of each measure."""
    return Taken(*(statistics.median(each) for each in zip(*runs, strict=True)))
