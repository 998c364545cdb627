"""The rules that a command works with."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpicard.problems import Problem
    from kpicard.rules.rules import Rules
    from kpicard.text import Language


def loaded(folder: Path | None, language: Language) -> tuple[Rules, Sequence[Problem]]:
    """Load the rules of a folder, or of the one that is found, and write to standard error what is wrong with them."""
    from kpicard.loading import load
    from kpicard.rules.find import find_roles

    rules, problems = load(find_roles(folder))
    if problems:
        from kpicard.reports.problems_text import write_problems

        write_problems(problems, language, sys.stderr)
    return rules, problems
