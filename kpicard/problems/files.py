"""Problems of any file: whether it can be read at all."""

from __future__ import annotations

from kpicard.problems.entry import NEAREST, Entry
from kpicard.text import Both

ENTRIES = {
    "no-such-path": Entry(
        Both("there is no such file or folder", "找不到该文件或文件夹"),
        (NEAREST, Both("check the path", "请检查路径")),
    ),
    "not-a-folder": Entry(
        Both("this is a file; a folder of roles is expected", "这是文件，此处需要岗位文件夹"),
        (Both("name the folder that holds `department.yaml`", "请指定 `department.yaml` 所在的文件夹"),),
    ),
    "packaged-roles": Entry(
        Both(
            "there is no such folder here, and none is named: the roles that come with kpicard are used",
            "当前位置没有该文件夹，也未指定岗位文件夹，现使用 kpicard 自带的岗位",
        ),
        (
            Both("to use your own, add `--roles {nearest}`", "如需使用自己的岗位，请加上 `--roles {nearest}`"),
            Both(
                "to use your own, name their folder with `--roles DIR`; near here: {found}",
                "如需使用自己的岗位，请用 `--roles 文件夹` 指定；附近有：{found}",
            ),
            Both(
                "to use your own, name their folder: `--roles DIR`, or the variable KPICARD_ROLES",
                "如需使用自己的岗位，请用 `--roles 文件夹` 或环境变量 KPICARD_ROLES 指定",
            ),
        ),
        "warning",
    ),
    "unreadable-file": Entry(
        Both("it cannot be read: {reason}", "无法读取：{reason}"),
        (
            Both(
                "a copy of it finds no room: free disk space in the folder for temporary files (TMPDIR), {copies}",
                "没有空间存放其副本，请为临时文件夹（TMPDIR）腾出磁盘空间：{copies}",
            ),
            Both("check its permissions", "请检查访问权限"),
        ),
    ),
    "empty-file": Entry(
        Both("the file is empty", "文件为空"),
        (Both("fill it in, or remove it", "请填写内容，或删除该文件"),),
    ),
    "too-large": Entry(
        Both("the file is larger than {limit}", "文件超过 {limit}"),
        (Both("this is more than a role needs; is it the right file?", "岗位文件不会这么大，请确认文件是否正确"),),
    ),
    "not-utf8": Entry(
        Both("this is not UTF-8 text: byte {byte}", "不是 UTF-8 文本：字节 {byte}"),
        (
            Both(
                "save it as UTF-8 (in Excel or WPS: Save as, CSV UTF-8)",
                "请另存为 UTF-8 编码（Excel 或 WPS：另存为“CSV UTF-8”）",
            ),
        ),
    ),
    "control-character": Entry(
        Both("control character {character}", "含有控制字符 {character}"),
        (Both("delete it", "请删除该字符"),),
    ),
}
