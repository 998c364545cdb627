"""Every KPI has a definition.

It says how the figure is computed, and what does not count, so that two people arrive at the same one and whoever is
scored can check it.

中文：每个指标都应有定义。定义说明数值如何计算、哪些不计入，这样不同的人才能算出同样的结果，被考核的人也能核对。

Bad, `clerk.yaml` at 4:10::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, source: Orders}

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
    """Yield it at the KPI's id."""
    yield from file.lacking("definition", "no-definition")
