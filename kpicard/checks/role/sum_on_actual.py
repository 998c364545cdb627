"""What is summed up over the months is scored on its attainment.

A curve on the actual is written for the actual of one month. The sum of three months lies far beyond its points, for
good or bad, whoever it is; on the attainment the sum is compared with the sum of the targets.

中文：按月累加的指标应按达成率计分。按实际值设定的曲线针对的是单月数值，三个月之和会远远超出曲线范围，
得分与表现无关；按达成率计分时，目标值也会随之累加。

Bad, `clerk.yaml` at 6:14::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Orders, weight: 100, better: higher, target: 30, definition: Orders, source: Orders,
         scoring: {method: linear, points: [[15, 0], [30, 100], [60, 120]]},
         rollup: sum}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Orders, weight: 100, better: higher, target: 30, definition: Orders, source: Orders,
         scoring: {method: linear, axis: attainment, points: [[50, 0], [100, 100], [200, 120]]},
         rollup: sum}
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.checks.role_file import RoleFile
from kpicard.problems import Problem


def check(file: RoleFile) -> Iterator[Problem]:
    """Yield it at `rollup`."""
    for kpi in file.kpis:
        if kpi.written.get("rollup") == "sum" and kpi.curve and not kpi.is_on_attainment:
            yield file.document.problem_at("sum-on-actual", (*kpi.route, "rollup"))
