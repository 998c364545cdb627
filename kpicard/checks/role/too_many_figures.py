"""A card has at most 62 figures: a role's KPIs and adjustments, and the department's adjustments.

Nobody can steer by so many; and the engine that scores a card has no room for more.

Example: a role with 60 KPIs and 3 adjustments.

中文：一张考核表最多有 62 个数据：岗位的指标、加减分项和部门的加减分项合计。更多则无从抓重点，计分引擎也无法容纳。

例：一个岗位有 60 个指标和 3 个加减分项。
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.checks.role_file import RoleFile
from kpicard.problems import Problem
from kpicard.rules.models import MOST_ITEMS


def check(file: RoleFile) -> Iterator[Problem]:
    """Yield it at the adjustments; where the role has none, at the KPIs. Too many KPIs alone are `too-many`."""
    own = file.document.size("adjustments")
    shared = max((len(department.adjustments) for department in file.departments), default=0)
    kpis = file.document.size("kpis")
    if kpis <= MOST_ITEMS < kpis + own + shared:
        key = "adjustments" if own else "kpis"
        yield file.document.problem_at_key("too-many-figures", (key,), found=kpis + own + shared, limit=MOST_ITEMS)
