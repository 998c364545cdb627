"""Problems of any file: whether it can be read at all."""

from __future__ import annotations

from kpicard.problems.entry import Entry
from kpicard.text import Both

ENTRIES = {
    "no-such-path": Entry(
        Both("there is no such file or folder", "找不到该文件或文件夹"),
        (Both("check the path", "请检查路径"),),
    ),
    "not-a-folder": Entry(
        Both("this is a file; a folder of roles is expected", "这是文件，此处需要岗位文件夹"),
        (Both("name the folder that holds `department.yaml`", "请指定 `department.yaml` 所在的文件夹"),),
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
