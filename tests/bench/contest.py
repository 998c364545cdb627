"""A contest: kpicard and others at one job, in turn, compared before any time counts."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tests.bench.measure import Failed, Job, Taken, compare, median, run


class Line(NamedTuple):
    """A line of the table; `taken` is None where the job did not survive."""

    contest: str
    job: Job
    taken: Taken | None
    base: Taken
    remark: str


@dataclass(frozen=True)
class Contest:
    """The first job is kpicard's. `once`: the first run counts, since each takes minutes."""

    title: str
    jobs: Sequence[Job]
    folder: Path
    least_runs: int = 1
    once: bool = False


def hold(contest: Contest, runs: int) -> list[Line]:
    """Run all jobs in turn, A B C A B C …, after one round that does not count; return the medians."""
    base, *_ = contest.jobs
    taken: dict[Job, list[Taken]] = {}
    remarks: dict[Job, str] = {}
    for job in contest.jobs:
        print(f"{contest.title}: {job.name}", file=sys.stderr)
        try:
            first = run(job, contest.folder)
        except Failed as failed:
            if not job.gigabytes:
                raise
            remarks[job] = f"does not survive with {job.gigabytes} GiB"
            print(failed, file=sys.stderr)
            continue
        taken[job] = [first] if contest.once else []
        remarks[job] = compare(base, job, contest.folder) if job.kind else job.note
        if contest.once and job.out and job is not base:
            job.out.unlink()
    for _ in range(0 if contest.once else max(runs, contest.least_runs)):
        for job, runs_of_job in taken.items():
            runs_of_job.append(run(job, contest.folder))
    medians = {job: median(each) for job, each in taken.items()}
    return [Line(contest.title, job, medians.get(job), medians[base], remarks[job]) for job in contest.jobs]
