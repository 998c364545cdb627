"""A range begins before it ends.

With `from` above `upto` no figure could ever be true. A KPI whose unit is a time has `from: 0` unless its range says
otherwise.

中文：取值范围的 `from` 不得大于 `upto`。否则没有任何数值符合。单位为时间的指标，未写 `from` 时从 0 起。

Bad, `clerk.yaml` at 5:31::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders,
         range: {from: 744, upto: 0}}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders,
         range: {from: 0, upto: 744}}
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.checks.role_file import RoleFile
from kpicard.problems import Problem


def check(file: RoleFile) -> Iterator[Problem]:
    """Yield it at `upto`, with the unit of a time where `from` is not written."""
    for kpi in file.kpis:
        if kpi.is_crossed:
            lowest, highest = kpi.bounds
            values = {"from": lowest, "upto": highest, "time": kpi.time}
            yield file.document.problem_at("crossed-range", (*kpi.route, "range", "upto"), **values)
