"""Checks across the fields of the rules: what the types of single fields cannot say. One file each.

They look at the document and not at the typed role, so that one wrong field hides no other problem; a check passes
over what it cannot read, since that is a problem of its own already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kpicard.checks import curves, grades, ids, names, references, scoring, weights
from kpicard.problems import Problem
from kpicard.rules.document import Document
from kpicard.rules.models import Rules

Check = Callable[[Document, Rules], Iterator[Problem]]

ROLE_CHECKS: tuple[Check, ...] = (ids.check, names.check, references.check, weights.check, scoring.check, curves.check)
DEPARTMENT_CHECKS: tuple[Check, ...] = (grades.check,)


def check_role(document: Document, rules: Rules) -> list[Problem]:
    """Return what is wrong across the fields of a role's document; `rules` has the department, for its cap."""
    return [problem for check in ROLE_CHECKS for problem in check(document, rules)]


def check_department(document: Document) -> list[Problem]:
    """Return what is wrong across the fields of a department's document."""
    return [problem for check in DEPARTMENT_CHECKS for problem in check(document, Rules(None))]
