"""Grades: best first, each named once."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from kpicard.numbers import read_decimal
from kpicard.problems import Problem
from kpicard.rules.document import Document
from kpicard.rules.models import Rules


def check(document: Document, rules: Rules) -> Iterator[Problem]:  # noqa: ARG001 - one signature for all checks
    """Yield `grades-out-of-order` and `duplicate-grade`."""
    read = [(route, read_decimal(text)) for route, text in document.find("grades", None, "from")]
    bounds = [(route, bound) for route, bound in read if isinstance(bound, Decimal)]
    for (above_route, above), (route, bound) in pairwise(bounds):
        if bound >= above:
            line, _ = document.values[above_route]
            yield document.problem_at("grades-out-of-order", route, bound=bound, above=above, line=line)
    lines: dict[str, int] = {}
    for route, written in document.find("grades", None, "grade"):
        grade = written.strip()
        if grade in lines:
            yield document.problem_at("duplicate-grade", route, grade=grade, line=lines[grade])
        else:
            lines[grade] = document.values[route][0]
