"""A file whose name has a month says the same month in `from`.

`clerk.2026-07.yaml` is the version of the role `clerk` from July 2026 on. Its `from` decides what scores a card, its
name is where people look: if they differ, one of them misleads.

中文：文件名中的月份必须与 `from` 一致。`clerk.2026-07.yaml` 是岗位 `clerk` 自 2026 年 7 月起的版本。
考核以 `from` 为准，而人按文件名查找，二者不一致会误导。

Bad, `clerk.2026-07.yaml` at 2:7::

    id: clerk
    from: 2026-08
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}

Good, `clerk.2026-07.yaml`::

    id: clerk
    from: 2026-07
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.problems import Problem
from kpicard.rules.document import Document
from kpicard.rules.file_name import file_name


def check(document: Document) -> Iterator[Problem]:
    """Yield it at `from`; where there is none, at the start of the file."""
    period = file_name(document.path).period
    start = next((text for _, text in document.find("from")), None)
    if period and start != period:
        yield document.problem_at("from-not-file-name", ("from",), period=period, start=start)
