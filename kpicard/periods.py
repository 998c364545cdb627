"""Periods: a month, read in the spellings that people use, and held as `YYYY-MM`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from kpicard.text import half_width

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH: Final = (
    r"(?P<english>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR: Final = r"(?P<year>[0-9]{4})"
_CENTURY: Final = r"(?P<year>(?:19|20|21)[0-9]{2})"
_MONTH: Final = r"(?P<month>1[0-2]|0?[1-9])"
_TWO_DIGITS: Final = r"(?P<month>1[0-2]|0[1-9])"
_DAY: Final = r"(?P<day>[0-9]{1,2})"
_TIME: Final = r"(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"

# A month of one digit behind a point is refused: 2026.1 may be what a spreadsheet made of 2026.10.
# Nearly all periods are spelt in the first way: the others are compiled where they are used first.
_SPELLINGS: Final = (
    rf"{_YEAR}(?P<mark>[-/]){_MONTH}(?:(?P=mark){_DAY}{_TIME})?",
    rf"{_YEAR}\.{_TWO_DIGITS}(?:\.{_DAY}{_TIME})?",
    rf"{_YEAR} ?年 ?{_MONTH} ?月(?:份| ?{_DAY} ?[日号]{_TIME})?",
    rf"{_CENTURY}{_TWO_DIGITS}(?P<day>[0-9]{{2}})?",
    rf"{_ENGLISH}[ ,-]{{1,2}}{_YEAR}",
    rf"{_YEAR}[ ,-]{{1,2}}{_ENGLISH}",
    rf"{_ENGLISH}-(?P<of_century>[0-9]{{2}})",  # what Excel makes of 2026-10 in a CSV file
)

_IN_A_NAME: Final = (
    r"(?<![0-9])(?:"
    r"[0-9]{4}-(?:1[0-2]|0[1-9])|(?:19|20|21)[0-9]{2}[./_](?:1[0-2]|0[1-9])|[0-9]{4} ?年 ?(?:1[0-2]|0?[1-9]) ?月"
    r"|(?:19|20|21)[0-9]{2}(?:1[0-2]|0[1-9])(?:0[1-9]|[12][0-9]|3[01])?"
    r")(?![0-9])"
)


def is_period(text: str) -> bool:
    """Return whether a text is a period just as rules and cards write it: `YYYY-MM`."""
    return re.fullmatch(r"[0-9]{4}-(?:0[1-9]|1[0-2])", text) is not None


def read_period(text: str) -> str | None:
    """Return the period that a text names, as `YYYY-MM`, or None: a month, or any day of it.

    >>> read_period("2026年10月"), read_period("Oct 2026"), read_period("2026-10-31"), read_period("2026.1")
    ('2026-10', '2026-10', '2026-10', None)
    """
    stripped = half_width(text).strip()
    for spelling in _SPELLINGS:
        found = re.fullmatch(spelling, stripped, re.IGNORECASE)
        if found:
            return _period(found.groupdict())
    return None


def has_lost_zero(text: str) -> bool:
    """Return whether a text is what a spreadsheet makes of October where it takes it for a number: 2026.1."""
    return re.fullmatch(r"[0-9]{4}\.1", half_width(text).strip()) is not None


def has_zone(text: str) -> bool:
    """Return whether a text is a moment with a time zone: which month that is depends on where one is.

    >>> has_zone("2026-10-31 23:30:00+00"), has_zone("2026-10-31T23:30Z"), has_zone("2026-10-31 23:30:00")
    (True, True, False)
    """
    moment = r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
    zone = r" ?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)"
    return re.fullmatch(moment + zone, half_width(text).strip(), re.IGNORECASE) is not None


def periods_in(name: str) -> Iterator[str]:
    """Yield the periods that the name of a file or a sheet speaks of, as in `客服_2026年10月` or `kpi_202610`."""
    for found in re.findall(_IN_A_NAME, half_width(name)):
        period = read_period(found.replace("_", "-"))
        if period:
            yield period


def _period(parts: dict[str, str | None]) -> str | None:
    english = parts.get("english")
    month = _MONTHS.index(english[:3].lower()) + 1 if english else int(parts["month"] or 0)
    year = parts.get("year") or f"20{parts.get('of_century')}"
    day = int(parts.get("day") or 1)
    try:
        return f"{year}-{date(max(int(year), 1), month, day).month:02}"
    except ValueError:  # no such day
        return None
