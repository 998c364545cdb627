"""A quota lists its headcounts from the smallest up, and `else` last.

Whoever reads it from the top takes the first one that fits; in another order that would be a wrong one.

中文：名额按人数从小到大排列，`else` 放在最后。这样从上往下第一个适用的就是正确的名额。

Bad, `department.yaml` at 3:25::

    title: Shop
    grades: [{grade: A, from: 90, coefficient: 1.2}, {grade: B, from: 0, coefficient: 1}]
    quota: {A: {up_to_9: 2, up_to_5: 1, else: 10%}}

Good, `department.yaml`::

    title: Shop
    grades: [{grade: A, from: 90, coefficient: 1.2}, {grade: B, from: 0, coefficient: 1}]
    quota: {A: {up_to_5: 1, up_to_9: 2, else: 10%}}
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kpicard.problems import Problem
from kpicard.rules.document import Document
from kpicard.rules.quota import ELSE, headcount


def check(document: Document) -> Iterator[Problem]:
    """Yield it at each headcount that stands behind a larger one."""
    for route, quotas in document.maps("quota"):
        for grade, quota in quotas.items():
            keys = [key for key in quota if key == ELSE or headcount(key)] if isinstance(quota, dict) else []
            for before, key in pairwise(keys):
                if before == ELSE or (key != ELSE and (headcount(key) or 0) < (headcount(before) or 0)):
                    yield document.problem_at_key("quota-out-of-order", (*route, grade, key), key=key, before=before)
