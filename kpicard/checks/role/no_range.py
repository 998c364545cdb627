"""A KPI in percent or in points says what can be true at all.

250 % of the orders on time and 9.5 of 5 stars are slips: with `range: {from: 0, upto: 100}` each is reported at its
cell, and without one it earns the top grade. A rate of growth may go below 0 and above 100: its range says so.

中文：单位为百分比或分的指标应写明取值范围。按时率 250%、满分 5 分得 9.5 分都是填错：写了
`range: {from: 0, upto: 100}` 就会在其单元格处报错，不写则会得到最高等级。增长率可以低于 0、高于 100，请按实际写明。

Bad, `clerk.yaml` at 4:10::

    id: clerk
    title: Clerk
    kpis:
      - {id: on-time, name: Orders on time, weight: 100, unit: "%", better: higher, target: 95, definition: Share,
         source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: on-time, name: Orders on time, weight: 100, unit: "%", better: higher, target: 95, definition: Share,
         source: Orders, range: {from: 0, upto: 100}}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from kpicard.checks.role_file import RoleFile
from kpicard.problems import Problem
from kpicard.quantities import unit_of

_USUAL: Final[Mapping[str, dict[str, int]]] = {"percent": {"from": 0, "upto": 100}, "score": {"from": 1, "upto": 5}}
"""What the range of a kind of unit most often is: an example for the hint."""


def check(file: RoleFile) -> Iterator[Problem]:
    """Yield it at the KPI's id; a time is never below 0 anyway, and other figures may have no bounds."""
    for kpi in file.kpis:
        usual = _USUAL.get(unit_of(kpi.unit).kind)
        if usual and kpi.written.get("range") is None:
            yield file.document.problem_at("no-range", (*kpi.route, "id"), **usual)
