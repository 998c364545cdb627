"""Periods: a month, read in the spellings that people use, and held as `YYYY-MM`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
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
    rf"{_DAY}\.{_MONTH}\.{_YEAR}{_TIME}",
    rf"(?P<day>1[3-9]|2[0-9]|3[01])[-/]{_MONTH}[-/]{_YEAR}{_TIME}",
    rf"{_MONTH}[-/](?P<day>1[3-9]|2[0-9]|3[01])[-/]{_YEAR}{_TIME}",
    rf"(?P<month>1[0-2]|0?[1-9])[-/](?P=month)[-/]{_YEAR}{_TIME}",
)
_BARE: Final = rf"(?:{_ENGLISH}|{_MONTH} ?月份?|(?P<chinese>十[一二]?|[一二三四五六七八九])月份?)"
_CHINESE: Final = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_SERIAL: Final = r"[3-7][0-9]{4}(?:\.[0-9]+)?"
_TO: Final = re.compile(" ?(?:~|～|–|—|至|到|\\bto\\b) ?| - |(?<=[0-9]{4}[-./][0-9]{2}[-./][0-9]{2})-(?=[0-9])")

_IN_A_NAME: Final = (
    r"(?<![0-9])(?:"
    r"[0-9]{4}-(?:1[0-2]|0[1-9])|(?:19|20|21)[0-9]{2}[./_](?:1[0-2]|0[1-9])|[0-9]{4} ?年 ?(?:1[0-2]|0?[1-9]) ?月"
    r"|(?:19|20|21)[0-9]{2}(?:1[0-2]|0[1-9])(?:0[1-9]|[12][0-9]|3[01])?"
    r")(?![0-9])"
)


def is_period(text: str) -> bool:
    """Return whether a text is a period just as rules and cards write it: `YYYY-MM`."""
    return re.fullmatch(r"[0-9]{4}-(?:0[1-9]|1[0-2])", text) is not None


def read_period(text: str, year: int | None = None) -> str | None:
    """Return the period that a text names, as `YYYY-MM`, or None: a month, any day of it, or all of its days.

    Of a month alone the year is `year`.

    >>> read_period("2026年10月"), read_period("Oct 2026"), read_period("2026-10-31"), read_period("2026.1")
    ('2026-10', '2026-10', '2026-10', None)
    >>> read_period("1.10.2026"), read_period("25/12/2015"), read_period("46296"), read_period("10月", 2026)
    ('2026-10', '2015-12', '2026-10', '2026-10')
    """
    stripped = half_width(text).strip()
    for spelling in _SPELLINGS:
        found = re.fullmatch(spelling, stripped, re.IGNORECASE)
        if found:
            day = _day(found.groupdict())
            return None if day is None else f"{day[0]}-{day[1]:02}"
    if re.fullmatch(_SERIAL, stripped):
        return (date(1899, 12, 30) + timedelta(int(stripped[:5]))).isoformat()[:7]
    found = re.fullmatch(_BARE, stripped, re.IGNORECASE) if year is not None else None
    if found:
        named = found["chinese"]
        return f"{year}-{_CHINESE.index(named) + 1 if named else _month(found.groupdict()):02}"
    return _whole_month(stripped)


def is_month_alone(text: str) -> bool:
    """Return whether a text names a month, and no year: 10月, Oct."""
    return re.fullmatch(_BARE, half_width(text).strip(), re.IGNORECASE) is not None


def either_month(text: str) -> tuple[str, str] | None:
    """Return the two months that a date may be in whose day and month may each be the other: 10/11/2026."""
    found = re.fullmatch(rf"{_MONTH}[-/](?P<other>1[0-2]|0?[1-9])[-/]{_YEAR}{_TIME}", half_width(text).strip())
    return (f"{found['year']}-{int(found['month']):02}", f"{found['year']}-{int(found['other']):02}") if found else None


def years_in(text: str) -> set[int]:
    """Return the years that a name or a title speaks of."""
    return {int(year) for year in re.findall(r"(?<![0-9])(?:19|20|21)[0-9]{2}(?![0-9])", half_width(text))}


def is_long(text: str) -> bool:
    """Return whether a text names a quarter, a half-year or a year: 2026Q4, Q4 2026, 2026H1, 上半年, 2026年."""
    year, gap = r"(?:(?:19|20|21)[0-9]{2})", r"[ -]?(?:年 ?)?"
    part = r"(?:Q[1-4]|[1-4]Q|H[12]|[12]H|第?[一二三四1-4]季度?|[上下]半年)"
    return (
        re.fullmatch(rf"{year}(?:{gap}{part})?年?|{part}(?:[ -]?{year})?", half_width(text).strip(), re.IGNORECASE)
        is not None
    )


def is_week(text: str) -> bool:
    """Return whether a text names a week: 2026-W40, 第40周, week 40."""
    written = half_width(text).strip()
    return (
        re.fullmatch(r"(?i)(?:[0-9]{4}[- ]?)?(?:w|week|wk|kw)[- ]?[0-9]{1,2}|.*第? ?[0-9一二三四五]{1,2} ?周", written)
        is not None
    )


def is_range(text: str) -> bool:
    """Return whether a text names days from one to another: 2026-10-01~2026-10-15."""
    return len([each for each in _TO.split(half_width(text).strip()) if read_period(each)]) > 1


def _whole_month(text: str) -> str | None:
    """Return the month that a text names from its first to its last day."""
    first, *others = _TO.split(text)
    if len(others) != 1:
        return None
    days = []
    for each in (first, others[0]):
        found = next(
            (found for spelling in _SPELLINGS if (found := re.fullmatch(spelling, each.strip(), re.IGNORECASE))), None
        )
        day = _day(found.groupdict()) if found and found.groupdict().get("day") else None
        days.append(date(max(int(day[0]), 1), day[1], day[2]) if day else None)
    start, end = days
    if start is None or end is None or start.day != 1:
        return None
    is_whole = (end + timedelta(1)).day == 1 and (start.year, start.month) == (end.year, end.month)
    return start.isoformat()[:7] if is_whole else None


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


def _day(parts: dict[str, str | None]) -> tuple[str, int, int] | None:
    """Return year, month and day; None where there is no such day."""
    year = parts.get("year") or f"20{parts.get('of_century')}"
    month, day = _month(parts), int(parts.get("day") or 1)
    try:
        date(max(int(year), 1), month, day)
    except ValueError:
        return None
    return year, month, day


def _month(parts: dict[str, str | None]) -> int:
    english = parts.get("english")
    return _MONTHS.index(english[:3].lower()) + 1 if english else int(parts["month"] or 0)
