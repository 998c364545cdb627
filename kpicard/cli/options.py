"""The options of the commands, each written once, and what a command says when it cannot go on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from itertools import pairwise, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias

import typer

from kpicard.cli.completion import roles
from kpicard.messages import words_of
from kpicard.text import LANGUAGES, Both, Language, nearest, printable, say

if TYPE_CHECKING:
    from kpicard.problems import Problem

Value: TypeAlias = str | Path | int | Sequence[str] | None
"""What a message may quote; several words are listed."""

Words: TypeAlias = str | Both
"""A message: the id that it has among those of the command line, or its words."""

SOMETHING_WRONG: Final = 1
USED_WRONGLY: Final = 2
CONDITION_MET: Final = 3

_NOT_AS_ASKED: Final = frozenset(
    (
        *("no-such-path", "not-a-folder", "no-match", "remote-path", "no-such-sheet", "no-such-table", "missing-extra"),
        *("not-found", "nothing-selected", "nobody-chosen", "no-git", "no-repository", "no-such-revision"),
        *("not-in-revision", "git-failed", "not-in-clone", "submodule-not-here", "large-revision"),
    )
)
"""The problems that are about what was asked for, and not about what stands in a file."""


def status_of(problems: Iterable[Problem], *, strict: bool = False) -> int:
    """Return the exit status of a command that found these problems: the same for the same cause in all commands.

    2: something that was asked for is not there; 1: something else is wrong, with `strict` a warning too; else 0.
    """
    errors = [each for each in problems if strict or each.severity == "error"]
    if any(each.code in _NOT_AS_ASKED for each in errors):
        return USED_WRONGLY
    return SOMETHING_WRONG if errors else 0


def end_with(status: int) -> None:
    """End the command if its status is another than 0."""
    if status:
        raise typer.Exit(status)


class WrongUse(typer.BadParameter):
    """A wrong use of an option or argument, which has words in both languages; typer itself shows the English ones.

    `where` names the option or argument; a parser of values leaves it out, since typer knows which it is.
    """

    def __init__(self, words: Words, *, where: str | None = None, **values: Value) -> None:
        super().__init__(said(words, "en", **values), param_hint=where)
        self._words = words
        self._values = values

    def said_in(self, language: Language) -> str:
        """Return what is wrong, in `language`."""
        return said(self._words, language, **self._values)


def said(words: Words, language: Language, **values: Value) -> str:
    """Return a message of the command line in `language`."""
    both = words if isinstance(words, Both) else words_of("cli")[words]
    return say(both, language).format(**{name: _shown(value, language) for name, value in values.items()})


def tell(words: Words, language: Language, **values: Value) -> None:
    """Write a message to standard error."""
    typer.echo(said(words, language, **values), err=True)


_QUIET: ContextVar[bool] = ContextVar("quiet", default=False)


def be_quiet(*, quiet: bool) -> None:
    """Say from now on whether notes are left out, which are no problems."""
    _QUIET.set(quiet)


def note(words: Words, language: Language, **values: Value) -> None:
    """Write to standard error what was done, unless quiet was asked for."""
    if not _QUIET.get():
        tell(words, language, **values)


def is_quiet() -> bool:
    """Whether notes and progress are left out."""
    return _QUIET.get()


def tell_error(words: Words, language: Language, **values: Value) -> None:
    """Write to standard error why the command cannot go on."""
    tell("error", language, text=said(words, language, **values))


def _shown(value: Value, language: Language) -> str:
    if value is None or isinstance(value, str | Path | int):
        text = str(value)
        return text if language == "en" else printable(text)  # English quotes with !r, which escapes
    return ("、" if language == "zh" else ", ").join(map(printable, value))


def one_of(choices: Iterable[str]) -> Callable[[str], str]:
    """Return a parser that takes one of the choices, and suggests the nearest for anything else."""
    known = tuple(choices)

    def parse(value: str) -> str:
        if value in known:
            return value
        meant = nearest(value, known)
        raise WrongUse("none-of-meant" if meant else "none-of", value=value, known=known, meant=meant)

    return parse


def apart(option: str, value: str) -> str:
    """Return an option with several values in one as it is written: once for each."""
    prefix = f"{option} " if option.startswith("-") else ""
    return " ".join(f"{prefix}{each.strip()}" for each in value.split(",") if each.strip())


def one_period(value: str) -> str:
    """Return a period in any spelling as `YYYY-MM`."""
    from kpicard.periods import read_period

    period = read_period(value)
    if period is None:
        words = "one-each" if "," in value else "no-period"
        raise WrongUse(words, value=value, name=value, apart=apart("--period", value))
    return period


def _one_encoding(value: str) -> str:
    from kpicard.actuals.files.encodings import known_encoding

    if known_encoding(value) is None:
        raise WrongUse("no-encoding", value=value)
    return value


_LEAST_MEMORY: Final = 300_000_000


def _one_size(value: str) -> int:
    from kpicard.numbers import read_size

    found = read_size(value)
    if found is None or found < _LEAST_MEMORY:
        raise WrongUse("no-size" if found is None else "too-small", value=value)
    return found


def environment_language() -> Language:
    """Return the language of the environment's locale: Chinese if it says so, otherwise English."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if named.lower().startswith("zh") else "en"


