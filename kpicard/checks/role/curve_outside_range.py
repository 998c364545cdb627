"""A curve on the actual has a point or a band in the range of its KPI.

Where all of them lie outside, the curve was made for other figures: for percents of the target, which
`axis: attainment` scores, or for another unit.

中文：按实际值计分的曲线，至少要有一个折点或一档在指标的取值范围内。全部在范围之外，说明曲线是为其他数值写的：
可能是达成率（应写 `axis: attainment`），也可能是另一种单位。

Bad, `clerk.yaml` at 5:42::

    id: clerk
    title: Clerk
    kpis:
      - {id: rating, name: Rating, weight: 100, better: higher, definition: Stars, source: Orders,
         range: {from: 1, upto: 5}, scoring: {method: linear, points: [[60, 0], [90, 100], [100, 120]]}}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: rating, name: Rating, weight: 100, better: higher, definition: Stars, source: Orders,
         range: {from: 1, upto: 5}, scoring: {method: linear, points: [[3, 0], [4.5, 100], [4.8, 120]]}}
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.checks.role_file import RoleFile
from kpicard.problems import Problem


def check(file: RoleFile) -> Iterator[Problem]:
    """Yield it at `scoring`."""
    for kpi in file.kpis:
        if kpi.is_curve_outside:
            values = {"range": kpi.bounds.words, "time": kpi.time}
            yield file.document.problem_at("curve-outside-range", (*kpi.route, "scoring"), **values)
