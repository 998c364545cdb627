"""Problems of any file: whether it can be read at all."""

from __future__ import annotations

from kpicard.problems.entry import Entry, words

ENTRIES = {
    "no-such-path": Entry(
        words("there is no such file or folder", "找不到该文件或文件夹"),
        (words("check the path", "请检查路径"),),
    ),
    "not-a-folder": Entry(
        words("this is a file; a folder of roles is expected", "这是文件，此处需要岗位文件夹"),
        (words("name the folder that holds `department.yaml`", "请指定 `department.yaml` 所在的文件夹"),),
    ),
    "is-a-folder": Entry(
        words("this is a folder; a CSV file is expected", "这是文件夹，此处需要 CSV 文件"),
        (words("name the CSV file in it", "请指定其中的 CSV 文件"),),
    ),
    "unreadable-file": Entry(
        words("it cannot be read: {reason}", "无法读取：{reason}"),
        (words("check its permissions", "请检查访问权限"),),
    ),
    "empty-file": Entry(
        words("the file is empty", "文件为空"),
        (words("fill it in, or remove it", "请填写内容，或删除该文件"),),
    ),
    "too-large": Entry(
        words("the file is larger than {limit}", "文件超过 {limit}"),
        (words("this is more than a role needs; is it the right file?", "岗位文件不会这么大，请确认文件是否正确"),),
    ),
    "not-utf8": Entry(
        words("this is not UTF-8 text: byte {byte}", "不是 UTF-8 文本：字节 {byte}"),
        (
            words(
                "save it as UTF-8 (in Excel or WPS: Save as, CSV UTF-8)",
                "请另存为 UTF-8 编码（Excel 或 WPS：另存为“CSV UTF-8”）",
            ),
        ),
    ),
    "control-character": Entry(
        words("control character {character}", "含有控制字符 {character}"),
        (words("delete it", "请删除该字符"),),
    ),
}
