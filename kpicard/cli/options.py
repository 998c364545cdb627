"""Options that all commands have, and what a command says when it cannot go on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise, takewhile
from pathlib import Path
from typing import Annotated, Final, TypeAlias

import typer

from kpicard.text import LANGUAGES, Both, Language, nearest, printable, say

Value: TypeAlias = str | Path | Sequence[str] | None
"""What an error may quote; several words are listed."""

_ERROR: Final = Both("Error: {text}", "错误：{text}")


class WrongUse(typer.BadParameter):
    """A wrong use of an option or argument, which has words in both languages; typer itself shows the English ones.

    `where` names the option or argument; a parser of values leaves it out, since typer knows which it is.
    """

    def __init__(self, words: Both, *, where: str | None = None, **values: Value) -> None:
        super().__init__(_fill(words, "en", values), param_hint=where)
        self._words = words
        self._values = values

    def said_in(self, language: Language) -> str:
        """Return what is wrong, in `language`."""
        return _fill(self._words, language, self._values)


def tell_error(words: Both, language: Language, **values: Value) -> None:
    """Write to standard error why the command cannot go on."""
    typer.echo(say(_ERROR, language).format(text=_fill(words, language, values)), err=True)


def _fill(words: Both, language: Language, values: dict[str, Value]) -> str:
    return say(words, language).format(**{name: _shown(value, language) for name, value in values.items()})


def _shown(value: Value, language: Language) -> str:
    if value is None or isinstance(value, str | Path):
        text = str(value)
        return text if language == "en" else printable(text)  # English quotes with !r, which escapes
    return ("、" if language == "zh" else ", ").join(map(printable, value))


USED_WRONGLY = 2
SOMETHING_WRONG = 1
CONDITION_MET = 3
"""What `--fail-on` names is there."""

_NONE_OF: Final = Both("{value!r} is none of: {known}", "没有“{value}”；可选：{known}")
_MEANT: Final = Both(
    "{value!r} is none of: {known}; did you mean {meant!r}?", "没有“{value}”；可选：{known}；是否想写“{meant}”？"
)


def one_of(choices: Iterable[str]) -> Callable[[str], str]:
    """Return a parser that takes one of the choices, and suggests the nearest for anything else."""
    known = tuple(choices)

    def parse(value: str) -> str:
        if value in known:
            return value
        meant = nearest(value, known)
        raise WrongUse(_MEANT if meant else _NONE_OF, value=value, known=known, meant=meant)

    return parse


def environment_language() -> Language:
    """Return the language of the environment's locale: Chinese if it says so, otherwise English."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if named.lower().startswith("zh") else "en"


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
Lang: TypeAlias = Annotated[
    Language | None,
    typer.Option(
        "--lang",
        metavar="|".join(LANGUAGES),
        parser=one_of(LANGUAGES),
        help="Language of the report. [default: the environment's]",
    ),
]


_OPTION = "--lang"


def command_language(words: Sequence[str]) -> Language:
    """Return what the last `--lang` says, wherever it stands; otherwise the language of the environment."""
    options = takewhile(lambda word: word != "--", words)
    said = [
        following if word == _OPTION else word.removeprefix(f"{_OPTION}=")
        for word, following in pairwise([*options, ""])
        if word.startswith(_OPTION)
    ]
    known = [language for word in said for language in LANGUAGES if word == language]
    return known[-1] if known else environment_language()
