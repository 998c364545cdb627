"""Checks that a comment beside the line switches off, and which problems are wanted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from kpicard.messages import catalogue
from kpicard.problems import Problem, Value, has_errors
from kpicard.rules.document import Document, Ignore, Named, Place
from kpicard.rules.lint.registry import groups
from kpicard.text import nearest


def without_ignored(problems: Sequence[Problem], document: Document) -> list[Problem]:
    """Return the problems of one file without those that its comments switch off, and what is wrong with the comments.

    A comment is said to be of no use only if the file has no error, since beside errors not all is checked.
    """
    named = [(ignore, check) for ignore in document.ignores for check in ignore.checks if _can_be_ignored(check.id)]
    found = {(problem.code, problem.line) for problem in problems}
    ignored = {(check.id, ignore.line) for ignore, check in named} & found
    kept = [problem for problem in problems if (problem.code, problem.line) not in ignored]
    faults = [problem for ignore in document.ignores for problem in _faults(ignore, document)]
    if not has_errors(problems):
        faults += [
            _at(check.place, document, "unused-ignore", id=check.id, line=ignore.line)
            for ignore, check in named
            if (check.id, ignore.line) not in ignored
        ]
    return [*kept, *faults]


def _can_be_ignored(id_: str) -> bool:
    """Whether it is a check that only warns; what is said of comments is not for comments to switch off."""
    return groups().get(id_, "comments") != "comments" and catalogue()[id_].severity == "warning"


def _faults(ignore: Ignore, document: Document) -> Iterator[Problem]:
    if not ignore.checks or not ignore.reason:
        yield _at(ignore.place, document, "ignore-without-reason")
    for check in ignore.checks:
        if check.id not in groups():
            yield _at(check.place, document, "unknown-check", id=check.id, nearest=_nearest(check))
        elif not _can_be_ignored(check.id):
            yield _at(check.place, document, "cannot-ignore", id=check.id)


def _nearest(check: Named) -> str | None:
    return nearest(check.id, filter(_can_be_ignored, groups()))


def _at(place: Place, document: Document, code: str, **values: Value) -> Problem:
    return Problem(document.path, *place, code, values)


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
