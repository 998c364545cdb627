"""The language of a command line, known before it is parsed: help and usage errors are said in it as well."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from kpicard.cli.options import environment_language
from kpicard.text import LANGUAGES, Language

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
