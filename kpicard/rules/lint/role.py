"""Checks of a role's file as a whole: ids, grades and responsibilities."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kpicard.problems import Problem
from kpicard.rules.lint import limit_grades
from kpicard.rules.lint.role_file import RoleFile
from kpicard.rules.models import MOST_ITEMS
from kpicard.rules.rules import file_name
from kpicard.text import LANGUAGES, fold, nearest, spellings

NAMES = (("id",), ("name",), *(("name", language) for language in LANGUAGES))


def adjustment_of_department(file: RoleFile) -> Iterator[Problem]:
    """No KPI or adjustment of a role is called like one of the department's adjustments."""
    shared = [each for department in file.departments for each in department.adjustments]
    taken = {fold(word) for each in shared for word in (each.id, *spellings(each.name))}
    for key in ("kpis", "adjustments") if taken else ():
        for pattern in NAMES:
            for route, word in file.document.find(key, None, *pattern):
                if fold(word) in taken:
                    yield file.document.problem_at("adjustment-of-department", route, id=word)


def id_not_file_name(file: RoleFile) -> Iterator[Problem]:
    """A role's id is the name of its file."""
    stem = file_name(file.document.path).id
    for route, id_ in file.document.find("id"):
        if id_ != stem:
            yield file.document.problem_at("id-not-file-name", route, id=id_, stem=stem)


def too_many_figures(file: RoleFile) -> Iterator[Problem]:
    """A card has at most 62 figures: a role's KPIs and adjustments, and the department's adjustments."""
    own = file.document.size("adjustments")
    shared = max((len(department.adjustments) for department in file.departments), default=0)
    kpis = file.document.size("kpis")
    if kpis <= MOST_ITEMS < kpis + own + shared:
        key = "adjustments" if own else "kpis"
        yield file.document.problem_at_key("too-many-figures", (key,), found=kpis + own + shared, limit=MOST_ITEMS)


def unknown_grade(file: RoleFile) -> Iterator[Problem]:
    """What limits a grade names one of the department."""
    for route, written in limit_grades(file.document):
        name = written.strip()
        for department in file.departments:
            known = tuple(grade.grade for grade in department.grades)
            if name not in known:
                meant = nearest(name, known)
                yield file.document.problem_at("unknown-grade", route, grade=name, nearest=meant, known=known)
                break


def unknown_responsibility(file: RoleFile) -> Iterator[Problem]:
    """What a KPI measures is a responsibility of its role."""
    known = tuple(dict.fromkeys(id_ for _, id_ in file.document.find("responsibilities", None, "id")))
    suggest = cache(lambda id_: nearest(id_, known))
    for route, id_ in file.document.find("kpis", None, "measures", None):
        if id_ not in known:
            yield file.document.problem_at(
                "unknown-responsibility", route, id=id_, nearest=suggest(id_), known=known or None
            )


def unmeasured_responsibility(file: RoleFile) -> Iterator[Problem]:
    """Every responsibility is measured by a KPI."""
    measured = {id_ for _, id_ in file.document.find("kpis", None, "measures", None)}
    for route, id_ in file.document.find("responsibilities", None, "id"):
        if id_ not in measured:
            yield file.document.problem_at("unmeasured-responsibility", route, id=id_)


def unreachable_grade(file: RoleFile) -> Iterator[Problem]:
    """Every grade can be reached."""
    for outcome in file.outcomes:
        if outcome.unreached and len(outcome.reached) > 1:
            yield file.document.problem_at_key(
                "unreachable-grade",
                ("kpis",),
                grades=outcome.unreached,
                lowest=outcome.lowest,
                highest=outcome.highest,
            )
