"""Every responsibility is measured by a KPI.

A duty that no KPI's `measures` names has no evidence on the card: add it to the KPI that shows it, or add a KPI.

中文：每项职责都应有指标来衡量。没有任何指标在 `measures` 中提到的职责，在考核表上没有依据。请加到能体现它的指标中，
或增设指标。

Bad, `clerk.yaml` at 3:54::

    id: clerk
    title: Clerk
    responsibilities: [{id: orders, title: Orders}, {id: returns, title: Returns}]
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders,
         measures: [orders]}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    responsibilities: [{id: orders, title: Orders}, {id: returns, title: Returns}]
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders,
         measures: [orders, returns]}
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.checks.role_file import RoleFile
from kpicard.problems import Problem


def check(file: RoleFile) -> Iterator[Problem]:
    """Yield it at the responsibility's id."""
    measured = {id_ for _, id_ in file.document.find("kpis", None, "measures", None)}
    for route, id_ in file.document.find("responsibilities", None, "id"):
        if id_ not in measured:
            yield file.document.problem_at("unmeasured-responsibility", route, id=id_)
