"""The words of explanations, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kpicard.text import Both

WORDS: Final[Mapping[str, Both]] = {
    "explain": Both("How the scorecards are calculated", "绩效考核表计算过程"),
    "kpi": Both("{name} (weight {weight})", "{name}（权重 {weight}）"),
    "adjustments": Both("Points beside the 100", "加分项与减分项"),
    "result": Both("Total and grade", "总分与等级"),
    "advice": Both("To reach the next grade", "如何提升等级"),
    "months": Both("Months", "各月情况"),
    "ratio": Both("Ratio", "比率"),
    "curve": Both("On the curve", "计分区间"),
    "target-since": Both("{target}, from {period} on", "{target}（自 {period} 起）"),
    "target-own": Both("{target}, given with the actual", "{target}（随实际值给出）"),
    "for-lower": Both("{formula}, since lower is better", "{formula}（越低越好）"),
    "not-used": Both("{formula}; shown only, the score goes by the actual", "{formula}，仅供参考，按实际值计分"),
    "out": Both("none: the KPI does not count", "不计入"),
    "zero": Both("0.00, since nothing was reported", "0.00（因未填报）"),
    "as-it-is": Both("{formula}", "{formula}"),
    "corrected": Both("{formula}, so that all sum to 100", "{formula}，使合计为 100"),
    "x-actual": Both("{x}", "{x}"),
    "x-attainment": Both("attainment {x}", "达成率 {x}"),
    "line": Both(
        "{x}: on the straight line from {low} (score {low_score}) to {high} (score {high_score})",
        "{x}介于 {low}（{low_score} 分）与 {high}（{high_score} 分）之间，按直线插值",
    ),
    "itself": Both("{x}: the attainment is the score", "{x}，达成率即得分"),
    "cap": Both("{x}: {range}, the highest score there is", "{x}，{range}：得分封顶"),
    "zero_below": Both("{x}: {range}, no score", "{x}，{range}：不得分"),
    "points": Both("{x}: {range}, the same score all along", "{x}，{range}：得分不变"),
    "bands": Both("{x}: in band {number}, {range}", "{x}，落在第 {number} 档：{range}"),
    "otherwise": Both("{x}: in none of the bands, {range}", "{x}，不在任何一档：{range}"),
    "from": Both("{low} or more", "{low}及以上"),
    "above": Both("above {low}", "高于 {low}"),
    "upto": Both("{high} or less", "{high}及以下"),
    "below": Both("below {high}", "低于 {high}"),
    "from-upto": Both("from {low} up to {high}", "{low}至 {high}（均含）"),
    "from-below": Both("from {low} to below {high}", "{low}（含）至 {high}（不含）"),
    "above-upto": Both("above {low}, up to {high}", "{low}（不含）至 {high}（含）"),
    "above-below": Both("between {low} and {high}", "{low}至 {high}（均不含）"),
    "always": Both("every value", "任何数值"),
    "bound-at-least": Both("{formula}, at least {bound}: {points}", "{formula}，最低 {bound}，计 {points}"),
    "bound-at-most": Both("{formula}, at most {bound}: {points}", "{formula}，最高 {bound}，计 {points}"),
    "mean-points": Both("{points}, the mean of the months' points", "{points}（各月加减分的平均）"),
    "no-total": Both("none: no KPI counts", "无（没有参与计分的指标）"),
    "band": Both("{grade}: {total}, {range}", "{grade}：{total} 分，{range}"),
    "band-from": Both("{low} or more", "{low} 分及以上"),
    "band-below": Both("below {high}", "低于 {high} 分"),
    "band-between": Both("from {low} to below {high}", "{low} 分（含）至 {high} 分（不含）"),
    "band-always": Both("any total", "任何总分"),
    "weights": Both("Weights", "权重折算"),
    "weights-sum": Both("{sum}: not all KPIs count.", "{sum}，部分指标不计入。"),
    "vetoed": Both(
        "{kpi} scored {score}, below {bound}: grade {grade} at most",
        "{kpi}得分 {score}，低于 {bound}，等级最高为 {grade}",
    ),
    "by-total": Both("Grade by the total", "按总分的等级"),
    "axis-actual": Both("actual", "实际值"),
    "axis-attainment": Both("attainment", "达成率"),
    "mark-actual": Both("actual {x}: score {score}", "实际值 {x}：{score} 分"),
    "mark-target": Both("target {x}: score {score}", "目标值 {x}：{score} 分"),
    "mark-actual-attainment": Both("attainment {x}: score {score}", "达成率 {x}：{score} 分"),
    "mark-target-attainment": Both("target, attainment {x}: score {score}", "目标值，即达成率 {x}：{score} 分"),
    "withheld": Both(
        "{employee}, {role}, {period}: no card, for the problems reported with the run.",
        "{employee}，{role}，{period}：未出具考核表，原因见运行时报告的问题。",
    ),
}
