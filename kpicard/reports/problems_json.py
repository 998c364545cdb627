"""Problems as JSON, format `kpicard.problems/1`."""

from __future__ import annotations

from typing import TextIO

from kpicard.reports.json_text import dumps, problem_values
from kpicard.rules.load import Checked
from kpicard.text import Language


def write(checked: Checked, language: Language, out: TextIO) -> None:
    """Write how many files were checked, and every problem."""
    problems = [problem_values(problem, language) for problem in checked.problems]
    out.write(dumps({"format": "kpicard.problems/1", "files": len(checked.files), "problems": problems}) + "\n")
