"""Magnitudes: the words and letters behind a number, or before a unit, that multiply it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

CHINESE: Final = {
    "百": 10**2,
    "千": 10**3,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}
LETTERS: Final = {"k": 10**3, "K": 10**3, "w": 10**4, "W": 10**4, "M": 10**6}
MAGNITUDES: Final[Mapping[str, int]] = CHINESE | LETTERS

_LEADING: Final = re.compile("|".join(sorted(MAGNITUDES, key=len, reverse=True)))


def split_magnitude(text: str) -> tuple[str, str]:
    """Return the longest magnitude that `text` starts with, empty if none, and what follows it.

    >>> split_magnitude("百万 次"), split_magnitude("次")
    (('百万', '次'), ('', '次'))
    """
    found = _LEADING.match(text)
    return (found[0], text[found.end() :].lstrip()) if found else ("", text)
