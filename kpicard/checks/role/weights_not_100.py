"""The weights of a role's KPIs sum to exactly 100.

Otherwise whoever meets every target gets 97 or 105 in place of 100, and the grades mean something else in each role.
The hint names one change that would mend it.

中文：岗位各指标的权重合计必须恰好为 100。否则全部达标的人会得到 97 分或 105 分，各岗位的等级也就无法比较。
提示会给出一种改法。

Bad, `clerk.yaml` at 3:1::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 50, better: lower, target: 30, definition: Hours, source: Orders}
      - {id: errors, name: Errors, weight: 40, better: lower, target: 2, definition: Count, source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 60, better: lower, target: 30, definition: Hours, source: Orders}
      - {id: errors, name: Errors, weight: 40, better: lower, target: 2, definition: Count, source: Orders}
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kpicard.checks.role_file import RoleFile
from kpicard.numbers import read_decimal
from kpicard.problems import Problem

_FULL = Decimal(100)


def check(file: RoleFile) -> Iterator[Problem]:
    """Yield it at `kpis`, with what is missing or too much, and one change that would mend it."""
    document = file.document
    read = {route: read_decimal(text) for route, text in document.find("kpis", None, "weight")}
    weights = {route: weight for route, weight in read.items() if isinstance(weight, Decimal)}
    total = sum(weights.values(), Decimal(0))
    if total == _FULL or len(weights) < document.size("kpis") or not weights:
        return
    heaviest = max(weights, key=lambda route: weights[route])
    mended = weights[heaviest] + _FULL - total
    yield document.problem_at_key(
        "weights-not-100",
        ("kpis",),
        total=total,
        percent=100 * weights[heaviest] if total == 1 else None,
        difference=abs(_FULL - total),
        missing=_FULL - total if total < _FULL else None,
        line=document.values[heaviest][0],
        mended=mended if mended > 0 else None,
    )
