"""Which problems are wanted: all but what is ignored, or only what is selected."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kpicard.checks.registry import groups
from kpicard.problems import Problem


def chosen(problems: Iterable[Problem], select: Collection[str], ignore: Collection[str]) -> tuple[Problem, ...]:
    """Return the problems that are wanted; an empty `select` selects all.

    What stands in the way of reading a file is always among them: nothing else can be said of the file.
    """
    return tuple(problem for problem in problems if is_always_said(problem.code) or _wanted(problem, select, ignore))


def is_always_said(id_: str) -> bool:
    """Return whether a problem is said whatever is chosen: it is found in reading, or is none of a check's."""
    return groups().get(id_, "reading") == "reading"


def _wanted(problem: Problem, select: Collection[str], ignore: Collection[str]) -> bool:
    return problem.code not in ignore and (not select or problem.code in select)
