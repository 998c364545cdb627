"""Problems of rules in time: versions of a role or of the department, and targets by period."""

from __future__ import annotations

from kpicard.problems.entry import Entry
from kpicard.text import Both

ENTRIES = {
    "from-not-file-name": Entry(
        Both(
            "the file's name says {period}, and not `from: {period}`",
            "文件名中的月份为 {period}，但没有相应的 `from: {period}`",
        ),
        (
            Both(
                "write `from: {period}`, or rename the file: `from` says {start}",
                "请写 `from: {period}`，或修改文件名：现有 `from` 为 {start}",
            ),
            Both("add `from: {period}`", "请补充 `from: {period}`"),
        ),
    ),
    "overlapping-versions": Entry(
        Both("another version holds from {period} too: {path}", "另一版本同样自 {period} 起生效：{path}"),
        (Both("let each version begin in a month of its own", "请为各版本填写不同的起始月份"),),
    ),
    "target-overlap": Entry(
        Both(
            "this target from {period} never holds: the version in {path} holds from {start}",
            "自 {period} 起的目标值不会生效：自 {start} 起已由 {path} 中的版本代替",
        ),
        (Both("move it to that version, or delete it", "请移到该版本中，或删除"),),
    ),
    "target-gap": Entry(
        Both(
            "no target from {start} until {period}: the version holds from {start}, its first target from {period}",
            "{start} 至 {period} 之前没有目标值：本版本自 {start} 起生效，而首个目标值自 {period} 起",
        ),
        (Both("add a target from {start}", "请补充自 {start} 起的目标值"),),
    ),
}
