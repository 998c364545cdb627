"""Problems as GitHub workflow commands, which annotate the lines of a pull request."""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from typing import TextIO

from kpicard.problems import Problem
from kpicard.reports.problems import summary
from kpicard.rules.load import Checked
from kpicard.text import Language, printable


def write(checked: Checked, language: Language, out: TextIO) -> None:
    """Write one command per problem, and for the log a line that sums up: GitHub shows only so many annotations."""
    out.writelines(_command(problem, language) + "\n" for problem in checked.problems)
    out.write(f"{summary(checked, language)}\n")


def _command(problem: Problem, language: Language) -> str:
    properties = {
        "file": repository_path(problem.path),
        "line": problem.line,
        "col": problem.column,
        "title": f"kpicard {problem.code}",
    }
    shown = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items() if value is not None)
    hint = problem.hint_in(language)
    message = problem.message_in(language) + (f"\n{hint}" if hint else "")
    return f"::{problem.severity} {shown}::{_data(message)}"


def _data(text: str) -> str:
    """Escape a message as the runner's command parser expects it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape a property, which ends at a comma or a colon."""
    return _data(printable(text)).replace(":", "%3A").replace(",", "%2C")


def repository_path(path: str) -> str:
    """Return a path from the top of the repository that GitHub's CI checked out, if it is in there.

    A path is given from the folder where the command was run, which need not be the top. Elsewhere it stays as it is.
    """
    workspace = os.environ.get("GITHUB_WORKSPACE")
    full = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links out of the repository
    if workspace and full.is_relative_to(workspace):
        return full.relative_to(workspace).as_posix()
    return PurePath(path).as_posix()
