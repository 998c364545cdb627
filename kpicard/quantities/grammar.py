"""The parts of a text with one number: sign, currency, number, and what stands behind it."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from kpicard.quantities.numerals import NUMBER, read_numeral
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
