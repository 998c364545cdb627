"""What a command says when it cannot go on: in the language of the command line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, TypeAlias

import typer

from kpicard.text import Both, Language, printable, say

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
