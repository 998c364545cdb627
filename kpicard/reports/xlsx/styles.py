"""What the cells of the workbook look like: styles, colours and widths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final
from unicodedata import east_asian_width

from kpicard.reports.xlsx.formulas import decimals

_WHOLE_PART: Final = "#,##0"


@dataclass(frozen=True, eq=False)
class Style:
    """Properties of a cell, by their names in XlsxWriter."""

    properties: Mapping[str, Any]
    tail: int = 0
    """How many characters a number has behind its whole part."""


def style(**properties: Any) -> Style:
    """Return a style."""
    return Style(MappingProxyType(properties))


def number(places: int, unit: str = "", **properties: Any) -> Style:
    """Return the style of numbers with so many decimals, and a unit such as % behind each."""
    fraction = f".{'0' * places}" if places else ""
    shown = f'{_WHOLE_PART}{fraction}"{unit}"' if unit else f"{_WHOLE_PART}{fraction}"
    return Style(MappingProxyType({"num_format": shown, **properties}), len(fraction) + len(unit))


def fitting(values: Iterable[Decimal | None], unit: str = "") -> Style:
    """Return the style that shows the decimals of all the values, so that they stand under each other."""
    return number(max((decimals(value) for value in values if value is not None), default=0), unit)


def fitting_points(values: Iterable[Decimal | None]) -> Style:
    """Return the style that shows the decimals of all the points, at least two."""
    return number(max((2, *(decimals(value) for value in values if value is not None))))


_LINES: Final = MappingProxyType({"border": 1, "border_color": "#BFBFBF"})

TITLE: Final = style(bold=True, font_size=14)
NOTE: Final = style(font_color="#595959")
HEADING: Final = style(bold=True, bg_color="#D9E2F3", align="center", text_wrap=True, **_LINES)
LABEL: Final = style(font_color="#595959", align="right")
PLAIN: Final = style()
LINK: Final = style(font_color="#0563C1", underline=1)
RIGHT: Final = style(align="right")
WRAPPED: Final = style(text_wrap=True)
BOLD: Final = style(bold=True)
GRADE: Final = style(bold=True, align="center")
WHOLE: Final = number(0, align="center")
HUNDREDTHS: Final = number(2)
TOTAL: Final = number(2, bold=True)
PERCENT: Final = number(2, "%")
"""The cell has the number that the card shows: 105.00 for 105.00%."""

BAD: Final = style(bg_color="#FFC7CE", font_color="#9C0006")
FAIR: Final = style(bg_color="#FFEB9C", font_color="#7F6000")
GOOD: Final = style(bg_color="#C6EFCE", font_color="#006100")


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
