"""Checks that a comment beside the line switches off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpicard.checks.registry import groups
from kpicard.nearest import nearest
from kpicard.problems import Problem, has_errors
from kpicard.problems.catalogue import CATALOGUE
from kpicard.problems.problem import Value
from kpicard.rules.document import Document
from kpicard.rules.ignores import Ignore, Named
from kpicard.rules.route import Place


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
    return groups().get(id_, "comments") != "comments" and CATALOGUE[id_].severity == "warning"


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
