"""Amounts: one number, with or without sign, currency, magnitude and unit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from kpicard.quantities.durations import SHORT
from kpicard.quantities.numerals import LETTERS, MAGNITUDES, NUMBER, Total, read_numeral, split_magnitude
from kpicard.quantities.units import KNOWN, Unit
from kpicard.text import squeeze


class Parts(NamedTuple):
    """A number and what is written around it."""

    number: Decimal
    negative: bool
    currency: bool
    behind: str


class _Before(NamedTuple):
    negative: bool
    currency: bool
    bracket: bool


_CURRENCIES: Final = ("", "¥", "cny", "rmb", "人民币", "yuan")

_BEFORE: Final = {
    written: _Before(sign in {"-", "("}, currency != "", sign == "(")
    for sign in ("", "-", "+", "(")
    for currency in _CURRENCIES
    for written in (sign + currency, currency + sign)
}
"""All that may stand before a number, without blanks and case: one sign or bracket, and one currency."""


def split(text: str) -> Parts | None:
    """Return the parts of a half-width text around its first number; None where it does not start as numbers do."""
    found = NUMBER.search(text)
    number = read_numeral(found[0]) if found else None
    before = _BEFORE.get(squeeze(text[: found.start()]).lower()) if found else None
    if found is None or number is None or before is None:
        return None
    behind = text[found.end() :]
    if before.bracket:
        inside, closing, outside = behind.partition(")")
        if not closing:
            return None
        behind = inside + outside
    return Parts(number, before.negative, before.currency, behind.strip())


Factor = Fraction | Literal["unit"] | None
"""What a number is multiplied by; or that its unit is of another kind; or nothing, where it is not understood."""

_ONE: Final = Fraction(1)


def read_amount(text: str, unit: Unit) -> Total | Literal["unit"] | None:
    """Return what a half-width text with one number says, in the KPI's unit."""
    parts = split(text)
    if parts is None:
        return None
    if parts.currency and unit.kind != "money":
        return "unit"
    factor = _factor(parts.behind or ("¥" if parts.currency else ""), unit)
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
    measure = KNOWN.get(word.lower())
    if measure is not None and measure.kind == unit.kind:
        return measure.scale / unit.scale
    return "unit" if measure is not None or word in SHORT else None


def _magnitude_of(unit: Unit) -> Fraction:
    """Return the magnitude in the unit itself: under 万元, 3.2万 is 3.2; under 分钟, 3万 is 30000."""
    return unit.scale if unit.kind in {"money", "other"} else _ONE


def _is_no_time(magnitude: str, word: str, unit: Unit) -> bool:
    """Say whether a letter is no magnitude under a time unit: 5M may be minutes, 2w weeks; 5 km is no time."""
    return unit.kind == "time" and magnitude in LETTERS and (magnitude not in {"k", "K"} or word != "")
