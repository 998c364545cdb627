"""An adjustment's `at_least` is not above its `at_most`.

They are the fewest and the most points that it comes to. No number of points lies between bounds that are crossed.

中文：加减分项的 `at_least` 不得大于 `at_most`。二者是该项合计的最低分和最高分，颠倒后没有任何分值符合。

Bad, `clerk.yaml` at 6:75::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
    adjustments:
      - {id: lateness, name: Lateness, points_each: -2, at_least: 0, at_most: -10}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
    adjustments:
      - {id: lateness, name: Lateness, points_each: -2, at_least: -10, at_most: 0}
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kpicard.numbers import read_decimal
from kpicard.problems import Problem
from kpicard.rules.document import Document


def check(document: Document) -> Iterator[Problem]:
    """Yield it at `at_most`."""
    for route, written in document.maps("adjustments", None):
        least, most = (read_decimal(str(written.get(key))) for key in ("at_least", "at_most"))
        if isinstance(least, Decimal) and isinstance(most, Decimal) and least > most:
            yield document.problem_at("crossed-bounds", (*route, "at_most"), least=least, most=most)
