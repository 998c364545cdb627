"""The points of `linear` are listed by rising x.

The curve runs from each point to the next; two points at one x, or one further back, make no curve.

中文：`linear` 的折点必须按横坐标从小到大排列。曲线从一点连到下一点；横坐标相同或倒退，就连不成曲线。

Bad, `clerk.yaml` at 5:52::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders,
         scoring: {method: linear, points: [[30, 100], [15, 120], [60, 0]]}}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders,
         scoring: {method: linear, points: [[15, 120], [30, 100], [60, 0]]}}
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.checks.role_file import RoleFile
from kpicard.problems import Problem


def check(file: RoleFile) -> Iterator[Problem]:
    """Yield it at each point whose x is not above the one before."""
    yield from file.faults("points-out-of-order")
