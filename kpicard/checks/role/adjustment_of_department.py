"""No KPI or adjustment of a role has the id of one of the department's adjustments.

The department's adjustments are every role's: a figure that names the id could be either one's.

中文：岗位的指标和加减分项不能与部门的加减分项使用同一标识。部门的加减分项适用于每个岗位，
标识相同就无法判断属于哪一个。

Bad, `department.yaml`::

    title: Shop
    grades: [{grade: A, from: 90, coefficient: 1.2}, {grade: B, from: 0, coefficient: 1}]
    adjustments:
      - {id: ideas, name: Ideas adopted, points_each: 2}

Bad, `clerk.yaml` at 6:10::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
    adjustments:
      - {id: ideas, name: Ideas written, points_each: 1}

Good, `department.yaml`::

    title: Shop
    grades: [{grade: A, from: 90, coefficient: 1.2}, {grade: B, from: 0, coefficient: 1}]
    adjustments:
      - {id: ideas, name: Ideas adopted, points_each: 2}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
    adjustments:
      - {id: ideas-written, name: Ideas written, points_each: 1}
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.checks.role_file import RoleFile
from kpicard.problems import Problem


def check(file: RoleFile) -> Iterator[Problem]:
    """Yield it at the id."""
    taken = {each.id for department in file.departments for each in department.adjustments}
    for key in ("kpis", "adjustments"):
        for route, id_ in file.document.find(key, None, "id"):
            if id_ in taken:
                yield file.document.problem_at("adjustment-of-department", route, id=id_)