_LANG: Final = "--lang"


def command_language(words: Sequence[str]) -> Language:
    """Return what the last `--lang` says, wherever it stands; otherwise the language of the environment."""
    options = takewhile(lambda word: word != "--", words)
    given = [
        following if word == _LANG else word.removeprefix(f"{_LANG}=")
        for word, following in pairwise([*options, ""])
        if word.startswith(_LANG)
    ]
    known = [language for word in given for language in LANGUAGES if word == language]
    return known[-1] if known else environment_language()


MISSING: Final = ("refuse", "zero", "exclude")
BY: Final = ("quarter", "half", "year")
ROLLUPS: Final = ("totals", "actuals")

Files: TypeAlias = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE", help="CSV, Excel or Parquet files of actuals, folders or patterns; - is standard input."
    ),
]
Roles: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--roles", metavar="DIR", help="Folder of the roles. [default: $KPICARD_ROLES, ./roles, or the packaged ones]"
    ),
]
OwnRoles: TypeAlias = Annotated[
    Path | None,
    typer.Option("--roles", metavar="DIR", help="Folder of the roles. [default: $KPICARD_ROLES, or ./roles]"),
]
"""For commands that never use the packaged roles."""
Quiet: TypeAlias = Annotated[
    bool, typer.Option("--quiet", "-q", help="Say nothing of what was done: only what is wrong.")
]
Anonymous: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--anonymous",
        help="Number people in the report instead of naming them: E1, E2, ... Problems are on standard error alone.",
    ),
]
Lang: TypeAlias = Annotated[
    Language | None,
    typer.Option(
        "--lang",
        metavar="|".join(LANGUAGES),
        parser=one_of(LANGUAGES),
        help="Language of the report. [default: the environment's]",
    ),
]
Periods: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(metavar="YYYY-MM", parser=one_period, help="Only this period; it also dates a file that says none."),
]
Employees: TypeAlias = Annotated[
    list[str] | None, typer.Option(metavar="ID", help="Only this employee; may be repeated.")
]
OnlyRoles: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(metavar="ROLE", help="Only this role, by id or title; may be repeated.", autocompletion=roles),
]
MissingFigures: TypeAlias = Annotated[
    str,
    typer.Option(
        metavar="|".join(MISSING),
        parser=one_of(MISSING),
        help="A KPI not reported: withhold the card, score it 0, or leave it out and scale the other weights up.",
    ),
]
By: TypeAlias = Annotated[
    str | None,
    typer.Option(
        metavar="|".join(BY),
        parser=one_of(BY),
        help="One card for each quarter, half-year or year, from its months.",
    ),
]
RollupOf: TypeAlias = Annotated[
    str | None,
    typer.Option(
        metavar="|".join(ROLLUPS),
        parser=one_of(ROLLUPS),
        help="With --by: the mean of the months' totals, or score the actuals of the months brought together. "
        "[default: totals]",
    ),
]
DecimalMark: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--decimal",
        metavar=",|.",
        parser=one_of((",", ".")),
        help="The mark before decimals in texts: with `,` 1.299,50 is read. [default: .]",
    ),
]
NotReported: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(metavar="WORD", help="A word in place of a figure that is not reported; may be repeated."),
]
NotApplicable: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(metavar="WORD", help="A word in place of a figure that does not apply; may be repeated."),
]
Encoding: TypeAlias = Annotated[
    str | None, typer.Option(metavar="NAME", parser=_one_encoding, help="Encoding of text files. [default: detected]")
]
RosterFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--roster",
        metavar="FILE",
        dir_okay=False,
        help="CSV, Excel or Parquet file of the people: employee, role and, if wanted, name, team, manager, base, "
        "share, from, until, and a column `KPI target` for each personal target.",
    ),
]
Sheets: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="Sheet of a workbook; may be repeated. [default: the one with actuals]"),
]
ProblemsFile: TypeAlias = Annotated[
    Path | None,
    typer.Option("--problems", metavar="FILE", help="Write all problems to a file, each as a line of JSON."),
]
MemoryLimit: TypeAlias = Annotated[
    int | None,
    typer.Option(
        metavar="SIZE",
        parser=_one_size,
        help="The most memory to take, as 4GB; what is beyond it goes to disk. [default: most of the machine's]",
    ),
]
