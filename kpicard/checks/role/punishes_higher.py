"""Where higher is better, a higher value never scores less.

Who did better must not lose by it. Between bands, a gap such as 90 to 91 is the usual cause: 90.5 then falls through;
leave `upto` out, since the first band that fits counts.

中文：越高越好的指标，数值更高时得分不能更低。做得更好不应吃亏。常见原因是两档之间留有空隙，
如 90 与 91 之间的 90.5 落空；自上而下取第一个符合的档，因此可省略 `upto`。

Bad, `clerk.yaml` at 5:61::

    id: clerk
    title: Clerk
    kpis:
      - {id: sales, name: Sales, weight: 100, better: higher, target: 80, definition: Sum, source: Orders,
         scoring: {method: linear, points: [[50, 0], [80, 100], [90, 95]]}}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: sales, name: Sales, weight: 100, better: higher, target: 80, definition: Sum, source: Orders,
         scoring: {method: linear, points: [[50, 0], [80, 100], [90, 105]]}}
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.checks.role_file import RoleFile
from kpicard.problems import Problem


def check(file: RoleFile) -> Iterator[Problem]:
    """Yield it at the first piece of each curve that falls; on an attainment, more is better whatever the KPI."""
    yield from file.punished("higher")
