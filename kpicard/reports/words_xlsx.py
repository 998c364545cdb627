"""The words of the workbook, in both languages; what other reports say too is among their words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kpicard.reports.words import WORDS as COMMON
from kpicard.text import Both, Language, say

WORDS: Final[Mapping[str, Both]] = {
    "months": Both("Months", "各月总分"),
    "combined": Both("Several roles", "兼岗综合"),
    "data": Both("Data", "明细数据"),
    "rules": Both("Rules", "计分规则"),
    "withheld": Both("Withheld", "未出具"),
    "problems": Both("Problems", "问题清单"),
    "name": Both("Name", "姓名"),
    "number": Both("No.", "序号"),
    "with-unit": Both("{name} ({unit})", "{name}（{unit}）"),
    "base": Both("Bonus base", "奖金基数"),
    "bonus": Both("Bonus", "奖金"),
    "days": Both("Days", "在岗天数"),
    "share": Both("Share", "任职占比"),
    "unit": Both("Unit", "单位"),
    "status": Both("Status", "状态"),
    "scored": Both("scored", "已计分"),
    "adjustment": Both("points beside the 100", "加减分项"),
    "numerator": Both("Numerator", "分子"),
    "denominator": Both("Denominator", "分母"),
    "role-id": Both("Role id", "岗位标识"),
    "kpi-id": Both("KPI id", "指标标识"),
    "full-weight": Both("Weights that count", "计分权重合计"),
    "count": Both("Count", "数量"),
    "notes": Both("Notes", "说明"),
    "fingerprint": Both("Fingerprint", "规则指纹"),
    "sheet": Both("Sheet", "工作表"),
    "periods": Both("Periods", "考核周期"),
    "cards": Both("Cards", "考核表（张）"),
    "from": Both("From (total)", "分数线（含）"),
    "how": Both("How it comes about", "计算过程"),
    "place": Both("Place", "位置"),
    "severity": Both("Severity", "级别"),
    "code": Both("Code", "代码"),
    "message": Both("What is wrong", "问题"),
    "hint": Both("How to mend it", "处理办法"),
    "scale-from": Both("from {period}", "{period} 起"),
    "summary-note": Both(
        "{count} cards; totals, grades and coefficients are taken from the sheet of each role. "
        "An employee leads to that card.",
        "共 {count} 张考核表；总分、等级和绩效系数取自各岗位工作表，点击员工可跳到该考核表。",
    ),
    "withheld-note": Both(
        "{count} cards are withheld: see the sheet “{withheld}”.", "另有 {count} 张未出具，见工作表“{withheld}”。"
    ),
    "problem-count": Both(
        "{count} problems: see the sheet “{problems}”.", "发现 {count} 个问题，见工作表“{problems}”。"
    ),
    "role-note": Both(
        "Points = score × effective weight ÷ 100, rounded to four decimals; total = the sum of the points, rounded to "
        "two. Points and total are formulas. The effective weight is the weight, unless a KPI is left out.",
        "加权得分 = 得分 × 有效权重 ÷ 100，四舍五入到四位小数；总分 = 各项加权得分之和，四舍五入到两位小数。"
        "加权得分和总分均为公式。"
        "没有指标不计入时，有效权重就是权重。",
    ),
    "months-note": Both(
        "Total = the mean of the monthly totals, rounded to two decimals.",
        "总分 = 各月总分的平均值，四舍五入到两位小数。",
    ),
    "combined-note": Both(
        "One total for whoever has several roles in a period, weighted by days or share; not formulas.",
        "同一周期兼任多个岗位的员工，按在岗天数或任职占比加权得出一个总分；不是公式。",
    ),
    "data-note": Both(
        "One row per card and KPI, for pivot tables; the figures are those of the cards, not formulas.",
        "每张考核表的每个指标一行，便于做数据透视表；均为考核表上的数值，不含公式。",
    ),
    "rules-note": Both(
        "A total takes the grade with the highest bound that it reaches; below all of them, the lowest grade.",
        "总分达到哪一档分数线即为该等级；低于所有分数线的，按最低一档。",
    ),
    "rounding-note": Both(
        "The formulas count in ten-thousandths, in whole numbers: a half is then rounded up in every spreadsheet, "
        "as it is on the card.",
        "公式先换算成万分之一分的整数再舍入，这样恰好半分时，各种表格软件的结果都与考核表一致。",
    ),
    "veto-note": Both(
        "Where a role has a KPI with a veto, grade and coefficient are no formulas: they stay as they were scored.",
        "岗位设有否决项时，等级和绩效系数不用公式，保持计分时的结果。",
    ),
    "digits-note": Both(
        "A figure of more than 15 digits is a text, since a spreadsheet keeps no more; what is computed from it is no "
        "formula.",
        "超过 15 位的数字以文本保存（表格软件只保留 15 位），由它算出的结果不用公式。",
    ),
    "fingerprints-note": Both(
        "The rules that scored the cards, by their fingerprints: equal fingerprints, equal rules.",
        "计分所用规则的指纹：指纹相同，规则相同。",
    ),
    "withheld-sheet-note": Both(
        "These cards are withheld, each for a problem in the list of problems; they are on no other sheet.",
        "以下考核表因存在问题未出具（见问题清单），其他工作表中没有。",
    ),
    "problems-note": Both(
        "What is wrong with the rules and the files of actuals, and how to mend it.",
        "计分规则和数据文件中发现的问题，以及处理办法。",
    ),
    "too-many-rows": Both(
        "a sheet takes {limit} rows, and {rows} are needed: use --format csv",
        "一张工作表最多 {limit} 行，而这里需要 {rows} 行：请改用 --format csv",
    ),
}


def words(language: Language, word: str) -> str:
    """Return a word of the workbook, or one that all reports have."""
    return say(WORDS.get(word) or COMMON[word], language)
