"""A role's id is the name of its file.

The id is how rosters, CSV files and commands call the role, the file is where people look for it. A version may have
its period in the name: `clerk.2026-07.yaml` holds the role `clerk`.

中文：岗位的标识必须与文件名一致。名单、CSV 和命令用标识称呼岗位，而人按文件名查找。文件名可带版本月份：
`clerk.2026-07.yaml` 中的岗位是 `clerk`。

Bad, `clerk.yaml` at 1:5::

    id: order-clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}

Good, `order-clerk.yaml`::

    id: order-clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.checks.role_file import RoleFile
from kpicard.problems import Problem
from kpicard.rules.file_name import file_name


def check(file: RoleFile) -> Iterator[Problem]:
    """Yield it at the id."""
    stem = file_name(file.document.path).id
    for route, id_ in file.document.find("id"):
        if id_ != stem:
            yield file.document.problem_at("id-not-file-name", route, id=id_, stem=stem)
