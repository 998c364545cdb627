"""A cell's value and its number format as the text that a person sees."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta
from decimal import Context, Decimal
from fractions import Fraction
from typing import Final

from kpicard.actuals.files.number_formats import section_for
from kpicard.numbers import plain
from kpicard.units import Style, in_points

Value = str | bool | int | float | None

_BREAK: Final = re.compile("\r\n|[\t\n\r]")
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

_LARGEST: Final = 10**15
_CONTEXT: Final = Context(prec=400)  # of our own, and more digits than a number of Excel's can have
_DAY: Final = 24 * 60 * 60
_LAST: Final = date(9999, 12, 31)

_NO_DATES: Final = {0: "1900-01-00", 60: "1900-02-29"}
"""What Excel shows for two days of its 1900 system that no calendar has."""


def cell_text(value: Value, number_format: str, *, from_1904: bool = False, style: Style = "") -> str:
    """Return a cell's text, a number with the mark of the `style`; `from_1904` says from when the workbook counts days.

    >>> cell_text(3.2, '0.0"万"'), cell_text(0.125, "0.0%"), cell_text(46296, 'yyyy"年"m"月"'), cell_text(7, "000")
    ('3.2万', '12.5%', '2026-10-01', '007')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and not math.isfinite(value):
        return "#NUM!"
    section, number = section_for(number_format, value), _decimal(value)
    match section.kind:
        case "percent":
            return clean(section.literals.around(in_points(plain(_CONTEXT.scaleb(number, 2)), style)))
        case "time" | "clock":
            return in_points(_duration(value, is_clock=section.kind == "clock"), style)
        case "date":
            return _date(value, from_1904=from_1904) or plain(number)
        case "number" if abs(number) >= _LARGEST:  # what is beyond the 15 digits is lost, and shall not look kept
            return f"{number:.14E}"
        case "number":
            return clean(section.literals.around(in_points(plain(number), style)))


def clean(text: str) -> str:
    """Return a text on one line, without characters that are none."""
    return text if text.isprintable() else _CONTROL.sub("", _BREAK.sub(" ", text))


def _decimal(value: float) -> Decimal:
    """Return a number with the 15 digits that Excel keeps, and shows; a whole number with all of its digits."""
    return Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")


def _duration(days: float, *, is_clock: bool) -> str:
    """Return a time of day or duration, to the millisecond; a clock only to the minute, where that is all there is.

    People type 0:28 for 28 seconds, and Excel takes it for minutes: what shows no seconds must not look as if it did.
    """
    milliseconds = math.floor(abs(Fraction(days)) * _DAY * 1000 + Fraction(1, 2))
    seconds, fraction = divmod(milliseconds, 1000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    sign = "-" if days < 0 and milliseconds else ""
    if is_clock and not milliseconds % 60_000:
        return f"{sign}{hour}:{minute:02}"
    return f"{sign}{hour}:{minute:02}:{second:02}" + f".{fraction:03}".rstrip("0").rstrip(".")


def _date(days: float, *, from_1904: bool) -> str | None:
    """Return a date, with its time of day if that is not midnight; None for what lies outside of Excel's calendar."""
    seconds = math.floor(Fraction(days) * _DAY + Fraction(1, 2))
    day, second = divmod(seconds, _DAY)
    # The 1900 system takes 1900 for a leap year: from March on, its days are one ahead.
    first = date(1904, 1, 1) if from_1904 else date(1899, 12, 31 if day < 60 else 30)
    if not 0 <= day <= (_LAST - first).days:
        return None
    no_date = None if from_1904 else _NO_DATES.get(day)
    text = no_date or (first + timedelta(days=day)).isoformat()
    return f"{text} {second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}" if second else text
