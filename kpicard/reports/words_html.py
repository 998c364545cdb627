"""The words that only the HTML report has, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kpicard.text import Both

WORDS: Final[Mapping[str, Both]] = {
    "skip": Both("Skip to the content", "跳到正文"),
    "contents": Both("Contents", "目录"),
    "whole": Both("Summary {period}", "{period} 汇总"),
    "to-summary": Both("Back to the summary", "返回汇总"),
    "combined": Both("People with several roles", "多岗位合并总分"),
    "by-role": Both("By role", "按岗位"),
    "by-team": Both("By team", "按团队"),
    "grade-counts": Both("Grades", "等级分布"),
    "card-count": Both("Cards", "考核表数"),
    "quota-limit": Both("Quota", "名额规定"),
    "holders": Both("Have it", "实际人数"),
    "would-be-over": Both("Would be over", "超出名额"),
    "allowed": Both("Allowed", "名额"),
    "nobody": Both("nobody", "无"),
    "change": Both("Change", "较上期"),
    "against": Both("Against {period}", "较 {period}"),
    "base": Both("Bonus base", "奖金基数"),
    "months": Both("Months", "各月情况"),
    "advice": Both("Towards the next grade", "改进建议"),
    "about": Both("What is measured, and how it is scored", "指标说明与计分曲线"),
    "curve": Both("Score by what is measured", "计分曲线"),
    "self": Both("Self-assessment", "自我评价"),
    "supervisor": Both("Supervisor's assessment", "上级评价"),
    "sign-employee": Both("Employee's signature", "被考核人签字"),
    "sign-supervisor": Both("Supervisor's signature", "考核人签字"),
    "date": Both("Date", "日期"),
    "withheld": Both("Withheld cards", "未出具的考核表"),
    "withheld-note": Both(
        "Each could not be scored for a problem that is listed at the end.",
        "因数据或规则有误未能出具，详见文末“问题”。",
    ),
    "problems": Both("Problems", "问题"),
    "place": Both("Place", "位置"),
    "severity": Both("Severity", "级别"),
    "what": Both("What is wrong, and how to mend it", "问题与处理办法"),
    "no-cards": Both("There are no scorecards.", "没有考核表。"),
    "find": Both("Find", "查找"),
    "all": Both("all", "全部"),
    "shown": Both("{shown} of {all}", "显示 {shown} / {all}"),
}
