"""On target means a score of 100.

A total of 100 says that every target was met, in each role alike. Most often a target was changed and the points or
bands below it were not.

中文：恰好达标应得 100 分。总分 100 表示各项目标全部达成，各岗位都是如此。最常见的原因是改了目标值，
却没有同时修改折点或分档。

Bad, `clerk.yaml` at 4:66::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 36, definition: Hours, source: Orders,
         scoring: {method: linear, points: [[15, 120], [30, 100], [60, 0]]}}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 36, definition: Hours, source: Orders,
         scoring: {method: linear, points: [[18, 120], [36, 100], [60, 0]]}}
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.checks.role_file import RoleFile
from kpicard.problems import Problem


def check(file: RoleFile) -> Iterator[Problem]:
    """Yield it at each target; on the attainment all of a KPI's targets are alike, and the first stands for them."""
    for kpi in file.kpis:
        wrong = [each for each in kpi.at_targets() if each.score != 100]
        for route, target, score, _ in wrong[:1] if kpi.is_on_attainment else wrong:
            yield file.document.problem_at("target-not-100", route, target=target, score=score)
