"""Durations such as 1h30m and 1小时30分, and clocks such as 1:30:00."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal

from kpicard.quantities.numerals import Total
from kpicard.quantities.units import KNOWN, Unit

Terms = tuple[tuple[Decimal, Fraction], ...]
"""Numbers, each with its unit in seconds."""

SHORT: Final[Mapping[str, Fraction]] = {"m": Fraction(60), "分": Fraction(60), "时": Fraction(3600)}
"""Words that mean a time only where times are expected; M is none."""

_DAY: Final = Fraction(86400)

# Possessive: what one part has taken, no other tries, however long the text is.
_PART: Final = re.compile(r"([0-9]++(?:\.[0-9]++)?) *+([^0-9. ]++) *+")
_DAYS: Final = re.compile(r"([0-9]++) *+([^0-9.,: ]++) *+(?:, *+)?")
_CLOCK: Final = re.compile(r"([0-9]++):([0-5][0-9])(?::([0-5][0-9]))?(\.[0-9]++)?")


def read_time(text: str, unit: Unit) -> Total | Literal["clock", "unit"] | None:
    """Return the time that a half-width text says, in the KPI's unit; None where it says none."""
    negative = text.startswith("-")
    unsigned = text[1:].lstrip() if text.startswith(("-", "+")) else text
    terms = _read_parts(unsigned) or _read_clock(unsigned, negative=negative)
    if terms is None:
        return None
    if unit.kind != "time":
        return "unit"
    if terms == "clock":
        return "clock"
    return Total(tuple((number, seconds / unit.scale) for number, seconds in terms), negative)


def _read_parts(text: str) -> Terms | None:
    """Read numbers with their units, each unit smaller than the one before it, and decimals only in the last."""
    terms: Terms = ()
    start = 0
    while start < len(text):
        part = _PART.match(text, start)
        seconds = _seconds(part[2]) if part else None
        if part is None or seconds is None or (terms and seconds >= terms[-1][1]):
            return None
        terms = (*terms, (Decimal(part[1]), seconds))
        start = part.end()
        if "." in part[1] and start < len(text):
            return None
    return terms


def _read_clock(text: str, *, negative: bool) -> Terms | Literal["clock"] | None:
    """Read hours, minutes and seconds, with or without days before them; `clock` where it is not clear what is what."""
    days = _DAYS.match(text)
    if days and _seconds(days[2]) != _DAY:
        days = None
    clock = _CLOCK.fullmatch(text, days.end() if days else 0)
    if clock is None:
        return None
    hours, minutes, seconds, decimals = clock.groups()
    if seconds is None or (days and negative):
        return "clock"  # hours or minutes? And Python writes -1:30:00 as "-1 day, 22:30:00", others do not.
    terms: Terms = (
        (Decimal(hours), Fraction(3600)),
        (Decimal(minutes), Fraction(60)),
        (Decimal(seconds + (decimals or "")), Fraction(1)),
    )
    return ((Decimal(days[1]), _DAY), *terms) if days else terms


def _seconds(word: str) -> Fraction | None:
    if word in SHORT:
        return SHORT[word]
    measure = KNOWN.get(word.lower())
    return measure.scale if measure is not None and measure.kind == "time" else None
