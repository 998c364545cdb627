"""What the cells of the workbook look like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

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
