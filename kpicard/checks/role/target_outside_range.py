"""A target lies in the range of its KPI.

Nobody can meet a target that cannot be true. Most often the target is in another unit than the range, as 0.95 and
95 %.

中文：目标值必须在指标的取值范围内。不可能出现的数值，谁也无法达成。最常见的原因是目标值与取值范围的单位不同，
如 0.95 与 95%。

Bad, `clerk.yaml` at 4:69::

    id: clerk
    title: Clerk
    kpis:
      - {id: rating, name: Rating, weight: 100, better: higher, target: 45, definition: Stars, source: Orders,
         range: {from: 1, upto: 5}}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: rating, name: Rating, weight: 100, better: higher, target: 4.5, definition: Stars, source: Orders,
         range: {from: 1, upto: 5}}
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.checks.role_file import RoleFile
from kpicard.problems import Problem
from kpicard.problems.problem import Value


def check(file: RoleFile) -> Iterator[Problem]:
    """Yield it at each target, those by month too; where one must be above 0, `target-not-above-0` says so."""
    for kpi in file.kpis:
        for period, target in kpi.targets_outside.items():
            if kpi.needs_target and target <= 0:
                continue
            time = kpi.time if target < 0 else None
            values: dict[str, Value] = {"target": target, "range": kpi.bounds.words, "time": time}
            yield file.document.problem_at("target-outside-range", kpi.target_route(period), **values)
