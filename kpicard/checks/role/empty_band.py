"""A band of `bands` begins before it ends.

With `from` above `upto` nothing falls into it: exchange the two.

中文：`bands` 每一档的 `from` 不得大于 `upto`。否则没有任何值能落入此档，请对调二者。

Bad, `clerk.yaml` at 5:63::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders,
         scoring: {method: bands, bands: [{upto: 30, score: 100}, {from: 60, upto: 30, score: 70}]}}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders,
         scoring: {method: bands, bands: [{upto: 30, score: 100}, {from: 30, upto: 60, score: 70}]}}
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.checks.role_file import RoleFile
from kpicard.problems import Problem


def check(file: RoleFile) -> Iterator[Problem]:
    """Yield it at each band that nothing can fall into."""
    yield from file.faults("empty-band")
