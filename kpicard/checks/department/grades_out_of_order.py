"""Grades are listed from the best to the last, each `from` below the one before.

A grade reaches from its `from` up to the `from` above it; out of order, some would hold nothing.

中文：等级必须从高到低排列，每个 `from` 都小于前一个。每个等级从自己的 `from` 起，到上一等级的 `from` 为止；
顺序颠倒时，有的等级便空无一人。

Bad, `department.yaml` at 4:22::

    title: Shop
    grades:
      - {grade: B, from: 60, coefficient: 1}
      - {grade: A, from: 90, coefficient: 1.2}

Good, `department.yaml`::

    title: Shop
    grades:
      - {grade: A, from: 90, coefficient: 1.2}
      - {grade: B, from: 60, coefficient: 1}
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from kpicard.numbers import read_decimal
from kpicard.problems import Problem
from kpicard.rules.document import Document


def check(document: Document) -> Iterator[Problem]:
    """Yield it at each `from` that is not below the one before."""
    read = [(route, read_decimal(text)) for route, text in document.find("grades", None, "from")]
    bounds = [(route, bound) for route, bound in read if isinstance(bound, Decimal)]
    for (above_route, above), (route, bound) in pairwise(bounds):
        if bound >= above:
            line, _ = document.values[above_route]
            yield document.problem_at("grades-out-of-order", route, bound=bound, above=above, line=line)
