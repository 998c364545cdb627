"""The commands, and what they share. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper
from typing import Annotated

import typer

from kpicard import __version__
from kpicard.cli.commands import COMMANDS, called, list_all, register
from kpicard.cli.language import command_language
from kpicard.cli.options import SOMETHING_WRONG, USED_WRONGLY, Lang
from kpicard.cli.wrong_use import tell_error
from kpicard.sizes import lacks_memory
from kpicard.text import Both, Language

_CANNOT_WRITE = Both("cannot write: {reason}", "无法写入：{reason}")
_NO_MEMORY = Both(
    "not enough memory; raise `--memory-limit` or `ulimit -v` where they are set, "
    "or free disk space in the folder for temporary files (TMPDIR)",
    "内存不足：如设置了 `--memory-limit` 或 `ulimit -v`，请调高；或为临时文件夹（TMPDIR）腾出磁盘空间",
)

_COMPLETION = "_KPICARD_COMPLETE"
"""The variable by which a shell asks for the words that fit."""


def app_for(words: Sequence[str]) -> typer.Typer:
    """Return the app that runs a command line: with the command that it calls, or else with a list of all."""
    app = app_without_commands()
    name = called(words)
    if name:
        register(app, [name])
    elif _COMPLETION in os.environ:
        register(app, COMMANDS)
    else:
        list_all(app)
    return app


def app_without_commands() -> typer.Typer:
    """Return an app with what all commands share."""
    app = typer.Typer(
        name="kpicard",
        help="KPI scorecards from YAML rules and a month's CSV: exact, checked, reviewable.",
        context_settings={"help_option_names": ["-h", "--help"]},
        no_args_is_help=True,
        rich_markup_mode=None,  # plain help starts in half the time
        pretty_exceptions_enable=False,
    )
    app.callback()(_common)
    return app


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kpicard {__version__}")
        raise typer.Exit


def _common(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - its callback sees to it
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
    lang: Lang = None,
) -> None:
    if lang:
        context.default_map = {name: {"lang": lang} for name in COMMANDS}


def run() -> None:
    """Run the command line.

    Output is UTF-8 where it is not a terminal's own business, and what cannot be written as text is written escaped.
    """
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
    language = command_language(sys.argv[1:])
    try:
        try:
            _run_in(language)
        except SystemExit as end:
            if end.code != USED_WRONGLY:
                sys.stdout.flush()  # now, when it can still be told that it cannot be written
            raise
    except BrokenPipeError:  # who read it has seen enough
        sys.exit(SOMETHING_WRONG)
    except OSError as error:  # a full disk behind standard output, or behind standard error
        if lacks_memory(error):
            raise
        from kpicard.problems.reasons import reason_in

        with suppress(OSError):
            tell_error(_CANNOT_WRITE, language, reason=reason_in(error.strerror or str(error), language))
        sys.exit(USED_WRONGLY)


def tell_lack_of_memory() -> None:
    """Say that there is not enough memory."""
    tell_error(_NO_MEMORY, command_language(sys.argv[1:]))


def _open_closed_streams() -> None:
    """Stand in for streams that are closed, as by `>&-`: no file that is opened later may take their numbers.

    Standard input is then empty, what is written to standard output cannot be, and messages are for nobody.
    """
    if sys.stdin is None:
        sys.stdin = os.fdopen(os.open(os.devnull, os.O_RDONLY), encoding="utf-8")
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")


def _run_in(language: Language) -> None:
    """Run the command line with help and usage errors in a language; typer's own is English."""
    if language == "zh":
        from kpicard.cli.chinese.run import run_in_chinese

        run_in_chinese(app_for(sys.argv[1:]))
    app_for(sys.argv[1:])()
