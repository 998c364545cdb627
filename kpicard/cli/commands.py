"""The commands by name, in the order of the help: only the one that a command line calls is imported.

A command is the function of its module that is called like it, with the module's `EXAMPLES` below its help.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final

import typer

COMMANDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "score": "Score monthly actuals and report the scorecards.",
        "explain": "Show how a scorecard is calculated, step by step, with each KPI's curve.",
        "trend": "Show how people and KPIs came along over several periods.",
        "summary": "Show the whole department: grades, spread by role and team, quotas, ranking.",
        "impact": (
            "Score the same actuals by the rules before and after a change, and report whose total and grade move."
        ),
        "roles": "List the roles, or print duty sheets: responsibilities, KPIs, how they are scored, and the grades.",
        "validate": "Check roles and department, and say what is wrong at which line and column.",
        "template": "Write a file to fill in with a month's actuals: for the people of a roster, or for each role.",
        "sql": "Print a script that scores a table of actuals in a database: the rules, the checks, and the query.",
        "schema": "Print the JSON Schema of a role's file, or of the department's.",
        "init": "Write a department, two roles, a roster and a month to fill in, to start from. Overwrites nothing.",
    }
)
"""What each does, as the help lists it; the help of the command itself begins with it."""

_WITH_VALUE: Final = "--lang"
"""The one option before a command that has a value."""


def register(app: typer.Typer, names: Iterable[str]) -> None:
    """Give an app commands with all their options."""
    for name in names:
        module: Any = import_module(f"kpicard.cli.{name}")
        app.command(name, epilog=module.EXAMPLES)(getattr(module, name))


def list_all(app: typer.Typer) -> None:
    """Give an app all commands by name, for its help, and for suggestions in place of one that there is not."""
    for name, text in COMMANDS.items():
        app.command(name, help=text)(_nothing)


def called(words: Iterable[str]) -> str | None:
    """Return the command that a command line calls; None where it calls none, or one that there is not."""
    before = ""
    for word in words:
        if word in COMMANDS:
            return word
        if not word.startswith("-") and before != _WITH_VALUE:
            return None
        before = word
    return None


def _nothing() -> None:
    """Stand for a command that is only listed."""
