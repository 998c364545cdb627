"""Around the target the score depends on the actual.

From 80 % to 120 % of the target everybody scores the same, and that is where nearly all figures lie: being better is
not worth anything, and being worse costs nothing. Where a range is best (`better: within`), that is what it is for.

中文：目标值附近的得分应随实际值变化。在目标值的 80% 到 120% 之间得分完全相同，而绝大多数实际值都在这一范围：
做得好没有回报，做得差也不扣分。区间类指标（`better: within`）本应如此，不在此列。

Bad, `clerk.yaml` at 5:15::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders,
         scoring: {method: linear, points: [[40, 100], [60, 0]]}}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders,
         scoring: {method: linear, points: [[15, 120], [30, 100], [60, 0]]}}
"""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.checks.role_file import RoleFile
from kpicard.problems import Problem
from kpicard.rules.curve import Curve


def check(file: RoleFile) -> Iterator[Problem]:
    """Yield it at `scoring`, once for a KPI: for the first of its targets around which the score stays the same."""
    for kpi in file.kpis:
        if kpi.better == "within":
            continue
        curve = kpi.possible_under(kpi.cap)
        flat = [each for each in kpi.at_targets() if curve and each.target > 0 and _is_flat(curve, each.x)]
        for _, target, score, _ in flat[:1]:
            yield file.document.problem_at("flat-curve", (*kpi.route, "scoring"), score=score, target=target)


def _is_flat(curve: Curve, x: int) -> bool:
    """Whether the score is the same from 80 % to 120 % of an x in millionths."""
    low, high = x * 4 // 5, x * 6 // 5
    pieces = [piece for piece in curve.segments if piece.first <= high and piece.last >= low]
    ends = {piece.score_at(x) for piece in pieces for x in (max(piece.first, low), min(piece.last, high))}
    return len(ends) == 1
