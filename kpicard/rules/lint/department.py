"""Checks of the department's file."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from kpicard.numbers import read_decimal
from kpicard.problems import Problem
from kpicard.rules.document import Document
from kpicard.rules.fields import ELSE, headcount
from kpicard.rules.lint import limit_grades
from kpicard.text import nearest


def duplicate_grade(document: Document) -> Iterator[Problem]:
    """A grade is named only once."""
    lines: dict[str, int] = {}
    for route, written in document.find("grades", None, "grade"):
        grade = written.strip()
        if grade in lines:
            yield document.problem_at("duplicate-grade", route, grade=grade, line=lines[grade])
        else:
            lines[grade] = document.values[route][0]


def grades_out_of_order(document: Document) -> Iterator[Problem]:
    """Grades are listed from the best to the last, each `from` below the one before."""
    read = [(route, read_decimal(text)) for route, text in document.find("grades", None, "from")]
    bounds = [(route, bound) for route, bound in read if isinstance(bound, Decimal)]
    for (above_route, above), (route, bound) in pairwise(bounds):
        if bound >= above:
            line, _ = document.values[above_route]
            yield document.problem_at("grades-out-of-order", route, bound=bound, above=above, line=line)


def red_line_for_unknown_grade(document: Document) -> Iterator[Problem]:
    """What limits the grade by a count of the department names one of its grades."""
    known = tuple(grade.strip() for _, grade in document.find("grades", None, "grade"))
    for route, written in limit_grades(document):
        grade = written.strip()
        if known and grade not in known:
            meant = nearest(grade, known)
            yield document.problem_at("red-line-for-unknown-grade", route, grade=grade, nearest=meant, known=known)


def quota_for_unknown_grade(document: Document) -> Iterator[Problem]:
    """A quota names a grade of the department."""
    known = tuple(grade.strip() for _, grade in document.find("grades", None, "grade"))
    for route, quotas in document.maps("quota"):
        for written in quotas if known else ():
            grade = written.strip()
            if grade not in known:
                yield document.problem_at_key(
                    "quota-for-unknown-grade",
                    (*route, written),
                    grade=grade,
                    nearest=nearest(grade, known),
                    known=known,
                )


def quota_out_of_order(document: Document) -> Iterator[Problem]:
    """A quota lists its headcounts from the smallest up, and `else` last."""
    for route, quotas in document.maps("quota"):
        for grade, quota in quotas.items():
            keys = [key for key in quota if key == ELSE or headcount(key)] if isinstance(quota, dict) else []
            for before, key in pairwise(keys):
                if before == ELSE or (key != ELSE and (headcount(key) or 0) < (headcount(before) or 0)):
                    yield document.problem_at_key("quota-out-of-order", (*route, grade, key), key=key, before=before)


def idle_bonus_bound(document: Document) -> Iterator[Problem]:
    """The bounds of a bonus count only by the total."""
    for route, bonus in document.maps("bonus"):
        if bonus.get("by") != "total":
            for key in ("from", "upto"):
                if key in bonus:
                    yield document.problem_at_key("idle-bonus-bound", (*route, key), key=key)
