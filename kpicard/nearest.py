"""The right word that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from kpicard.text import fold

MOST: Final = 2000
LONGEST: Final = 100
"""Beyond these, comparing takes longer than a suggestion is worth."""


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the one of `words` that is most like `word`; None where none is like it, or there are too many to tell.

    Of words that differ only in case, spaces and hyphens, the first is meant.
    """
    known: dict[str, str] = {}
    for each in words:
        known.setdefault(fold(each), each)
    if len(known) > MOST or len(word) > LONGEST:
        return None
    close = get_close_matches(fold(word), known, n=1, cutoff=0.6)
    return known[close[0]] if close else None
