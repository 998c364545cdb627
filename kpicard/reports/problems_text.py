"""Problems as lines of text, with the place in the form that editors and terminals turn into a link."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from rich.console import Console
from rich.text import Text as RichText

from kpicard.loading import Checked
from kpicard.problems import Problem
from kpicard.reports.words import WORDS
from kpicard.text import Language, say

_STYLES = {"error": "bold red", "warning": "bold yellow"}


def write(checked: Checked, language: Language, out: TextIO) -> None:
    """Write every problem, and a line that sums up."""
    write_problems(checked.problems, language, out)
    out.write(f"{_summary(checked, language)}\n")


def write_problems(problems: Iterable[Problem], language: Language, out: TextIO) -> None:
    """Write two lines per problem: place, severity, message and code; and below them the hint."""
    console = Console(file=out, soft_wrap=True, highlight=False)
    for problem in problems:
        severity = say(WORDS[problem.severity], language)
        line = RichText.assemble(
            (f"{problem.place}: ", "bold"),
            (f"{severity}: ", _STYLES[problem.severity]),
            problem.message_in(language),
            (f" [{problem.code}]", "dim"),
        )
        console.print(line)
        hint = problem.hint_in(language)
        if hint:
            console.print(RichText(f"  {hint}", "cyan"))


def _summary(checked: Checked, language: Language) -> str:
    count = len(checked.files)
    errors = sum(problem.severity == "error" for problem in checked.problems)
    warnings = len(checked.problems) - errors
    if language == "zh":
        return f"已检查 {count} 个文件：" + (
            f"{errors} 个错误，{warnings} 个警告。" if checked.problems else "没有问题。"
        )
    found = f"{_plural(errors, 'error')}, {_plural(warnings, 'warning')}" if checked.problems else "no problems"
    return f"{_plural(count, 'file')} checked: {found}."


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
