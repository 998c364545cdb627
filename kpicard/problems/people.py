"""Problems of the numbers about a card as a whole: its bonus base, and how long the employee had the role."""

from __future__ import annotations

from kpicard.problems.entry import Entry
from kpicard.text import Both

_LEFT_OVER = Both("{understood} is understood, but not `{left}`", "已识别 {understood}，但无法识别“{left}”")

ENTRIES = {
    "bad-base": Entry(
        Both("`{value}` is no bonus base that can be read", "“{value}”无法识别为奖金基数"),
        (
            _LEFT_OVER,
            Both(
                "write an amount in yuan, as 8000; nothing where there is none",
                "请以元为单位填写金额，如 8000；没有则留空",
            ),
        ),
    ),
    "bad-days": Entry(
        Both("`{value}` is no number of days in a role that can be read", "“{value}”无法识别为在岗天数"),
        (
            _LEFT_OVER,
            Both("write the days of the month in the role, from 0 to 31", "请填写当月在该岗位的天数，0 到 31"),
        ),
    ),
    "bad-share": Entry(
        Both("`{value}` is no share of a month that can be read", "“{value}”无法识别为任职占比"),
        (
            _LEFT_OVER,
            Both("write a percentage above 0 and up to 100, as 50%", "请填写大于 0、不超过 100 的百分比，如 50%"),
        ),
    ),
    "number-differs": Entry(
        Both(
            "{column} of {employee} in {period} is `{value}` here, and `{first}` at {other}",
            "{employee} {period} 的{column}在此处为“{value}”，在 {other} 处为“{first}”",
        ),
        (Both("a card has one: make both the same", "一张考核表只能有一个，请保持一致"),),
    ),
    "part-unknown": Entry(
        Both(
            "{employee} has several roles in {period}, and no {column} for {role}: there is no combined total",
            "{employee} {period} 有多个岗位，但“{role}”没有{column}，无法计算合并总分",
        ),
        (Both("fill in {column} for every role of the month", "请为当月每个岗位填写{column}"),),
        "warning",
    ),
    "shares-above-100": Entry(
        Both(
            "the shares of {employee} in {period} sum to {sum}%",
            "{employee} {period} 的任职占比合计为 {sum}%",
        ),
        (Both("they are weighed against each other as they stand; check them", "目前按填写的比例折算，请核对"),),
        "warning",
    ),
    "base-twice": Entry(
        Both(
            "{employee} has the base {value} in {period} for {role} as well as at {other}: each role pays a bonus",
            "{employee} {period} 的奖金基数 {value} 在“{role}”和 {other} 处各填了一次，两个岗位会各发一份奖金",
        ),
        (
            Both(
                "if it is one base for both roles, divide it between them",
                "如两个岗位共用一个基数，请按岗位拆分填写",
            ),
        ),
        "warning",
    ),
}
