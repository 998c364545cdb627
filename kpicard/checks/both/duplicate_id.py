"""An id stands only once among a role's responsibilities, and once among its KPIs and adjustments.

A figure of the actuals belongs to the KPI that it names; of two with one id nobody can tell which is meant.

中文：同一岗位内，职责的标识不能重复，指标和加减分项的标识也不能重复。实际值按标识对应指标，
标识相同就无法判断属于哪一个。

Bad, `clerk.yaml` at 5:10::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Pace, weight: 50, better: lower, target: 30, definition: Hours, source: Orders}
      - {id: speed, name: Errors, weight: 50, better: lower, target: 2, definition: Count, source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Pace, weight: 50, better: lower, target: 30, definition: Hours, source: Orders}
      - {id: errors, name: Errors, weight: 50, better: lower, target: 2, definition: Count, source: Orders}
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.problems import Problem
from kpicard.rules.document import Document

_KINDS = (("responsibilities",), ("kpis", "adjustments"))


def check(document: Document) -> Iterator[Problem]:
    """Yield it at each id that stands further up already."""
    for keys in _KINDS:
        lines: dict[str, int] = {}
        for key in keys:
            for route, id_ in document.find(key, None, "id"):
                if id_ in lines:
                    yield document.problem_at("duplicate-id", route, id=id_, line=lines[id_])
                else:
                    lines[id_] = document.values[route][0]
