"""The words of the reports on changes over periods, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kpicard.text import Both

WORDS: Final[Mapping[str, Both]] = {
    "against": Both("Against {period}: {said}", "较 {period}：{said}"),
    "total-changed": Both("total {change} ({before} → {after})", "总分 {change}（{before} → {after}）"),
    "grade-changed": Both("grade {before} → {after}", "等级 {before} → {after}"),
    "grade-stays": Both("grade {after} as before", "等级仍为 {after}"),
    "other-rules": Both("scored by other rules", "两期考核规则不同"),
    "trends": Both("Trend over the periods", "绩效走势"),
    "change": Both("Change", "较上期"),
    "people": Both("People", "人数"),
    "totals": Both("People: total", "员工总分"),
    "means": Both("Roles: mean total, and mean score of each KPI", "岗位平均总分及各考核指标平均得分"),
    "scores": Both("{role}: {kpi}, score and actual", "{role}：{kpi}得分与实际值"),
    "person": Both("{employee}  {role}: score and actual", "{employee}  {role}：得分与实际值"),
    "adjustment": Both("{name} (points)", "{name}（加减分）"),
    "mean": Both("Mean of {count}", "{count} 人平均"),
    "not_reported": Both("not reported", "未填报"),
    "legend": Both(
        "Change: against the card before. Trend: ▁ is below 15, each step 15 more, █ from 105 on; · is no figure.",
        "“较上期”指与上一张考核表相比。走势：▁ 为 15 分以下，每高一格多 15 分，█ 为 105 分及以上；· 为无数据。",
    ),
    "one-period": Both(
        "There is only one period: give the files of several to see how people came along.",
        "只有一个考核周期：请提供多个周期的文件，才能看出变化。",
    ),
    "withheld": Both("Withheld, and therefore gaps: {people}.", "因考核表未出具而留空：{people}。"),
    "more-people": Both("{people} and {count} more people", "{people}等，另有 {count} 人"),
    "cut": Both(
        "No room for all {count} periods: figures of the last {shown}, sparklines of the last {drawn}; "
        "`--output trend.md` has all.",
        "共 {count} 个考核周期，此处列出最近 {shown} 个的数值和最近 {drawn} 个的走势；`--output trend.md` 可列出全部。",
    ),
    "see-more": Both(
        "One person, KPI by KPI: add `--employee {employee}`; one KPI: `--kpi {kpi}`.",
        "查看单人各项指标：加上 `--employee {employee}`；查看单项指标：加上 `--kpi {kpi}`。",
    ),
}
