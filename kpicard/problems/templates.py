"""Problems of templates: the rosters that they are made from, and the files that a new folder would overwrite."""

from __future__ import annotations

from kpicard.problems.entry import Entry
from kpicard.text import Both

ENTRIES = {
    "missing-roster-column": Entry(
        Both("no column is headed {missing}; found: {found}", "缺少列 {missing}；现有表头：{found}"),
        (
            Both(
                "a roster has the columns employee and role, and if wanted name and team",
                "人员名单应有“员工”和“岗位”列，还可有“姓名”和“团队”列",
            ),
        ),
    ),
    "which-roster": Entry(
        Both("several sheets have employees and roles: {sheets}", "多个工作表都有员工和岗位：{sheets}"),
        (Both("save the one that is meant as a file of its own", "请将所需的工作表另存为单独的文件"),),
    ),
    "no-roster-sheet": Entry(
        Both("this sheet has no employees and roles, and is not used", "该工作表没有员工和岗位，未被使用"),
        (
            Both(
                "if it is a part of the roster, move its rows to the other sheet; or hide it",
                "如属于人员名单，请将其内容移到另一工作表；否则可隐藏",
            ),
        ),
        "warning",
    ),
    "no-people": Entry(
        Both("there is a heading, but nobody below it", "只有表头，没有人员"),
        (Both("add a row per employee and role", "请按“每人每岗位一行”填写"),),
    ),
    "doubled-person": Entry(
        Both(
            "{employee} is in the role {role} already, at {other}",
            "{employee} 已在 {other} 列入岗位“{role}”",
        ),
        (Both("delete one of the two rows", "请删除其中一行"),),
    ),
    "nobody-chosen": Entry(
        Both("nobody is in the role {role}", "没有人属于岗位“{role}”"),
        (Both("roles in the roster: {found}", "名单中的岗位：{found}"),),
    ),
    "in-the-way": Entry(
        Both("it is there already", "文件已存在"),
        (
            Both(
                "nothing was written: choose another folder, or move this away",
                "未写入任何文件：请选择其他文件夹，或移走该文件",
            ),
        ),
    ),
}
