"""The words of the reports on quarters and years, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kpicard.text import Both

WORDS: Final[Mapping[str, Both]] = {
    "from-totals": Both("From the monthly totals: {sum}; {months}.", "按各月总分平均：{sum}；{months}。"),
    "from-actuals": Both(
        "Scored from the months' actuals, brought together KPI by KPI; {months}.",
        "各指标先将各月实际值合并，再计分；{months}。",
    ),
    "months": Both("{found} of {wanted} months", "{wanted} 个月中有 {found} 个月"),
    "months-lacking": Both(
        "{found} of {wanted} months (none for {lacking})", "{wanted} 个月中有 {found} 个月（缺 {lacking}）"
    ),
    "from-to": Both("{first} to {last}", "{first} 至 {last}"),
    "none-assessed": Both("no month is assessed", "各月均不予考核"),
    "month-not-assessed": Both(
        "Not assessed, and left out of the mean: {months}.", "不予考核、不计入平均的月份：{months}。"
    ),
    "month-vetoed": Both(
        "Veto in {month}: grade {grade} there (by the total: {by_total}); it holds for that month only.",
        "{month} 有否决：当月等级为 {grade}（按总分为 {by_total}），只影响当月。",
    ),
    "vetoed-grade": Both("{grade} (veto; by the total: {by_total})", "{grade}（否决；按总分为 {by_total}）"),
    "line": Both("{name} ({how}): {said}", "{name}（{how}）：{said}"),
    "sum": Both("sum", "合计"),
    "mean": Both("mean", "平均"),
    "last": Both("last month", "取最后一个月"),
    "min": Both("lowest month", "取最低月"),
    "max": Both("highest month", "取最高月"),
    "ratio": Both("summed up, then divided", "先合计后相除"),
    "mean-points": Both("mean of the months' points", "各月加减分平均"),
    "target-of": Both("target {sum}", "目标值 {sum}"),
    "without": Both("without {months}", "不含 {months}"),
    "so-scored-0": Both("not reported in {months}, so that it scores 0", "{months} 未填报，故按 0 分计"),
    "rollup": Both("Over several months", "多月汇总"),
    "rollup-sum": Both("sum of the months", "各月相加"),
    "rollup-mean": Both("mean of the months", "各月平均"),
    "rollup-last": Both("the last month's", "取最后一个月"),
    "rollup-min": Both("the lowest month's", "取最低的月份"),
    "rollup-max": Both("the highest month's", "取最高的月份"),
    "rollup-ratio": Both("numerators and denominators summed up, then divided", "分子、分母分别合计后相除"),
}
