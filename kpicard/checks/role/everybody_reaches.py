"""Not every card gets the same grade.

Whatever the actuals are, every total lies in the band of one grade: the role is scored, and nothing follows from it.

中文：不能人人都得同一等级。无论实际值如何，总分都落在同一等级内，考核便没有意义。

Bad, `clerk.yaml` at 3:1::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders,
         scoring: {method: bands, bands: [{upto: 30, score: 100}], otherwise: 90}}

Bad, `department.yaml`::

    title: Shop
    grades: [{grade: A, from: 90, coefficient: 1.2}, {grade: B, from: 0, coefficient: 1}]

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders,
         scoring: {method: bands, bands: [{upto: 30, score: 100}], otherwise: 60}}

Good, `department.yaml`::

    title: Shop
    grades: [{grade: A, from: 90, coefficient: 1.2}, {grade: B, from: 0, coefficient: 1}]
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.checks.role_file import RoleFile
from kpicard.problems import Problem


def check(file: RoleFile) -> Iterator[Problem]:
    """Yield it at `kpis`."""
    for outcome in file.outcomes:
        if outcome.unreached and len(outcome.reached) == 1:
            yield file.document.problem_at_key(
                "everybody-reaches",
                ("kpis",),
                grade=outcome.reached[0],
                lowest=outcome.lowest,
                highest=outcome.highest,
            )
