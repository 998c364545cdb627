"""No KPI or adjustment of a role is called like one of the department's adjustments.

The department's adjustments are every role's: a figure under their id or name could be either one's.

中文：岗位的指标和加减分项不能与部门的加减分项同名或使用同一标识。部门的加减分项适用于每个岗位，
名称或标识相同就无法判断属于哪一个。

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
from kpicard.text import LANGUAGES, fold, spellings

NAMES = (("id",), ("name",), *(("name", language) for language in LANGUAGES))


def check(file: RoleFile) -> Iterator[Problem]:
    """Yield it at the id or the name."""
    shared = [each for department in file.departments for each in department.adjustments]
    taken = {fold(word) for each in shared for word in (each.id, *spellings(each.name))}
    for key in ("kpis", "adjustments") if taken else ():
        for pattern in NAMES:
            for route, word in file.document.find(key, None, *pattern):
                if fold(word) in taken:
                    yield file.document.problem_at("adjustment-of-department", route, id=word)
