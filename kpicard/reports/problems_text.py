"""Problems as lines of text, with the place in the form that editors and terminals turn into a link.

On a terminal the line of the file is shown too, with a caret below the column.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TextIO

from rich.console import Console
from rich.text import Text as RichText

from kpicard.loading import Checked
from kpicard.problems import Problem
from kpicard.reports.problems_excerpt import excerpts
from kpicard.reports.problems_summary import summary
from kpicard.reports.words import WORDS
from kpicard.text import Language, say

_STYLES = {"error": "bold red", "warning": "bold yellow"}


def write(checked: Checked, language: Language, out: TextIO) -> None:
    """Write every problem, and a line that sums up."""
    write_problems(checked.problems, language, out)
    out.write(f"{summary(checked, language)}\n")


def write_first_problems(problems: Sequence[Problem], most: int, language: Language, out: TextIO) -> None:
    """Write the first of many problems, at most so many, and how many more there are."""
    write_problems(problems[:most], language, out)
    if len(problems) > most:
        more = sum(_count(problem) for problem in problems[most:])
        out.write(say(WORDS["more-problems"], language).format(count=more) + "\n")


def _count(problem: Problem) -> int:
    """Return how many problems one stands for: it may say how many more there are of its kind."""
    count = problem.values.get("count") if problem.code in {"more-like-these", "more-warnings"} else None
    return count if isinstance(count, int) else 1


def write_problems(problems: Iterable[Problem], language: Language, out: TextIO) -> None:
    """Write two lines per problem: place, severity, message and code; and below them the hint.

    On a terminal, the line of the rules file and a caret stand between them.
    """
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
