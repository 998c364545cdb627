"""A KPI that is scored on its attainment has a target.

The attainment is the actual as percent of the target. `ratio`, which is used where nothing else is said, needs one;
so does `axis: attainment`.

中文：按达成率计分的指标必须有目标值。达成率是实际值占目标值的百分比；`ratio`（未写 `scoring` 时的方法）
和 `axis: attainment` 都需要目标值。

Bad, `clerk.yaml` at 4:5::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, definition: Hours, source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.checks.role_file import RoleFile
from kpicard.problems import Problem


def check(file: RoleFile) -> Iterator[Problem]:
    """Yield it at the KPI."""
    for kpi in file.kpis:
        if kpi.needs_target and kpi.better != "within" and not kpi.targets:
            yield file.document.problem_at("no-target", kpi.route)
