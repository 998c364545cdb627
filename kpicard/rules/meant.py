"""What was meant by a key, a choice, an id or a number that cannot be taken as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from kpicard.messages import rules_words
from kpicard.numbers import plain
from kpicard.text import half_width, nearest

_UNIT: Final = (
    r"%|‰|°C?|[\u4e00-\u9fff]{1,5}|ms|s|sec|seconds?|min|minutes?|h|hours?|d|days?|pts?|points?|yuan|rmb|cny|usd"
)
_NUMBER: Final = re.compile(
    r"[¥$≥≤><=~约\s]*(?P<sign>[-+]?)(?P<digits>[0-9][0-9_,.' ]*|\.[0-9]+)(?P<power>e[-+]?[0-9]{1,2})?"
    rf"\s*(?P<times>[万千百亿k]?)\s*(?:{_UNIT})?",
    re.IGNORECASE,
)
_TIMES: Final = {"": 0, "百": 2, "千": 3, "k": 3, "万": 4, "亿": 8}
_QUOTES: Final = "\"'“”‘’「」 "


def word_meant(word: str, known: Iterable[str]) -> str | None:
    """Return the one of the known keys or choices that a word means: in Chinese, in quotes, or with a slip in it."""
    choices = tuple(known)
    bare = half_width(word).strip(_QUOTES)
    return next((each for each in rules_words().get(bare, ()) if each in choices), None) or nearest(bare, choices)


def id_meant(text: str) -> str | None:
    """Return an id made of a text: `Response time` is `response-time`; None where nothing of it can be in one."""
    found = re.sub(r"[^a-z0-9]+", "-", half_width(text).lower()).strip("-")[:64].strip("-")
    return found if found and text.isascii() else None


def numbers_meant(text: str) -> tuple[str, ...]:
    """Return how the number that a text means is written plainly; two ways where its comma may be either.

    >>> numbers_meant("25%"), numbers_meant("4,5"), numbers_meant("1,250"), numbers_meant("3万")
    (('25',), ('4.5',), ('1250', '1.25'), ('30000',))
    """
    found = _NUMBER.fullmatch(half_width(text).strip(_QUOTES))
    if not found:
        return ()
    power = int((found["power"] or "e0")[1:]) + _TIMES[found["times"].lower()]
    readings = _readings(re.sub(r"[_' ]", "", found["digits"]).strip(","))
    return tuple(plain(Decimal(f"{found['sign']}{each}").scaleb(power)) for each in readings)


def _readings(digits: str) -> tuple[str, ...]:
    """Return the number that digits with commas and points stand for, with a point for its decimals."""
    commas, points = digits.count(","), digits.count(".")
    if points > 1 or (commas and points and digits.rindex(",") > digits.index(".")):
        digits = digits.translate({ord(","): ".", ord("."): ","})
        commas, points = points, commas
    if points > 1 or (commas and not re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?|[0-9]+,[0-9]+", digits)):
        return ()
    if commas == 1 and not points:
        as_group, as_decimal = digits.replace(",", ""), digits.replace(",", ".")
        if re.fullmatch(r"[1-9][0-9]{0,2},000", digits):
            return (as_group,)
        return (as_group, as_decimal) if re.fullmatch(r"[1-9][0-9]{0,2},[0-9]{3}", digits) else (as_decimal,)
    return (digits.replace(",", ""),)
