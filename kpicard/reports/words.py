"""The words of the reports, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kpicard.text import Both

WORDS: Final[Mapping[str, Both]] = {
    "error": Both("error", "错误"),
    "warning": Both("warning", "警告"),
    "summary": Both("Summary", "汇总"),
    "scorecards": Both("Scorecards", "绩效考核表"),
    "rank": Both("Rank", "排名"),
    "period": Both("Period", "考核周期"),
    "employee": Both("Employee", "员工"),
    "team": Both("Team", "团队"),
    "role": Both("Role", "岗位"),
    "kpi": Both("KPI", "考核指标"),
    "weight": Both("Weight", "权重"),
    "effective-weight": Both("Effective weight", "有效权重"),
    "target": Both("Target", "目标值"),
    "actual": Both("Actual", "实际值"),
    "attainment": Both("Attainment", "达成率"),
    "bar": Both("│ = 100%", "│ = 100%"),
    "score": Both("Score", "得分"),
    "points": Both("Points", "加权得分"),
    "total": Both("Total", "总分"),
    "grade": Both("Grade", "等级"),
    "coefficient": Both("Coefficient", "绩效系数"),
    "none-reported": Both("none reported", "未填报"),
    "at-least": Both("at least", "最低"),
    "at-most": Both("at most", "最高"),
    "vetoed": Both(
        "Veto: {kpi} scored {score}, below {bound}: grade {grade} at most (by the total: {by_total}).",
        "否决：{kpi}得分 {score}，低于 {bound}，等级最高为 {grade}（按总分为 {by_total}）。",
    ),
    "change": Both("Change", "较上期"),
    "trend": Both("Trend", "走势"),
    "bonus": Both("Bonus", "奖金"),
    "rules": Both("Rules", "规则指纹"),
    "lost": Both("Points lost against target", "较达标失分"),
    "nothing-lost": Both("none", "无"),
    "not_applicable": Both("not applicable", "不适用"),
    "not-assessed": Both("not assessed", "不予考核"),
    "rescaled": Both(
        "The weights that count sum to {weight}: effective weight = weight × 100 ÷ {weight}, such that all sum to 100.",
        "参与计分的权重合计为 {weight}：有效权重 = 权重 × 100 ÷ {weight}，合计为 100。",
    ),
    "counted-zero": Both("not reported, scored 0", "未填报，按 0 分计"),
    "left-out": Both("not reported, left out", "未填报，不计入"),
    "see-card": Both("One card: add `--employee {employee}`.", "查看单张考核表：加上 `--employee {employee}`。"),
    "cards": Both("Cards: {count} scored.", "考核表：已出具 {count} 张。"),
    "cards-withheld": Both(
        "Cards: {count} scored, {withheld} withheld.", "考核表：已出具 {count} 张，{withheld} 张未出具。"
    ),
    "more-problems": Both(
        "… and {count} more problems; `--format json` lists them.",
        "……还有 {count} 个问题，可用 `--format json` 查看。",
    ),
    "roles": Both("Roles", "岗位"),
    "id": Both("Id", "标识"),
    "title": Both("Title", "名称"),
    "responsibilities": Both("Responsibilities", "岗位职责"),
    "kpis": Both("KPIs", "考核指标"),
    "definition": Both("Definition", "指标定义"),
    "possible": Both("Possible", "取值范围"),
    "source": Both("Source", "数据来源"),
    "scoring": Both("Scoring", "计分方法"),
    "measures": Both("Evidence for", "对应职责"),
    "veto": Both("Veto", "否决项"),
    "veto-rule": Both("score below {bound}: grade {grade} at most", "得分低于 {bound} 时，等级最高为 {grade}"),
    "adjustments": Both("Points beside the 100", "加分项与减分项"),
    "points-each": Both("{points} points each", "每{unit} {points} 分"),
    "one-each": Both("each", "项"),
    "since": Both("from {period}", "（自 {period} 起）"),
    "grades": Both("Grades", "等级标准"),
    "label": Both("Meaning", "说明"),
    "higher": Both("higher is better", "越高越好"),
    "lower": Both("lower is better", "越低越好"),
    "within": Both("within a range", "以落在区间内为佳"),
    "see-role": Both("One duty sheet: `kpicard roles {role}`.", "查看岗位说明书：`kpicard roles {role}`。"),
}
