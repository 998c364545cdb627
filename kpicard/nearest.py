"""The right word that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from kpicard.text import fold


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the one of `words` that is most like `word`, or None where none is like it."""
    known = {fold(each): each for each in words}
    close = get_close_matches(fold(word), known, n=1, cutoff=0.6)
    return known[close[0]] if close else None
