"""Checks of the rules, one per file: the file's name is the check's id, its docstring what is published about it.

A new check is a new file in one of the packages here, and its words in `kpicard.problems`:

- `role`: looks at a role's file, `check(file: RoleFile)`;
- `department`: looks at the department's, `check(document: Document)`;
- `both`: looks at either, `check(document: Document)`;
- `comments`, `reading`, `folder`: found elsewhere, while comments, files and folders are read; a docstring only.

They look at the document and not at the typed role, so that one wrong field hides no other problem; a check passes
over what it cannot read, since that is a problem of its own already.
"""

from __future__ import annotations

from kpicard.checks.registry import functions
from kpicard.checks.role_file import RoleFile
from kpicard.checks.switched_off import without_ignored
from kpicard.problems import Problem
from kpicard.rules.document import Document
from kpicard.rules.rules import Rules

__all__ = ["check_department", "check_role", "without_ignored"]


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
