"""How wide columns are, in half-width characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final
from unicodedata import east_asian_width

from kpicard.reports.xlsx.styles import Style

_NARROWEST: Final = 5
_WIDEST: Final = 44
_ROOM: Final = 2.5


class Widths:
    """Sees what is written into each column, and says how wide it is to be."""

    def __init__(self) -> None:
        self._widest: dict[int, int] = {}

    def see(self, column: int, text: str) -> None:
        """Take a text of a column into account."""
        if 2 * len(text) > self._widest.get(column, 0) and (places := places_of(text)) > self._widest.get(column, 0):
            self._widest[column] = places

    def see_number(self, column: int, value: Decimal | int, wanted: Style) -> None:
        """Take a number of a column into account, as it is shown in a style."""
        places = len(f"{int(value):,}") + wanted.tail + (value < 0)
        if places > self._widest.get(column, 0):
            self._widest[column] = places

    def see_heading(self, column: int, text: str) -> None:
        """Take a heading into account that may take two lines; a Latin word is not broken."""
        places = max(len(word) if word.isascii() else places_of(word) // 2 + 1 for word in (text or " ").split(" "))
        self._widest[column] = max(self._widest.get(column, 0), places, places_of(text) // 2)

    def of(self, columns: Iterable[int]) -> Iterator[tuple[int, float]]:
        """Yield the columns with their widths."""
        for column in columns:
            yield column, min(max(self._widest.get(column, 0), _NARROWEST), _WIDEST) + _ROOM


def places_of(text: str) -> int:
    """Return how many half-width characters are as wide as a text: a Chinese one takes two places.

    >>> places_of("kpi"), places_of("得分")
    (3, 4)
    """
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
