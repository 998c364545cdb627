"""Scoring: points and bands in order, and an attainment where the curve needs one."""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.checks.standards import scorings, standards
from kpicard.problems import Problem
from kpicard.rules.document import Document
from kpicard.rules.models import Rules, Standard
from kpicard.rules.route import Route


def check(document: Document, rules: Rules) -> Iterator[Problem]:
    """Yield `points-out-of-order`, `empty-band`, `unreachable-band`, `within-attainment` and `no-target`."""
    for route, scoring in scorings(document):
        for steps, code, values in scoring.faults():
            yield document.problem_at(code, (*route, "scoring", *steps), **values)
    for route, standard in standards(document, "better", "target", "scoring"):
        if not any(standard.scoring.faults()) and rules.curve(standard).axis == "attainment":
            yield from _attainment(standard, route, document)


def _attainment(standard: Standard, route: Route, document: Document) -> Iterator[Problem]:
    """Yield why there is no attainment for the curve to stand on."""
    if standard.better == "within":
        yield document.problem_at("within-attainment", (*route, "better"))
    elif standard.target is None:
        yield document.problem_at("no-target", route)
    elif standard.target <= 0:
        yield document.problem_at("target-not-above-0", (*route, "target"), target=standard.target)
