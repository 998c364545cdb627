"""The words of the whole department's summary, beside those of the cards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kpicard.reports import words
from kpicard.text import Both, Language, say

WORDS: Final[Mapping[str, Both]] = {
    "department": Both("Department summary", "部门绩效汇总"),
    "spread": Both("Totals", "总分分布"),
    "ranking": Both("Ranking", "排名"),
    "whole": Both("All", "全部"),
    "no-team": Both("no team", "未填团队"),
    "assessed": Both("Assessed", "已考核"),
    "some": Both("{assessed} of {cards}", "{assessed}/{cards}"),
    "mean": Both("Mean", "平均分"),
    "median": Both("Median", "中位数"),
    "lowest": Both("Lowest", "最低分"),
    "highest": Both("Highest", "最高分"),
    "deviation": Both("Std dev", "标准差"),
    "grades": Both("Grades", "等级分布"),
    "count": Both("Cards", "人次"),
    "share": Both("Share", "占比"),
    "bonus-head": Both("Bonus", "奖金"),
    "bonus-of": Both("{bonus}\n({count} of {cards})", "{bonus}\n（{count}/{cards}）"),
    "quota": Both("{grade}: {count} of at most {allowed}", "{grade}：{count} 人，名额 {allowed} 人"),
    "quota-of": Both(
        "{grade}: {count} of at most {allowed} ({limit} of {people})",
        "{grade}：{count} 人，名额 {allowed} 人（{people} 人的 {limit}）",
    ),
    "over": Both("; over: {who}", "；超出名额：{who}"),
    "tie": Both(" (equal totals are over together)", "（总分相同者一并计入超出）"),
    "quotas": Both("Quota", "等级名额"),
    "quota-of-all": Both(
        "Quotas are for the whole department: they show without `--employee` and `--role`.",
        "等级名额按整个部门计算：不加 `--employee`、`--role` 时才会列出。",
    ),
    "quota-note": Both("Quotas never change a grade.", "名额仅作提示，不改变任何等级。"),
    "more": Both("{who} and {count} more", "{who} 等共 {all} 人"),
    "combined-by-days": Both(
        "{who}, combined by days: ({parts}) ÷ {whole} = {total}, grade {grade} ×{coefficient}",
        "{who} 按在岗天数合并：（{parts}）÷ {whole} = {total}，等级 {grade}，绩效系数 {coefficient}",
    ),
    "combined-by-share": Both(
        "{who}, combined by share: ({parts}) ÷ {whole} = {total}, grade {grade} ×{coefficient}",
        "{who} 按任职占比合并：（{parts}）÷ {whole} = {total}，等级 {grade}，绩效系数 {coefficient}",
    ),
    "capped": Both(", at most that by a veto (by the total: {by_total})", "，受否决项限制（按总分为 {by_total}）"),
    "part-not-assessed": Both("; not assessed, left out: {roles}", "；不予考核、不计入：{roles}"),
    "no-combined": Both(
        "{who}, several roles: no combined total, since the card for {roles} is withheld",
        "{who} 有多个岗位：“{roles}”的考核表未出具，暂无合并总分",
    ),
    "none-counts": Both(
        "{who}, several roles: no combined total, since no card counts", "{who} 有多个岗位：均不计入，无合并总分"
    ),
    "withheld": Both("Withheld, not counted here ({count}): {who}", "未出具、不计入本汇总（{count} 张）：{who}"),
    "bonus": Both("Bonus: {base} × {coefficient} = {bonus}", "奖金：{base} × {coefficient} = {bonus}"),
    "no-bonus": Both("Bonus base {base}; not assessed, so no bonus", "奖金基数 {base}；不予考核，无奖金"),
}


def word(name: str, language: Language) -> str:
    """Return a word of this report, or of the cards'."""
    return say((WORDS if name in WORDS else words.WORDS)[name], language)
