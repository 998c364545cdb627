"""What is published about checks, for the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text as RichText

from kpicard.messages import words_of
from kpicard.reports.terminal import show, terminal
from kpicard.rules.lint.documentation import Documentation, Example
from kpicard.text import Both, Language, say

WORDS: Final = words_of("card")

_STYLES: Final = {"error": "bold red", "warning": "bold yellow"}
_HEADINGS: Final = (Both("Id", "标识"), Both("Severity", "级别"), Both("What holds", "要求"))
_BAD: Final = Both("Bad, {file}, at {line}:{column}:", "错误示例，{file}，位置 {line}:{column}：")
_BESIDE: Final = Both("Bad, beside it {file}:", "错误示例，同时有 {file}：")
_GOOD: Final = Both("Good, {file}:", "正确示例，{file}：")


def write(checks: Documentation | Sequence[Documentation], language: Language, out: TextIO) -> None:
    """Write a table of checks, a line each, or all about one."""
    console = terminal(out)
    if isinstance(checks, Documentation):
        _explain(checks, language, console)
    else:
        console.print(_table(checks, language))
    show(console, out)


def _table(checks: Sequence[Documentation], language: Language) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for index, heading in enumerate(_HEADINGS):
        table.add_column(say(heading, language), no_wrap=index < 2, overflow="fold")
    for check in checks:
        severity = RichText(say(WORDS[check.severity], language), _STYLES[check.severity])
        table.add_row(RichText(check.id), severity, RichText(say(check.summary, language)))
    return table


def _explain(check: Documentation, language: Language, console: Console) -> None:
    severity = RichText(f" ({say(WORDS[check.severity], language)})", _STYLES[check.severity])
    console.print(RichText(check.id, "bold") + severity)
    for paragraph in say(check.text, language).split("\n\n"):
        console.print()
        console.print(RichText(paragraph))
    for example in check.examples:
        console.print()
        console.print(RichText(_heading(example, language), "dim"))
        for line in example.text.splitlines():
            console.print(RichText(f"  {line}"), soft_wrap=True)  # whoever copies it needs the line as it is


def _heading(example: Example, language: Language) -> str:
    if example.is_good:
        return say(_GOOD, language).format(file=example.file)
    if example.place is None:
        return say(_BESIDE, language).format(file=example.file)
    return say(_BAD, language).format(file=example.file, line=example.place[0], column=example.place[1])
