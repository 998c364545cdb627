"""A veto names a grade of the department.

`grade_at_most` is the best grade that a card can have when the KPI's score is too low. It must be a grade in every
version of the department that the role is scored by.

中文：否决项中的等级必须是部门已有的等级。`grade_at_most` 是该指标得分过低时可得的最高等级，
并且在该岗位适用的每个部门版本中都要有。

Bad, `clerk.yaml` at 5:45::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders,
         veto: {score_below: 60, grade_at_most: Z}}

Bad, `department.yaml`::

    title: Shop
    grades: [{grade: A, from: 90, coefficient: 1.2}, {grade: B, from: 0, coefficient: 1}]

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders,
         veto: {score_below: 60, grade_at_most: B}}

Good, `department.yaml`::

    title: Shop
    grades: [{grade: A, from: 90, coefficient: 1.2}, {grade: B, from: 0, coefficient: 1}]
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.checks.role_file import RoleFile
from kpicard.nearest import nearest
from kpicard.problems import Problem


def check(file: RoleFile) -> Iterator[Problem]:
    """Yield it at the grade."""
    for route, written in file.document.find("kpis", None, "veto", "grade_at_most"):
        name = written.strip()
        for department in file.departments:
            known = tuple(grade.grade for grade in department.grades)
            if name not in known:
                meant = nearest(name, known)
                yield file.document.problem_at("unknown-grade", route, grade=name, nearest=meant, known=known)
                break
