"""What a KPI measures is a responsibility of its role.

`measures` lists ids from the role's `responsibilities`; the duty sheet shows them beside the KPI.

中文：指标的 `measures` 只能填写本岗位的职责。其中的标识来自 `responsibilities`，岗位说明书会列在指标旁边。

Bad, `clerk.yaml` at 6:25::

    id: clerk
    title: Clerk
    responsibilities: [{id: orders, title: Orders}]
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders,
         measures: [orders, order]}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    responsibilities: [{id: orders, title: Orders}]
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders,
         measures: [orders]}
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kpicard.checks.role_file import RoleFile
from kpicard.nearest import nearest
from kpicard.problems import Problem


def check(file: RoleFile) -> Iterator[Problem]:
    """Yield it at each id that is no responsibility's."""
    known = tuple(dict.fromkeys(id_ for _, id_ in file.document.find("responsibilities", None, "id")))
    suggest = cache(lambda id_: nearest(id_, known))
    for route, id_ in file.document.find("kpis", None, "measures", None):
        if id_ not in known:
            yield file.document.problem_at(
                "unknown-responsibility", route, id=id_, nearest=suggest(id_), known=known or None
            )
