"""Texts in one or two languages, safe to show, and the right word that was probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Final, Literal, NamedTuple, Protocol, TypeAlias, get_args

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


class Translated(Protocol):
    """A text in one language or more."""

    @property
    def en(self) -> str | None: ...  # noqa: D102 - the language's code says it
    @property
    def zh(self) -> str | None: ...  # noqa: D102 - the language's code says it


class Both(NamedTuple):
    """A text of the program's own, in both languages."""

    en: str
    zh: str


Text: TypeAlias = str | Translated
"""A plain string, or a text by language."""

# C0 and C1 controls (escape sequences start with one); the marks that reorder text, that hide in it or leave a blank in
# its place, as Unicode's default ignorables do, but for those that choose between forms of a character; and the halves
# of characters and the two that are none, which no XML may have.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)

_FURTHER_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
BLANKS: Final = f"\t\n\r {_FURTHER_BLANKS}"
"""The blanks around a text."""

# Not Unicode's compatibility forms: they would make digits of ² and ①. Line breaks and tabs stay what they are.
HALF_WIDTH: Final[Mapping[int, int | str]] = {
    **{full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, _FURTHER_BLANKS), " "),
    ord("￥"): "¥",
    ord("\N{MINUS SIGN}"): "-",
}
"""The character of ASCII for each full-width one and for each blank, by its code."""


def say(text: Text, language: Language) -> str:
    """Return `text` in `language`; where it is missing there, in the other."""
    if isinstance(text, str):
        return str(text)  # a text of the rules is a string of its own kind
    return getattr(text, language) or text.en or text.zh or ""


def from_to(lowest: str | None, highest: str | None) -> Both:
    """Return how people say what lies from one figure to another, both included; None leaves an end open."""
    if lowest is None and highest is None:
        return Both("any figure", "任意值")
    if lowest is None:
        return Both(f"{highest} or less", f"不高于 {highest}")
    if highest is None:
        return Both(f"{lowest} or more", f"不低于 {lowest}")
    return Both(f"{lowest} to {highest}", f"{lowest} 至 {highest}")


def translations(text: Text) -> dict[str, str]:
    """Return a text by language as a dict of the languages that it has; none for a plain string."""
    if isinstance(text, str):
        return {}
    return {language: words for language in LANGUAGES if (words := getattr(text, language))}


def spellings(text: Text) -> tuple[str, ...]:
    """Return the text in every language that it has."""
    return (text,) if isinstance(text, str) else tuple(translations(text).values())


def printable(text: str) -> str:
    r"""Return `text` with control and invisible characters written out (ESC as ``\x1b``), so that none can act."""
    return _UNSAFE.sub(lambda found: found[0].encode("unicode_escape", "surrogatepass").decode("ascii"), text)


def half_width(text: str) -> str:
    """Return `text` with its full-width characters and its blanks as ASCII has them, each in its place.

    >>> half_width("（￥－１２．５％）")
    '(¥-12.5%)'
    """
    return text if text.isascii() else text.translate(HALF_WIDTH)


def squeeze(text: str) -> str:
    """Return `text` without its blanks."""
    return "".join(text.split())


def fold(text: str) -> str:
    """Return `text` as it is compared: half-width, without case, and without spaces, underscores or hyphens.

    >>> fold(" Customer_Service ")
    'customerservice'
    """
    return re.sub(r"[\s_-]+", "", half_width(text)).casefold()


def is_misspelt(text: str, word: str) -> bool:
    """Return whether a text is a word with at most two letters wrong, missing, too many or exchanged, and half right.

    >>> is_misspelt("qality", "quality"), is_misspelt("复够率", "复购率"), is_misspelt("总分", "客诉")
    (True, True, False)
    """
    longest = max(len(text), len(word))
    if abs(len(text) - len(word)) > 2 or longest > LONGEST:
        return False
    before, row = list[int](), list(range(len(word) + 1))
    for number, letter in enumerate(text):
        older, before, row = before, row, [number + 1]
        for index, other in enumerate(word):
            cost = min(before[index] + (letter != other), before[index + 1] + 1, row[index] + 1)
            if index and number and letter == word[index - 1] and other == text[number - 1]:
                cost = min(cost, older[index - 1] + 1)
            row.append(cost)
    return row[-1] <= min(2, longest // 2)


def misspelt(text: str, words: Iterable[str]) -> str | None:
    """Return the word that a text misspells, None where it misspells none: see `is_misspelt`."""
    folded = fold(text)
    return next((word for word in words if is_misspelt(folded, fold(word))), None)


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
