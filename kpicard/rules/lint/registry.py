"""The checks that there are, by what they look at, and the comments that switch them off.

A new check is a function beside its like, its words among the messages, and its documentation in `checks.yaml`.
Checks look at the document and not at the typed role, so that one wrong field hides no other problem; a check passes
over what it cannot read, since that is a problem of its own already.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from types import MappingProxyType
from typing import Any, Final

from kpicard.messages import catalogue
from kpicard.problems import Problem, Value, has_errors
from kpicard.rules.document import Document, Ignore, Named, Place
from kpicard.rules.lint import department, either, role, role_kpis, role_sections
from kpicard.rules.lint.role_file import RoleFile
from kpicard.rules.rules import Rules
from kpicard.rules.scoring import METHODS
from kpicard.text import nearest

Check = Callable[[Any], Iterator[Problem]]

_MODULES: Final[Mapping[str, tuple[Any, ...]]] = MappingProxyType(
    {
        "role": (role_kpis, role_sections, role),
        "department": (department,),
        "both": (either,),
    }
)
"""The modules of checks by the file that they look at: a role's, the department's, or either."""

_FOUND_ELSEWHERE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "folder": (
            "duplicate-department duplicate-role ignored-folder no-department "
            "no-roles not-a-role overlapping-versions target-overlap unusable-source"
        ),
        "reading": (
            "alias anchor bad-choice bad-id bad-key bad-point "
            "control-character duplicate-key empty-file empty-text merge-key missing-key "
            "no-points-each no-such-path not-a-number not-a-period not-utf8 number-out-of-range "
            "number-too-large number-too-small range-without-bounds second-document tag too-deep "
            "too-few too-large too-many unknown-key unknown-shared-kpi unreadable-file wrong-type "
            "wrong-value yaml-syntax "
        ),
        "comments": "cannot-ignore ignore-without-reason unknown-check unused-ignore",
    }
)
"""Checks that are made while folders, files and comments are read."""


@cache
def _functions() -> Mapping[str, tuple[str, Check]]:
    """Return the group and the function of each check that has one: what its module publishes, or a method finds."""
    found: dict[str, tuple[str, Check]] = {}
    for group, modules in _MODULES.items():
        for module in modules:
            for name, function in vars(module).items():
                if (
                    getattr(function, "__module__", "") == module.__name__
                    and not name.startswith("_")
                    and name.islower()
                ):
                    found[name.replace("_", "-")] = (group, function)
    for code in (code for method in METHODS for code in method.FAULTS):
        found[code] = ("role", partial(RoleFile.faults, code=code))
    return dict(sorted(found.items()))


@cache
def groups() -> Mapping[str, str]:
    """Return the ids of all checks, sorted, each with what it looks at."""
    elsewhere = {id_: group for group, ids in _FOUND_ELSEWHERE.items() for id_ in ids.split()}
    return MappingProxyType(
        dict(sorted({**elsewhere, **{id_: group for id_, (group, _) in _functions().items()}}.items()))
    )


@cache
def functions(group: str, *, lint: bool) -> tuple[Check, ...]:
    """Return the functions of a group's checks; those that only warn, with `lint` alone."""
    return tuple(
        check
        for id_, (held, check) in _functions().items()
        if held == group and (lint or catalogue()[id_].severity == "error")
    )


def check_role(document: Document, rules: Rules, *, lint: bool, until: str | None) -> list[Problem]:
    """Return what is wrong across the fields of a role's document; with `lint`, what is to be warned about too.

    `rules` has the department, for its cap and its grades. `until` is the period from which on a newer version of the
    role holds.
    """
    file = RoleFile(document, rules, until)
    found = [problem for check in functions("role", lint=lint) for problem in check(file)]
    return found + [problem for check in functions("both", lint=lint) for problem in check(document)]


def check_department(document: Document, *, lint: bool) -> list[Problem]:
    """Return what is wrong across the fields of a department's document; with `lint`, warnings too."""
    checks = (*functions("department", lint=lint), *functions("both", lint=lint))
    return [problem for check in checks for problem in check(document)]


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
