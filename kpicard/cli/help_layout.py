"""Help laid out for Chinese: a character is two columns wide, and a line may end behind nearly every one."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import Final
from unicodedata import east_asian_width

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
        "AFTER": "变更后",
        "BEFORE": "变更前",
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


_WIDEST: Final = 80
_NARROWEST: Final = 50
_INDENT: Final = 2
_FIRST_COLUMN: Final = 30
_WIDE: Final = r"\u2e80-\ua4ff\uf900-\ufaff\uff00-\uffef"
_PIECES: Final = re.compile(rf"\s+|[{_WIDE}]|[^\s{_WIDE}]+")
_NEVER_FIRST: Final = frozenset("，。；：！？、）】》”’…].")
_NEVER_LAST: Final = frozenset("（【《“‘[")
_TYPE: Final = re.compile(r" <[\w\[\],]+>$")
"""What typer puts behind an argument: the type that it has in Python, which is no word for a user."""

_EXTRA: Final = re.compile(r"(?:^|\s+)\\?\[([^\[\]]+)\]$")


class Layout:
    """Writes help as typer's formatter does, in Chinese and for Chinese."""

    def __init__(self, width: int | None = None, max_width: int | None = None) -> None:
        columns = shutil.get_terminal_size().columns
        self.width = width or max(min(columns, max_width or _WIDEST) - 2, _NARROWEST)
        self._indent = 0
        self._written: list[str] = []

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is called."""
        start = f"{prefix or USAGE}{prog} "
        first, *others = _wrapped(args, self.width - _cells(start)) or [""]
        self._lines(start + first, *(" " * _cells(start) + line for line in others))

    def write_paragraph(self) -> None:
        """Leave a line out."""
        if self._written:
            self._written.append("\n")

    def write_text(self, text: str) -> None:
        r"""Write paragraphs; one that begins with a line of `\b` keeps its lines."""
        paragraphs = []
        for paragraph in re.split(r"\n{2,}", text.strip("\n")):
            first, *lines = paragraph.split("\n")
            kept = lines if first.strip() == "\b" else _wrapped(paragraph, self.width - self._indent)
            paragraphs.append("\n".join(" " * self._indent + line for line in kept))
        self._lines("\n\n".join(paragraphs))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = _FIRST_COLUMN, col_spacing: int = 2) -> None:
        """Write names and what they are, in two columns."""
        indent = " " * self._indent
        named = [(_TYPE.sub("", name), text) for name, text in rows]
        column = min(max(_cells(name) for name, _ in named), col_max) + col_spacing
        for name, text in named:
            lines = _wrapped(_with_extras(text), self.width - self._indent - column)
            beside = lines.pop(0) if lines and _cells(name) + col_spacing <= column else ""
            self._lines(f"{indent}{name}{' ' * (column - _cells(name))}{beside}".rstrip())
            self._lines(*(f"{indent}{' ' * column}{line}" for line in lines))

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """Write a heading, and indent what comes below it."""
        self.write_paragraph()
        self._lines(f"{' ' * self._indent}{HEADINGS.get(name, name)}：")
        with self.indentation():
            yield

    @contextmanager
    def indentation(self) -> Iterator[None]:
        """Indent."""
        self._indent += _INDENT
        yield
        self._indent -= _INDENT

    def getvalue(self) -> str:
        """Return all that was written."""
        return "".join(self._written)

    def _lines(self, *lines: str) -> None:
        self._written.extend(f"{line}\n" for line in lines)


def _with_extras(text: str) -> str:
    """Return the text of an option with what typer puts behind it, such as its default, in Chinese."""

    def chinese(found: re.Match[str]) -> str:
        extras = found[1].split("; ")
        for english, words in EXTRAS.items():
            extras = [extra.replace(english, words) if extra.startswith(english) else extra for extra in extras]
        return f"[{'；'.join(extras)}]"

    return _EXTRA.sub(chinese, text)


def _wrapped(text: str, width: int) -> list[str]:
    """Return the lines of a text, none wider than `width`, unless a single word is."""
    lines, line = [], ""
    for piece in unbroken(" ".join(text.split())):
        if line and _cells(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def unbroken(text: str) -> Iterator[str]:
    """Yield the pieces of a text between which a line may end."""
    piece = ""
    for following in _PIECES.findall(text):
        if piece and following[0] not in _NEVER_FIRST and piece[-1] not in _NEVER_LAST:
            yield piece
            piece = ""
        piece += following
    if piece:
        yield piece


def _cells(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
