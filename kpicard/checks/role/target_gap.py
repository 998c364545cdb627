"""A list of targets begins when the version of the role does.

A target by period holds until the next one. In the months between `from` and the first target a KPI would have none,
and nobody could be scored. A version without `from` is scored from its first target on.

中文：按月份列出的目标值，须从本版本的起始月份开始。每个目标值沿用到下一个为止；若首个目标值晚于 `from`，
中间的月份就没有目标值，无法计分。没有 `from` 的版本，自首个目标值起计分。

Bad, `clerk.2026-01.yaml` at 5:67::

    id: clerk
    from: 2026-01
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: {2026-03: 30, 2026-07: 25},
         definition: Hours, source: Orders}

Good, `clerk.2026-01.yaml`::

    id: clerk
    from: 2026-01
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: {2026-01: 30, 2026-07: 25},
         definition: Hours, source: Orders}
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.checks.role_file import RoleFile
from kpicard.periods import is_period
from kpicard.problems import Problem


def check(file: RoleFile) -> Iterator[Problem]:
    """Yield it at the first target."""
    start = next((text for _, text in file.document.find("from") if is_period(text)), None)
    for route, targets in file.document.maps("kpis", None, "target"):
        first = min(filter(is_period, targets), default=None)
        if start and first and start < first:
            yield file.document.problem_at_key("target-gap", (*route, first), start=start, period=first)
