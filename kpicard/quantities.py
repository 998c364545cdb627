"""Quantities as people write them in cells: read exactly, against a KPI's unit, or why they are none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from typing import Final, Literal, NamedTuple

from kpicard.numbers import NumberFault
from kpicard.text import half_width, squeeze
from kpicard.units import (
    LETTERS,
    MAGNITUDES,
    NUMBER,
    Style,
    Total,
    Unit,
    either,
    in_digits,
    in_points,
    is_same_money,
    measure_of,
    read_numeral,
    rounded,
    split_magnitude,
    wrong_mark,
)

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
    measure = measure_of(word)
    return measure.scale if measure is not None and measure.kind == "time" else None


class Parts(NamedTuple):
    """A number and what is written around it."""

    number: Decimal
    negative: bool
    currency: str
    behind: str


_BEFORE: Final = re.compile(r"(?P<first>[-+(]?)(?P<currency>[^-+(]*)(?P<last>[-+(]?)")
"""What may stand before a number, without blanks: one sign or bracket, before or behind a currency."""


def split(text: str) -> Parts | None:
    """Return the parts of a half-width text around its first number; None where it does not start as numbers do."""
    found = NUMBER.search(text)
    number = read_numeral(found[0]) if found else None
    before = _BEFORE.fullmatch(squeeze(text[: found.start()])) if found else None
    if found is None or number is None or before is None or (before["first"] and before["last"]):
        return None
    currency = before["currency"]
    measure = measure_of(currency) if currency else None
    if currency and (measure is None or measure.kind != "money"):
        return None
    behind = text[found.end() :].strip()
    sign = before["first"] or before["last"]
    if sign == "(":
        inside, closing, outside = behind.partition(")")
        if not closing:
            return None
        behind = inside + outside
    return Parts(number, sign in {"-", "("}, currency, behind.strip())


Factor = Fraction | Literal["unit"] | None
"""What a number is multiplied by; or that its unit is of another kind; or nothing, where it is not understood."""

_ONE: Final = Fraction(1)


def read_amount(text: str, unit: Unit) -> Total | Literal["unit"] | None:
    """Return what a half-width text with one number says, in the KPI's unit."""
    parts = split(text)
    if parts is None:
        return None
    if parts.currency and not (unit.kind == "money" and is_same_money(parts.currency, unit.currency)):
        return "unit"
    factor = _factor(parts.behind or parts.currency, unit)
    return Total(((parts.number, factor),), parts.negative) if isinstance(factor, Fraction) else factor


def _factor(behind: str, unit: Unit) -> Factor:
    """Return what is meant by what stands behind a number."""
    if not behind:
        return _ONE
    factor = _factor_of_word(behind, unit)
    if factor is not None:
        return factor  # the unit's own words come before a magnitude: 万次 is no magnitude under 万次
    magnitude, word = split_magnitude(behind)
    if not magnitude or _is_no_time(magnitude, word, unit):
        return None
    factor = _factor_of_word(word, unit) if word else _ONE / _magnitude_of(unit)
    return factor * MAGNITUDES[magnitude] if isinstance(factor, Fraction) else factor


def _factor_of_word(word: str, unit: Unit) -> Factor:
    own = squeeze(word).lower()
    if own in unit.words:
        return _ONE
    if own in unit.base_words:
        return _ONE / unit.scale
    if unit.kind == "time" and word in SHORT:
        return SHORT[word] / unit.scale
    measure = measure_of(word)
    if (
        measure is not None
        and measure.kind == unit.kind
        and (unit.kind != "money" or is_same_money(word, unit.currency))
    ):
        return measure.scale / unit.scale
    return "unit" if measure is not None or word in SHORT else None


def _magnitude_of(unit: Unit) -> Fraction:
    """Return the magnitude in the unit itself: under 万元, 3.2万 is 3.2; under 分钟, 3万 is 30000."""
    return unit.scale if unit.kind in {"money", "other"} else _ONE


def _is_no_time(magnitude: str, word: str, unit: Unit) -> bool:
    """Say whether a letter is no magnitude under a time unit: 5M may be minutes, 2w weeks; 5 km is no time."""
    return unit.kind == "time" and magnitude in LETTERS and (magnitude not in {"k", "K"} or word != "")


