"""What is said of problems, as golden files have it that are there to be read."""

from __future__ import annotations

from collections.abc import Iterable

from kpicard.problems import Problem
from kpicard.text import Language


def said_of(problems: Iterable[tuple[str, Problem]], language: Language) -> str:
    """Return what is wrong and how to fix it, each problem under a heading of its own."""
    return "".join(
        f"{heading}: {problem.message_in(language)}\n  {problem.hint_in(language)}\n" for heading, problem in problems
    )
