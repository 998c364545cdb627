"""Every KPI says where its figure comes from.

Name the system and the report. A figure that nobody can look up again is one that nobody can contest.

中文：每个指标都应注明数据来源。请写明系统和报表；无法查证的数据，也就无法申诉。

Bad, `clerk.yaml` at 4:10::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours}

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
    yield from file.lacking("source", "no-source")
