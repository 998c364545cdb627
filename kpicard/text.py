"""Texts in one or two languages, and texts that are safe to show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, TypeAlias, get_args

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

Text: TypeAlias = str | Mapping[str, str]
"""A plain string, or a map of language to string."""

# C0 and C1 controls (escape sequences start with one), and the marks that reorder or hide text.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def say(text: Text, language: Language) -> str:
    """Return `text` in `language`; where it is missing, in English, else in any language that it has."""
    if isinstance(text, str):
        return text
    return text.get(language) or text.get("en") or next(iter(text.values()), "")


def spellings(text: Text) -> tuple[str, ...]:
    """Return the text in every language that it has."""
    return (text,) if isinstance(text, str) else tuple(text.values())


def printable(text: str) -> str:
    r"""Return `text` with control and invisible characters written out (ESC as ``\x1b``), so that none can act."""
    return _UNSAFE.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def fold(text: str) -> str:
    """Return `text` as it is compared: without case, and without spaces, underscores or hyphens.

    >>> fold(" Customer_Service ")
    'customerservice'
    """
    return re.sub(r"[\s_-]+", "", text).casefold()
