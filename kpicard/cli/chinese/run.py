"""Running the command line in Chinese: as typer does it, and what typer would say in English is said here."""

from __future__ import annotations

import re
import sys
from typing import Final, NoReturn, cast

import typer
from typer.main import get_command

from kpicard.cli.chinese.translate import translate
from kpicard.cli.chinese.typer_words import METAVARS, in_chinese
from kpicard.cli.wrong_use import WrongUse

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
