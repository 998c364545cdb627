"""The commands, and what they share. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from keyword import iskeyword
from types import MappingProxyType
from typing import Annotated, Any, Final

import typer

from kpicard import __version__
from kpicard.cli.options import SOMETHING_WRONG, USED_WRONGLY, Lang, command_language, tell_error
from kpicard.numbers import lacks_memory
from kpicard.text import Language

COMMANDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "score": "Score monthly actuals and report the scorecards.",
        "explain": "Show how a scorecard is calculated, step by step, with each KPI's curve.",
        "trend": "Show how people and KPIs changed over several periods.",
        "summary": "Show the whole department: grades, spread by role and team, quotas, ranking.",
        "impact": (
            "Score the same actuals by the rules before and after a change, and report whose total and grade move."
        ),
        "diff": (
            "Compare two sets of cards: whose total, grade, coefficient and bonus moved, by how much, because of what."
        ),
        "close": "Freeze a period's data, rules and cards together, as text; what is closed is never overwritten.",
        "verify": "Check that closed periods were not changed, and that their data and rules give their cards again.",
        "roles": "List the roles, or print duty sheets: responsibilities, KPIs, how they are scored, and the grades.",
        "validate": "Check roles and department, and say what is wrong at which line and column.",
        "test": "Run the tests of the rules, `tests/*.yaml` in the roles' folder: given actuals, and what is expected.",
        "template": "Write a file to fill in with a month's actuals: for the people of a roster, or for each role.",
        "tidy": "Write what was understood of files of actuals: one row per figure, by id, with its place.",
        "sql": "Print a script that scores a table of actuals in a database: the rules, the checks, and the query.",
        "import": "Write a role's file from an appraisal form in Excel, and say what it still lacks.",
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
        called = f"{name}_" if iskeyword(name) else name
        module: Any = import_module(f"kpicard.cli.{called}")
        app.command(name, epilog=module.EXAMPLES, short_help=COMMANDS[name])(getattr(module, called))


def list_all(app: typer.Typer) -> None:
    """Give an app all commands by name, for its help, and for suggestions in place of one that there is not."""
    for name, text in COMMANDS.items():
        app.command(name, help=text, short_help=text)(_nothing)


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


STATUSES: Final = """\b
Exit status:
  0    all is well
  1    something is wrong with the rules or the data, and it was reported
  2    the command could not do what you asked
  3    a condition of --fail-on is met
  130  you stopped it with Ctrl-C"""

_COMPLETION = "_KPICARD_COMPLETE"
"""The variable by which a shell asks for the words that fit."""


_TYPED_FOR: Final[Mapping[str, str]] = MappingProxyType({"help": "kpicard --help", "version": "kpicard --version"})
"""Words that people try as commands, and what does what they want."""


def refuse_no_command(words: Sequence[str], language: Language) -> None:
    """End where the first word is one that people try as a command: say what to type."""
    tried = next((word for word in words if not word.startswith("-")), "")
    if tried in _TYPED_FOR and called(words) is None:
        rest = f"kpicard {words[-1]} --help" if tried == "help" and words[-1] in COMMANDS else _TYPED_FOR[tried]
        tell_error("what-to-type", language, name=tried, command=rest)
        sys.exit(USED_WRONGLY)


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
        epilog=STATUSES,
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
        from kpicard.messages import reason_in

        with suppress(OSError):
            tell_error("cannot-write-out", language, reason=reason_in(error.strerror or str(error), language))
        sys.exit(USED_WRONGLY)


def tell_lack_of_memory() -> None:
    """Say that there is not enough memory."""
    tell_error("no-memory", command_language(sys.argv[1:]))


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
    refuse_no_command(sys.argv[1:], language)
    if language == "zh":
        from kpicard.cli.help_in_chinese import run_in_chinese

        run_in_chinese(app_for(sys.argv[1:]))
    from typer.main import get_command

    from kpicard.cli.help_layout import lay_out

    lay_out(get_command(app_for(sys.argv[1:])))()
