"""A KPI that is better `within` a range is scored on its actual.

An attainment says how far one got in one direction; where both too little and too much are bad there is none. Use
`linear` or `bands` on the actual.

中文：以落在区间内为佳（`within`）的指标必须按实际值计分。达成率只有一个方向，过高过低都不好的指标没有达成率。
请用 `linear` 或 `bands` 按实际值计分。

Bad, `clerk.yaml` at 4:51::

    id: clerk
    title: Clerk
    kpis:
      - {id: stock, name: Stock, weight: 100, better: within, target: 30, definition: Days, source: Orders}

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
    """Yield it at `better`."""
    for kpi in file.kpis:
        if kpi.needs_target and kpi.better == "within":
            yield file.document.problem_at("within-attainment", (*kpi.route, "better"))
