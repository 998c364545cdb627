"""One code's entry in the catalogue."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypedDict


class Words(TypedDict):
    """A template in both languages; `{name}` stands for a value of the problem."""

    en: str
    zh: str


class Entry(NamedTuple):
    """What a code says, and its hints: of these, the first whose values are all known is shown."""

    message: Words
    hints: tuple[Words, ...] = ()
    severity: Literal["error", "warning"] = "error"


def words(en: str, zh: str) -> Words:
    """Return a template in both languages."""
    return {"en": en, "zh": zh}
