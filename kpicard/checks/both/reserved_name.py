"""No KPI or adjustment is called like a column of the actuals.

In a file with one row per person each KPI has a column of its own, headed by its name: one called "Target" or "备注"
would be taken for that column. Call it something else.

中文：指标和加减分项不能与实际值文件的表头同名。在“每人一行”的文件中，每个指标各占一列、以名称为表头；
若叫“目标值”或“备注”，就会被当成那一列。请换一个名称。

Bad, `clerk.yaml` at 4:23::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Target, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.headings import WORDS
from kpicard.problems import Problem
from kpicard.rules.document import Document
from kpicard.text import LANGUAGES, fold

_NAMES = (("id",), ("name",), *(("name", language) for language in LANGUAGES))


def check(document: Document) -> Iterator[Problem]:
    """Yield it at the id or name."""
    for key in ("kpis", "adjustments"):
        for pattern in _NAMES:
            for route, name in document.find(key, None, *pattern):
                if fold(name) in WORDS:
                    yield document.problem_at("reserved-name", route, name=name, column=WORDS[fold(name)])
