"""A weight is neither under 5 nor over 60.

Under 5, nothing that anybody does about the KPI can be seen in the total; over 60, the other KPIs hardly matter. A
role with a single KPI is left alone.

中文：权重不宜低于 5 或高于 60。低于 5 的指标无论做得如何，总分几乎不变；高于 60 时其他指标就无关紧要。
只有一个指标的岗位不受此限。

Bad, `clerk.yaml` at 6:42::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 50, better: lower, target: 30, definition: Hours, source: Orders}
      - {id: errors, name: Errors, weight: 47, better: lower, target: 2, definition: Count, source: Orders}
      - {id: returns, name: Returns, weight: 3, better: lower, target: 9, definition: Count, source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 50, better: lower, target: 30, definition: Hours, source: Orders}
      - {id: errors, name: Errors, weight: 40, better: lower, target: 2, definition: Count, source: Orders}
      - {id: returns, name: Returns, weight: 10, better: lower, target: 9, definition: Count, source: Orders}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kpicard.checks.role_file import RoleFile
from kpicard.problems import Problem

LOWEST: Final = 5
HIGHEST: Final = 60


def check(file: RoleFile) -> Iterator[Problem]:
    """Yield it at the weight."""
    for kpi in file.kpis if file.document.size("kpis") > 1 else ():
        if kpi.weight and not LOWEST <= kpi.weight <= HIGHEST:
            bound = {"least": LOWEST, "most": None} if kpi.weight < LOWEST else {"least": None, "most": HIGHEST}
            yield file.document.problem_at("extreme-weight", (*kpi.route, "weight"), weight=kpi.weight, **bound)
