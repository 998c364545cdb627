"""Every grade can be reached.

With every KPI reported, no actuals whatever give a total in the band of this grade: it is a promise, or a threat,
that means nothing in this role. Raise or lower a cap, add points to a curve, or move the department's limits.

中文：每个等级都应有可能得到。在各项指标都填报的情况下，无论实际值如何，总分都不会落入该等级：
这样的等级对本岗位没有意义。请调整封顶分、曲线的折点，或部门的分数线。

Bad, `clerk.yaml` at 3:1::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders,
         scoring: {method: bands, bands: [{upto: 30, score: 100}], otherwise: 70}}

Bad, `department.yaml`::

    title: Shop
    grades: [{grade: A, from: 90, coefficient: 1.2}, {grade: B, from: 60, coefficient: 1},
             {grade: C, from: 0, coefficient: 0.5}]

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders,
         scoring: {method: bands, bands: [{upto: 30, score: 100}, {upto: 60, score: 70}]}}

Good, `department.yaml`::

    title: Shop
    grades: [{grade: A, from: 90, coefficient: 1.2}, {grade: B, from: 60, coefficient: 1},
             {grade: C, from: 0, coefficient: 0.5}]
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.checks.role_file import RoleFile
from kpicard.problems import Problem


def check(file: RoleFile) -> Iterator[Problem]:
    """Yield it at `kpis`, with all grades that no card gets; if all get the same one, `everybody-reaches` says so."""
    for outcome in file.outcomes:
        if outcome.unreached and len(outcome.reached) > 1:
            yield file.document.problem_at_key(
                "unreachable-grade",
                ("kpis",),
                grades=outcome.unreached,
                lowest=outcome.lowest,
                highest=outcome.highest,
            )
