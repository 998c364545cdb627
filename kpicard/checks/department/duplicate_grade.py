"""A grade is named only once.

A card that says `A` must mean one band and one coefficient.

中文：等级名称不能重复。考核表上的 `A` 必须只对应一个分数段和一个绩效系数。

Bad, `department.yaml` at 4:13::

    title: Shop
    grades:
      - {grade: A, from: 60, coefficient: 1.2}
      - {grade: A, from: 0, coefficient: 1}

Good, `department.yaml`::

    title: Shop
    grades:
      - {grade: A, from: 60, coefficient: 1.2}
      - {grade: B, from: 0, coefficient: 1}
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.problems import Problem
from kpicard.rules.document import Document


def check(document: Document) -> Iterator[Problem]:
    """Yield it at each name that stands further up already."""
    lines: dict[str, int] = {}
    for route, written in document.find("grades", None, "grade"):
        grade = written.strip()
        if grade in lines:
            yield document.problem_at("duplicate-grade", route, grade=grade, line=lines[grade])
        else:
            lines[grade] = document.values[route][0]
