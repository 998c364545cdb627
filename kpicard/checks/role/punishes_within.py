"""Where a range is best, the score rises up to it and falls after it, once each.

A score that rises again would reward being far off.

中文：以落在区间内为佳的指标，得分应先升后降，各一次。若再次上升，就会奖励偏离更远的人。

Bad, `clerk.yaml` at 5:70::

    id: clerk
    title: Clerk
    kpis:
      - {id: stock, name: Stock, weight: 100, better: within, target: 30, definition: Days, source: Orders,
         scoring: {method: linear, points: [[10, 0], [30, 100], [50, 0], [60, 40]]}}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: stock, name: Stock, weight: 100, better: within, target: 30, definition: Days, source: Orders,
         scoring: {method: linear, points: [[10, 0], [30, 100], [50, 0]]}}
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.checks.role_file import RoleFile
from kpicard.problems import Problem


def check(file: RoleFile) -> Iterator[Problem]:
    """Yield it at the first piece of each curve that rises again."""
    yield from file.punished("within")
