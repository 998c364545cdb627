"""The help of all commands, put into Chinese."""

from __future__ import annotations

from typing import Any, Final

import typer

from kpicard.cli.chinese.help import HELP
from kpicard.cli.chinese.layout import Layout
from kpicard.cli.chinese.typer_words import METAVARS

_Context: Final[Any] = type("Context", (typer.Context,), {"formatter_class": Layout})


def translate(command: Any, parent: Any = None) -> None:
    """Put the help of a command into Chinese, with that of its options and of the commands below it."""
    command.context_class = _Context
    context = _Context(command, parent=parent, **command.context_settings)
    command.help = chinese(command.help or "")
    command.short_help = command.help.partition("\n")[0].partition("。")[0]
    command.epilog = chinese(command.epilog or "")
    command.options_metavar = METAVARS.get(command.options_metavar, command.options_metavar)
    for parameter in command.get_params(context):
        if parameter.help:
            parameter.help = chinese(parameter.help)
        parameter.metavar = METAVARS.get(parameter.metavar, parameter.metavar)
    if hasattr(command, "commands"):
        command.subcommand_metavar = METAVARS.get(command.subcommand_metavar, command.subcommand_metavar)
        for each in command.commands.values():
            translate(each, context)


def chinese(text: str) -> str:
    r"""Return a text of the help in Chinese, paragraph by paragraph.

    Of one that keeps its lines, which begins with `\b`, each line is looked up; a command stays what it is.
    """
    return "\n\n".join(_paragraph(paragraph) for paragraph in text.split("\n\n"))


def _paragraph(text: str) -> str:
    if text.startswith("\b\n"):
        return "\n".join(HELP.get(line.strip(), line) for line in text.split("\n"))
    joined = " ".join(text.split())
    return HELP.get(joined, joined)
