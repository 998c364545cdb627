"""Typer's own words in Chinese: headings of help, placeholders, and what it says of a wrong use.

Typer and the click below it have them in English only, or ask for catalogues that nobody ships. A message that is not
known here is shown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

USAGE: Final = "用法："

HEADINGS: Final[Mapping[str, str]] = MappingProxyType(
    {"Arguments": "参数", "Positional arguments": "参数", "Options": "选项", "Commands": "命令"}
)

EXTRAS: Final[Mapping[str, str]] = MappingProxyType(
    {"default: ": "默认：", "env var: ": "环境变量：", "required": "必填", "(dynamic)": "动态"}
)
"""How the remarks in brackets begin that stand behind an option's text."""

METAVARS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "COMMAND [ARGS]...": "命令 [参数]...",
        "[OPTIONS]": "[选项]",
        "CHECK": "检查项",
        "CHECK[,CHECK]": "检查项[,检查项]",
        "DIR": "文件夹",
        "FILE": "文件",
        "FINGERPRINT": "指纹",
        "ID": "编号",
        "KPI": "指标",
        "NAME": "名称",
        "PATH": "路径",
        "REV": "版本",
        "ROLE": "岗位",
        "SIZE": "大小",
        "URL": "地址",
        "YYYY-MM": "年-月",
    }
)
"""What stands for a value in help and usage."""

MESSAGES: Final[Mapping[re.Pattern[str], str]] = MappingProxyType(
    {
        re.compile(pattern, re.DOTALL | re.IGNORECASE): words
        for pattern, words in {
            r"Missing command\.": "缺少命令。",
            r"Missing argument '(.+?)'\.(?: .*)?": "缺少参数“{0}”。",
            r"Missing option '(.+?)'\.(?: .*)?": "缺少选项 {0}。",
            r"No such command '(.*)'\.": "没有命令“{0}”。",
            r"No such command '(.*)'[.,] Did you mean ([^?]+)\?.*": "没有命令“{0}”，是否想写 {1}？",
            r"No such option:? '?([^' ]+)'?\.?": "没有选项 {0}。",
            r"No such option:? '?([^' ]+)'?\.? (?:\(Possible options: |Did you mean )(?:one of: )?(.+?)[)?]": (
                "没有选项 {0}，是否想写 {1}？"
            ),
            r"Got unexpected extra arguments?(?:\(s\))? \((.+)\)\.?": "多余的参数：{0}。",
            r"Option '(.+?)' requires (?:an argument|1 value)\.": "选项 {0} 需要一个值。",
            r"Option '(.+?)' does not take a value\.": "选项 {0} 不能带值。",
            r"Input should be a valid integer.*": "应为整数",
            r"Input should be a valid boolean.*": "应为 true 或 false",
            r"Input should be greater than or equal to (.+)": "不得小于 {0}",
            r"Input should be less than or equal to (.+)": "不得大于 {0}",
            r"'(.*)' is not a valid integer\.": "“{0}”不是整数",
            r"(?:File|Path) '(.*)' does not exist\.": "没有文件“{0}”",
            r"Directory '(.*)' does not exist\.": "没有文件夹“{0}”",
            r"(?:File|Path) '(.*)' is a directory\.": "“{0}”是文件夹，此处应为文件",
            r"(?:Directory|Path) '(.*)' is a file\.": "“{0}”是文件，此处应为文件夹",
            r"(?:File|Directory|Path) '(.*)' is not readable\.": "无法读取“{0}”，请检查访问权限",
        }.items()
    }
)
"""What typer and click say of a wrong use, as far as it can happen here; `{0}` is the pattern's first group."""


def in_chinese(message: str) -> str:
    """Return a message of typer's in Chinese."""
    for pattern, words in MESSAGES.items():
        if found := pattern.fullmatch(message):
            return words.format(*(group.replace("'", "") for group in found.groups()))
    return message
