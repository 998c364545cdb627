"""A KPI that is scored on its attainment has a target above 0.

Nothing is a percentage of 0. Where the target is "none at all", as with accidents, score the actual: `bands` with
`upto: 0` gives 100 for none and less for more.

中文：按达成率计分的指标，目标值必须大于 0。任何数除以 0 都没有意义。目标是“一件也没有”（如事故）时，请按实际值计分：
用 `bands`，`upto: 0` 得 100 分，其余递减。

Bad, `clerk.yaml` at 4:68::

    id: clerk
    title: Clerk
    kpis:
      - {id: errors, name: Errors, weight: 100, better: lower, target: 0, definition: Count, source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: errors, name: Errors, weight: 100, better: lower, target: 0, definition: Count, source: Orders,
         scoring: {method: bands, bands: [{upto: 0, score: 100}, {upto: 2, score: 70}]}}
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.checks.role_file import RoleFile
from kpicard.problems import Problem


def check(file: RoleFile) -> Iterator[Problem]:
    """Yield it at each target that is 0 or below."""
    for kpi in file.kpis:
        if kpi.needs_target and kpi.better != "within":
            for period, target in (kpi.targets or {}).items():
                if target <= 0:
                    yield file.document.problem_at("target-not-above-0", kpi.target_route(period), target=target)
