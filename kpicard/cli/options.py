"""Options that several commands have."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Final, TypeAlias

import typer

from kpicard.cli.wrong_use import WrongUse
from kpicard.nearest import nearest
from kpicard.text import LANGUAGES, Both, Language

USED_WRONGLY = 2
SOMETHING_WRONG = 1

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
