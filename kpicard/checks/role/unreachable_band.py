"""Every band of `bands` can be reached: those before it leave something over.

The first band that fits counts. A wide band at the top takes all that a narrower one below it was meant for: put the
narrower one first.

中文：`bands` 的每一档都应有值能落入，不能被前面的档全部覆盖。自上而下取第一个符合的档；较宽的档放在前面，
后面较窄的档就不起作用。请把较窄的档放在前面。

Bad, `clerk.yaml` at 5:62::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders,
         scoring: {method: bands, bands: [{upto: 60, score: 70}, {upto: 30, score: 100}]}}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders,
         scoring: {method: bands, bands: [{upto: 30, score: 100}, {upto: 60, score: 70}]}}
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.checks.role_file import RoleFile
from kpicard.problems import Problem


def check(file: RoleFile) -> Iterator[Problem]:
    """Yield it at each band that those before it take everything from."""
    yield from file.faults("unreachable-band")
