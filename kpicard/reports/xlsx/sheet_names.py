"""Names that a spreadsheet takes for its sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, count
from typing import Final

from kpicard.text import printable

_LONGEST: Final = 31
"""In units of UTF-16, as Excel counts."""

_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]+")
_CALL: Final = re.compile(r"(?<=\w)\(")
"""What looks like a function's call: in a formula on a sheet called SORT(x), XlsxWriter would find that function."""

_RESERVED: Final = frozenset({"history"})


class SheetNames:
    """Gives every sheet a name of its own, whatever it is called after."""

    def __init__(self) -> None:
        self._taken: set[str] = set(_RESERVED)

    def take(self, wanted: str) -> str:
        """Return a name as much like the wanted one as can be.

        >>> names = SheetNames()
        >>> names.take("A/B test"), names.take("a_b test")
        ('A_B test', 'a_b test (2)')
        """
        for ending in _endings():
            legal = _CALL.sub(" (", _FORBIDDEN.sub("_", printable(wanted))).strip("' ")
            name = _cut(legal, _LONGEST - len(ending)) + ending
            if name.strip() and name.casefold() not in self._taken:
                self._taken.add(name.casefold())
                return name
        raise AssertionError  # there is always a further number


def _endings() -> Iterator[str]:
    return chain([""], (f" ({number})" for number in count(2)))


def _cut(text: str, longest: int) -> str:
    while len(text.encode("utf-16-le")) > 2 * longest:
        text = text[:-1]
    return text.rstrip("' ")
