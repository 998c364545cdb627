"""Problems of longer periods: what keeps the months of a quarter or a year from being brought together."""

from __future__ import annotations

from kpicard.problems.entry import Entry
from kpicard.text import Both

ENTRIES = {
    "month-maybe-misread": Entry(
        Both(
            "{employee} as {role} has {found} of {wanted} months of {period}, unless the row that cannot be read, "
            "{other}, is another",
            "{employee}（{role}）在 {period} 的 {wanted} 个月中只有 {found} 个月有数据，"
            "但 {other} 处的一行无法识别，可能正是所缺的月份",
        ),
        (Both("mend that row first", "请先修正该行"),),
    ),
    "month-maybe-unread": Entry(
        Both(
            "{employee} as {role} has {found} of {wanted} months of {period}, unless another is in what was not read "
            "or set aside",
            "{employee}（{role}）在 {period} 的 {wanted} 个月中只有 {found} 个月有数据，"
            "但有文件、工作表、行或列未能读取，所缺的月份可能在其中",
        ),
        (Both("mend what the other problems name first", "请先处理其他问题中提到的文件、工作表或表头"),),
    ),
    "rules-changed-within": Entry(
        Both(
            "the figures of {role} are not the same ones in all of {period}: {changed} changed in id, unit or rollup",
            "岗位“{role}”的指标在 {period} 内有变动：{changed} 的标识、单位或汇总方式不一致",
        ),
        (
            Both(
                "their actuals cannot be brought together, and the cards are withheld; `--rollup totals` averages the "
                "months' totals",
                "实际值无法合并计算，相关考核表未出具；可改用 `--rollup totals`，按各月总分平均",
            ),
        ),
    ),
    "rollup-needs-ratio": Entry(
        Both(
            "{kpi} of {employee} for {period} is one figure, `{value}`; by `rollup: ratio` numerators and denominators "
            "are summed",
            "{employee} {period} 的“{kpi}”只填了一个数 {value}；按 `rollup: ratio` 汇总需要分子和分母",
        ),
        (
            Both(
                "give numerator and denominator, or write `rollup: mean` for the KPI",
                "请分别填写分子和分母，或将该指标改为 `rollup: mean`",
            ),
        ),
    ),
    "rollup-out-of-range": Entry(
        Both(
            "{kpi} of {employee} for {period} is beyond what can be scored, once its months are brought together",
            "{employee} {period} 的“{kpi}”合并后超出可计分范围",
        ),
        (
            Both(
                "at most 12 digits before the point, and at most 10^12 percent of the target; is the unit right?",
                "整数部分最多 12 位，且不得超过目标值的 10^12%；请检查单位",
            ),
        ),
    ),
    "sum-on-actual": Entry(
        Both(
            "the actuals of the months are summed up, but the curve is written for one month's actual",
            "汇总方式为各月相加，而计分曲线是按单月实际值设定的",
        ),
        (
            Both(
                "write `rollup: mean`, or score on the attainment: the targets are summed up too",
                "请改为 `rollup: mean`，或按达成率计分：目标值也会随之相加",
            ),
        ),
        "warning",
    ),
    "base-lacking": Entry(
        Both(
            "{employee} as {role} has a bonus base for other months of {period}, and none for {month}: "
            "there is no bonus",
            "{employee}（{role}）在 {period} 的其他月份有奖金基数，但 {month} 没有，因此不计算奖金",
        ),
        (Both("fill in base for every month, 0 where it is nothing", "请为每个月填写奖金基数，没有则填 0"),),
        "warning",
    ),
}
