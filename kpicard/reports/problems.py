"""Problems as lines of text, with the line of the file that each is about, and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, TextIO, TypeAlias

from kpicard.messages import words_of
from kpicard.problems import Problem
from kpicard.reports.formats.json import problem_values
from kpicard.rules.load import Checked
from kpicard.rules.rules import SUFFIXES
from kpicard.rules.yaml_reader import LARGEST
from kpicard.text import Language, printable, say

WORDS: Final = words_of("card")


Excerpt: TypeAlias = Callable[[Problem, int], tuple[str, str] | None]
"""Takes a problem and the width of the terminal; returns two lines, or None where there is nothing to be shown."""

_TAB = "    "


def excerpts() -> Excerpt:
    """Return what shows excerpts, and reads each file only once."""
    lines_of = cache(_lines)

    def excerpt(problem: Problem, width: int) -> tuple[str, str] | None:
        if problem.line is None or problem.column is None or problem.sheet is not None:
            return None
        lines = lines_of(problem.path)
        # The file may have changed since it was checked.
        if problem.line > len(lines) or problem.column > len(lines[problem.line - 1]) + 1:
            return None
        before, after = f"{problem.line:>6} | ", f"{'':>6} | "
        shown, caret = _around(lines[problem.line - 1], problem.column - 1, width - len(before))
        return (before + shown).rstrip(), f"{after}{'':>{caret}}^"

    return excerpt


def _lines(path: str) -> list[str]:
    """Return the lines of a rules file as the reader counts them; none where it is no such file."""
    file = Path(path)
    try:
        if file.suffix.lower() not in SUFFIXES or not file.is_file() or file.stat().st_size > LARGEST:
            return []
        text = file.read_bytes().decode("utf-8-sig")
    except (OSError, ValueError):  # it cannot be read, is no UTF-8, or its name is none
        return []
    return [line.removesuffix("\r") for line in text.split("\n")]


def _around(line: str, at: int, room: int) -> tuple[str, int]:
    """Return the part of a line around a position that has room, and how many cells are before the position.

    What is cut off is shown as `…`, for which two cells are kept.
    """
    from rich.cells import cell_len

    start = end = at
    room -= 2
    grows = True
    while grows:
        grows = False
        if end < len(line) and (cells := cell_len(_shown(line[end]))) <= room:
            end, room, grows = end + 1, room - cells, True
        if start > 0 and (cells := cell_len(_shown(line[start - 1]))) <= room:
            start, room, grows = start - 1, room - cells, True
    before = "…" * (start > 0) + "".join(map(_shown, line[start:at]))
    return before + "".join(map(_shown, line[at:end])) + "…" * (end < len(line)), cell_len(before)


def _shown(character: str) -> str:
    return _TAB if character == "\t" else printable(character)


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


_STYLES = {"error": "bold red", "warning": "bold yellow"}


def write(checked: Checked, language: Language, out: TextIO) -> None:
    """Write every problem, and a line that sums up."""
    write_problems(checked.problems, language, out)
    out.write(f"{summary(checked, language)}\n")


def write_first_problems(problems: Sequence[Problem], most: int, language: Language, out: TextIO) -> None:
    """Write the first of many problems, at most so many, and how many more there are.

    What is wrong with the rules comes first, and what only follows from another problem is counted, not listed.
    """
    causes = [each for each in problems if each.code not in _CONSEQUENCES] or list(problems)
    causes.sort(key=lambda each: not each.path.lower().endswith((".yaml", ".yml")))
    write_problems(causes[:most], language, out)
    unlisted = [each for each in problems if each.code in _CONSEQUENCES] if len(causes) < len(problems) else []
    for word, others in (("more-problems", causes[most:]), ("consequences", unlisted)):
        if others:
            out.write(say(WORDS[word], language).format(count=sum(map(_count, others))) + "\n")


_CONSEQUENCES = frozenset({"maybe-unread", "maybe-misread", "month-maybe-unread", "month-maybe-misread"})
"""What is only said for another problem: a figure may stand in what could not be read."""


def _count(problem: Problem) -> int:
    """Return how many problems one stands for: it may say how many more there are of its kind."""
    count = problem.values.get("count") if problem.code in {"more-like-these", "more-warnings"} else None
    return count if isinstance(count, int) else 1


def write_problems(problems: Iterable[Problem], language: Language, out: TextIO) -> None:
    """Write two lines per problem: place, severity, message and code; and below them the hint.

    On a terminal, the line of the rules file and a caret stand between them.
    """
    from rich.console import Console
    from rich.text import Text as RichText

    console = Console(file=out, soft_wrap=True, highlight=False)
    excerpt = excerpts()
    for problem in problems:
        severity = say(WORDS[problem.severity], language)
        lines = [
            RichText.assemble(
                (f"{problem.place}: ", "bold"),
                (f"{severity}: ", _STYLES[problem.severity]),
                problem.message_in(language),
                (f" [{problem.code}]", "dim"),
            )
        ]
        if console.is_terminal and (shown := excerpt(problem, console.width)):
            source, caret = shown
            lines += [RichText(source), RichText(caret, _STYLES[problem.severity])]
        hint = problem.hint_in(language)
        if hint:
            lines.append(RichText(f"  {hint}", "cyan"))
        console.print(*lines, sep="\n")  # rich takes as long to print a line as to print all of them


def values(checked: Checked, language: Language) -> dict[str, Any]:
    """Return how many files were checked, and every problem, as JSON has them: `kpicard.problems/1`."""
    problems = [problem_values(problem, language) for problem in checked.problems]
    return {"format": "kpicard.problems/1", "files": len(checked.files), "problems": problems}
