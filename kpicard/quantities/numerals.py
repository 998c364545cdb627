"""Numbers in a text: found, and read exactly however long they are."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

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
