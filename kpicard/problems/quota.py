"""Problems of quotas: how many people may have a grade."""

from __future__ import annotations

from kpicard.problems.entry import NEAREST, Entry
from kpicard.text import Both

_KEYS = Both("write `up_to_5`, for at most five people, or `else`", "请写 `up_to_5`（不超过 5 人时）或 `else`")

ENTRIES = {
    "not-a-quota": Entry(
        Both("`{value}` is no quota", "`{value}` 不是有效的名额"),
        (
            Both(
                "write a share of the people assessed, as 10%, or how many, as 2",
                "请写考核人数的百分比，如 10%；或人数，如 2",
            ),
        ),
    ),
    "not-a-headcount": Entry(Both("`{key}` is no headcount", "`{key}` 不是有效的人数范围"), (_KEYS,)),
    "quota-for-unknown-grade": Entry(
        Both("a quota for `{grade}`, which is none of the grades", "名额中的等级 `{grade}` 不在等级标准中"),
        (NEAREST, Both("there are: {known}", "现有等级：{known}")),
    ),
    "quota-out-of-order": Entry(
        Both("`{key}` stands behind `{before}`", "`{key}` 排在 `{before}` 之后"),
        (
            Both(
                "list them by rising headcount, `else` last, so that the first one that fits holds",
                "请按人数从小到大排列，`else` 放在最后，以便从上往下取第一个适用的",
            ),
        ),
    ),
}
