"""The last line of the reports on problems: how many files were checked, and what was found."""

from __future__ import annotations

from kpicard.loading import Checked
from kpicard.text import Language


def summary(checked: Checked, language: Language) -> str:
    """Return how many files were checked, and how many errors and warnings were found."""
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