Reason = Literal[
    "comma",
    "decimal-comma",
    "point",
    "either-mark",
    "clock",
    "unit",
    "full-mark",
    "excel-error",
    "formula",
    "left-over",
]
"""Why a text is no quantity: whose comma or point is it, are these hours or minutes, a unit of another kind, a score
out of another full mark, an error or a formula of a spreadsheet, or words beside the number that are not understood."""


class Quantity(NamedTuple):
    """What a text says, in the KPI's unit and rounded once to six decimals; or a fault.

    `understood` is the number in it and `left` is the rest, as written, where there is one number that is not in doubt.
    `out_of` is the full mark of a score, where that is not the KPI's.
    """

    value: Decimal | None
    fault: NumberFault | None = None
    reason: Reason | None = None
    understood: str | None = None
    left: str | None = None
    out_of: Decimal | None = None


_MARK: Final = re.compile(r" *+([-+]?[0-9]++(?:\.[0-9]++)?)(.*+)", re.DOTALL)


def read_mark(text: str, unit: Unit, full_mark: Decimal | None) -> Total | Decimal | None:
    """Return the score in a half-width text, or the full mark that it is out of, where that is not the KPI's own."""
    if unit.kind != "score" and (unit.kind != "other" or unit.words):
        return None
    first, slash, second = text.partition("/")
    mark, out_of = _read_mark(first, unit), _read_mark(second, unit)
    if not slash or mark is None or out_of is None:
        return None
    return Total(((mark.copy_abs(), Fraction(1)),), mark < 0) if out_of == full_mark else out_of


def _read_mark(text: str, unit: Unit) -> Decimal | None:
    found = _MARK.fullmatch(text)
    if found is None:
        return None
    word = squeeze(found[2]).lower()
    measure = measure_of(word)
    understood = not word or word in unit.words or (measure is not None and measure.kind == "score")
    return Decimal(found[1]) if understood else None


_EXCEL_ERROR: Final = re.compile(r"#(?:[A-Z]++[!?]|DIV/0!|N/A|GETTING_DATA)")


def read_quantity(text: str, unit: Unit, full_mark: Decimal | None = None, style: Style = "") -> Quantity:
    """Return what `text` says, in the KPI's unit; scores such as 4.6/5 are read where they are out of `full_mark`.

    `style` says by which mark decimals are divided.
    """
    written = text.strip()
    plain = in_points(half_width(written), style)
    if style == "?" and (number := either(plain)):
        return Quantity(None, "not-a-number", "either-mark", number)
    found = _read(plain, unit, full_mark)
    if isinstance(found, Total):
        value = rounded(found, len(plain))
        return Quantity(value, None if value is not None else "out-of-range")
    if isinstance(found, Decimal):
        return Quantity(None, "not-a-number", "full-mark", out_of=found)
    if found is None or found == "unit":
        return _left_over(written, plain, found, style)
    return Quantity(None, "not-a-number", found)


def _read(text: str, unit: Unit, full_mark: Decimal | None) -> Total | Reason | Decimal | None:
    """Return the total that a text says, or why it says none; of a score out of another full mark, that full mark."""
    if text.startswith("="):
        return "formula"
    if text.startswith("#") and _EXCEL_ERROR.fullmatch(text.upper()):
        return "excel-error"
    if not text.isascii() and not any(map(str.isdecimal, text)):
        text = in_digits(text)
    return read_amount(text, unit) or read_time(text, unit) or read_mark(text, unit, full_mark)


def _left_over(written: str, plain: str, reason: Reason | None, style: Style) -> Quantity:
    """Say what of a text is a number and what is not; `plain` has every character of `written` in its place."""
    wrong = wrong_mark(plain, style) if reason is None else None
    if wrong:
        return Quantity(None, "not-a-number", wrong)
    numbers = tuple(islice(NUMBER.finditer(plain), 2))
    if not numbers:
        return Quantity(None, "not-a-number", reason)
    reason = reason or "left-over"
    if len(numbers) > 1 or read_numeral(numbers[0][0]) is None:
        return Quantity(None, "not-a-number", reason)
    start, end = numbers[0].span()
    if plain[start - 1 : start] in {"-", "+"}:
        start -= 1
    left = f"{written[:start].strip()} {written[end:].strip()}".strip()
    return Quantity(None, "not-a-number", reason, written[start:end], left)
