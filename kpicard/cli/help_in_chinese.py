"""Running the command line in Chinese: as typer does it, with its own words said here."""

from __future__ import annotations

import re
import sys
from typing import Any, Final, NoReturn, cast

import typer
from typer.main import get_command

from kpicard.cli.help_layout import METAVARS, Layout, in_chinese
from kpicard.cli.options import WrongUse
from kpicard.messages import chinese_of

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
        return "\n".join(chinese_of("help").get(line.strip(), line) for line in text.split("\n"))
    joined = " ".join(text.split())
    return chinese_of("help").get(joined, joined)


_UsageError: Final = cast("type[typer.BadParameter]", typer.BadParameter.__mro__[1])  # typer has no name for it
_INVALID: Final = re.compile(r"Invalid value(?: for (?P<where>.+?))?: (?P<message>.*)", re.DOTALL)


def run_in_chinese(app: typer.Typer) -> NoReturn:
    """Run the command line, and end the process."""
    command = get_command(app)
    translate(command)
    try:
        sys.exit(command(standalone_mode=False))
    except _UsageError as error:
        _show(error)
        sys.exit(error.exit_code)
    except typer.Abort:
        typer.echo("已中止。", err=True)
        sys.exit(1)


def _show(error: typer.BadParameter) -> None:
    """Write a wrong use to standard error, below how the command is used."""
    if type(error).show is not _UsageError.show:  # such as the help that stands for an error where no word is given
        error.show()
        return
    if error.ctx is not None:
        help_ = f"{error.ctx.command_path} {error.ctx.help_option_names[0]}"
        typer.echo(f"{error.ctx.get_usage()}\n查看帮助：`{help_}`。\n", err=True)
    typer.echo(f"错误：{_said(error)}", err=True)


def _said(error: typer.BadParameter) -> str:
    message = error.format_message()
    found = _INVALID.fullmatch(message)
    if not found:
        return in_chinese(message)
    where = (found["where"] or "").replace("'", "")
    said = error.said_in("zh") if isinstance(error, WrongUse) else in_chinese(found["message"])
    return f"{where} 有误：{said}" if where.startswith("-") else f"“{METAVARS.get(where, where)}”有误：{said}"
