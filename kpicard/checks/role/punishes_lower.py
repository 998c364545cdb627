"""Where lower is better, a lower value never scores less.

Who was quicker must not lose by it: lower the later score, or raise the earlier one.

中文：越低越好的指标，数值更低时得分不能更低。做得更快不应吃亏。请降低后一得分，或提高前一得分。

Bad, `clerk.yaml` at 5:51::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders,
         scoring: {method: linear, points: [[15, 95], [30, 100], [60, 0]]}}

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
    """Yield it at the first piece of each curve that rises."""
    yield from file.punished("lower")
