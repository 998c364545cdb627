"""The words of the reports on an impact, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kpicard.impact.values import Cause, SideName
from kpicard.text import Both

WORDS: Final[Mapping[str, Both]] = {
    "impact": Both("Impact of the change of rules", "规则变更的影响"),
    "change": Both("Change", "变化"),
    "cards": Both("Cards", "考核表"),
    "up": Both("Grade up", "等级上升"),
    "down": Both("Grade down", "等级下降"),
    "total-up": Both("Total up", "总分上升"),
    "total-down": Both("Total down", "总分下降"),
    "mean": Both("Mean change", "总分平均变化"),
    "all": Both("All", "合计"),
    "grade-changes": Both("Cards that change grade", "等级变化的考核表"),
    "total-changes": Both("Cards that change but keep their grade", "等级不变、分数或系数变化的考核表"),
    "details": Both("Which KPI does it", "由哪些指标引起"),
    "not-compared": Both("Not compared", "无法比较"),
    "scales": Both("The grade scale changes", "等级标准有变化"),
    "new-kpi": Both("new", "新增"),
    "kpi-left-out": Both("no longer in the role", "岗位已取消该指标"),
    "rescored": Both("scoring changed", "计分方法有变"),
    "by-scale": Both("The total is the same; the grade scale changes.", "总分不变，等级标准有变化。"),
    "no-details": Both("No KPI earns other points.", "各指标加权得分不变。"),
    "new-grade": Both("{grade} is new", "新增 {grade}"),
    "grade-left-out": Both("{grade} is gone", "取消 {grade}"),
    "grade-from": Both("{grade} from {before} → {after}", "{grade} 分数线 {before} → {after}"),
    "grade-coefficient": Both("{grade} coefficient {before} → {after}", "{grade} 系数 {before} → {after}"),
    "grade-order": Both("the grades are in another order", "等级顺序有变化"),
    "veto-before": Both(
        "before, the veto of {kpis} held the grade at {grade}", "变更前：“{kpis}”触发否决，等级最高为 {grade}"
    ),
    "veto-after": Both(
        "now the veto of {kpis} holds the grade at {grade}", "变更后：“{kpis}”触发否决，等级最高为 {grade}"
    ),
    "cut": Both(
        "… and {count} more lines that have no room here; `--format json` has them all.",
        "……另有 {count} 行因篇幅所限未列出；`--format json` 可列出全部。",
    ),
    "more": Both(
        "All {count} cards that change, KPI by KPI: add `--output impact.md`; one card: add `--employee {employee}`.",
        "逐项查看 {count} 张有变化的考核表：加上 `--output impact.md`；查看单张：加上 `--employee {employee}`。",
    ),
    "problems-before": Both("Only by the rules before ({rules}):", "仅按变更前的规则（{rules}）："),
}

CAUSES: Final[Mapping[Cause, Both]] = {
    "no-role": Both("there is no such role", "没有该岗位"),
    "broken-role": Both("the role's file has errors", "岗位文件有错误"),
    "no-grades": Both("there are no grades to score by", "没有可用的等级标准"),
    "withheld": Both("withheld", "未出具"),
}
"""Why rules give no card."""

SIDES: Final[Mapping[SideName, Both]] = {"before": Both("before", "变更前"), "after": Both("after", "变更后")}
