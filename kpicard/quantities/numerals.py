"""Numbers in a text, the magnitudes behind them, and their sums: exact, and rounded once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Context, Decimal
from fractions import Fraction
from math import lcm
from typing import Final, NamedTuple

from kpicard.numbers import LIMIT, MILLION, from_millionths

NUMBER: Final = re.compile(
    r"""
    (?: [1-9][0-9]{0,2} (?:[ ][0-9]{3})+ (?![0-9]) (?:\.[0-9]+)?  # grouped by blanks
      | [0-9]+ (?:[.,][0-9]+)*                                    # all else, also what commas group wrongly
      | \.[0-9]+
    )
    (?: [eE][-+]?[0-9]+ )?
    """,
    re.VERBOSE,
)
"""All that looks like one number, rightly written or not, in a half-width text."""

_PLAIN: Final = re.compile(r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_GROUPED: Final = re.compile(r"[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+|(?: [0-9]{3})+)(?:\.[0-9]+)?")
_COMMAS: Final = re.compile(r",?[0-9]+(?:[.,][0-9]+)*")


def read_numeral(text: str) -> Decimal | None:
    """Return the number that `text`, found by `NUMBER`, says; None where it is written wrongly."""
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(",", "").replace(" ", ""))
    return _read_scientific(text) if _PLAIN.fullmatch(text) else None


def _read_scientific(text: str) -> Decimal:
    digits, _, exponent = text.lower().partition("e")
    if not exponent:
        return Decimal(digits)
    # Decimals and integers have limits of their own: an exponent that no digits make up for is as good as any such.
    furthest = len(digits) + 1000
    return Decimal(f"{digits}e{min(max(Decimal(exponent), -furthest), furthest)}")


def has_wrong_comma(text: str) -> bool:
    """Say whether a comma stands at a digit where it does not part thousands: 1,5 or 12,34,567."""
    return "," in text and any("," in found[0] and not _GROUPED.fullmatch(found[0]) for found in _COMMAS.finditer(text))


CHINESE: Final = {
    "百": 10**2,
    "千": 10**3,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}
LETTERS: Final = {"k": 10**3, "K": 10**3, "w": 10**4, "W": 10**4, "M": 10**6}
MAGNITUDES: Final[Mapping[str, int]] = CHINESE | LETTERS

_LEADING: Final = re.compile("|".join(sorted(MAGNITUDES, key=len, reverse=True)))


def split_magnitude(text: str) -> tuple[str, str]:
    """Return the longest magnitude that `text` starts with, empty if none, and what follows it.

    >>> split_magnitude("百万 次"), split_magnitude("次")
    (('百万', '次'), ('', '次'))
    """
    found = _LEADING.match(text)
    return (found[0], text[found.end() :].lstrip()) if found else ("", text)


_HIGHEST: Final = 40
"""No unit and no magnitude brings a number with more digits before its point back into range."""
_LOWEST: Final = -60
"""No unit and no magnitude makes a number count whose first digit is further behind its point."""
_ROOM: Final = 200
"""More digits than factors and places add to those of a text."""


class Total(NamedTuple):
    """The sum of some numbers, none below zero, each times a factor; or minus that sum."""

    terms: tuple[tuple[Decimal, Fraction], ...]
    negative: bool = False


def rounded(total: Total, digits: int) -> Decimal | None:
    """Return a total of numbers with so many digits, rounded half away from zero; None where it is out of range."""
    common = lcm(*(factor.denominator for _, factor in total.terms))
    exact = Context(prec=digits + _ROOM)  # wide enough that nothing before the division is rounded
    doubled = Decimal(common)  # half a millionth more: what is then cut off was rounded
    for number, factor in total.terms:
        if not number or number.adjusted() < _LOWEST:
            continue
        if number.adjusted() >= _HIGHEST:
            return None
        doubled = exact.fma(number, 2 * MILLION * factor.numerator * (common // factor.denominator), doubled)
    millionths = int(exact.divide_int(doubled, 2 * common))
    if millionths >= LIMIT:
        return None
    return from_millionths(-millionths if total.negative else millionths)
