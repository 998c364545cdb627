"""A quota names a grade of the department.

A quota for a grade that nobody can have would hold nobody back, and a misspelt one not those that it is meant for.

中文：名额中的等级必须是部门已有的等级。写错的等级名称起不到任何限制作用。

Bad, `department.yaml` at 3:9::

    title: Shop
    grades: [{grade: A, from: 90, coefficient: 1.2}, {grade: B, from: 0, coefficient: 1}]
    quota: {S: 10%}

Good, `department.yaml`::

    title: Shop
    grades: [{grade: A, from: 90, coefficient: 1.2}, {grade: B, from: 0, coefficient: 1}]
    quota: {A: 10%}
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.nearest import nearest
from kpicard.problems import Problem
from kpicard.rules.document import Document


def check(document: Document) -> Iterator[Problem]:
    """Yield it at the grade."""
    known = tuple(grade.strip() for _, grade in document.find("grades", None, "grade"))
    for route, quotas in document.maps("quota"):
        for written in quotas if known else ():
            grade = written.strip()
            if grade not in known:
                yield document.problem_at_key(
                    "quota-for-unknown-grade",
                    (*route, written),
                    grade=grade,
                    nearest=nearest(grade, known),
                    known=known,
                )
