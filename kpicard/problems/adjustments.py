"""Problems of adjustments and vetoes: points beside the 100, and grades that are held down."""

from __future__ import annotations

from kpicard.problems.entry import NEAREST, Entry
from kpicard.text import Both

ENTRIES = {
    "unknown-grade": Entry(
        Both("the department has no grade `{grade}`", "部门没有等级 `{grade}`"),
        (NEAREST, Both("it has: {known}", "现有等级：{known}")),
    ),
    "crossed-bounds": Entry(
        Both("`at_least` is {least}, above the {most} of `at_most`", "`at_least` 为 {least}，大于 `at_most` 的 {most}"),
        (Both("swap them, or mend one", "请对调，或更正其中一个"),),
    ),
    "no-points-each": Entry(
        Both("0 points each: this would never change a total", "每项 0 分：不会影响总分"),
        (Both("write how many points each of them brings or costs", "请填写每项加减的分值"),),
    ),
    "adjustment-of-department": Entry(
        Both("the department has an adjustment `{id}` already", "部门已有加减分项 `{id}`"),
        (Both("call the role's own something else", "请为岗位自己的项目换一个名称或标识"),),
    ),
    "too-many-figures": Entry(
        Both(
            "{found} figures on a card, with the department's adjustments; at most {limit} are scored",
            "连同部门的加减分项，一张考核表有 {found} 个数据，最多 {limit} 个",
        ),
        (Both("take away what is too much", "请删减"),),
    ),
}
