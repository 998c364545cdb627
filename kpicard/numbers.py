"""Exact decimals: read from text, held in millionths or hundredths, written as text."""

from __future__ import annotations

import errno
import re
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Final, Literal

DIGITS: Final = 12
"""The most digits that a value may have before its point."""

DECIMALS: Final = 6
"""The decimals that a value keeps; further ones are rounded, half away from zero."""

POINTS: Final = 4
"""The decimals that points have, and the effective weights of a card on which KPIs are left out."""

MILLION: Final = 10**DECIMALS
LIMIT: Final = 10 ** (DIGITS + DECIMALS)
"""Every value lies strictly between minus this and this, in millionths."""

NumberFault = Literal["not-a-number", "out-of-range"]

_PLAIN = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")
_CONTEXT: Final = Context(prec=60)  # of our own: a caller's context neither rounds nor traps our figures
_MILLIONTH: Final = Decimal("0.000001")


def read_decimal(text: str) -> Decimal | NumberFault:
    """Read a plain decimal such as ``-12.5``, rounded to six decimals if it has more; or say why it is none.

    Only ASCII digits, one sign and one point: ``1_000``, ``1e3``, ``.5`` and ``５`` are not plain decimals.
    """
    if not _PLAIN.fullmatch(text):
        return "not-a-number"
    whole, _, decimals = text.lstrip("+-").partition(".")
    if len(whole.lstrip("0")) > DIGITS:
        return "out-of-range"
    value = Decimal(text)
    if len(decimals) > DECIMALS:
        # ROUND_HALF_UP is half away from zero; the result has at most 19 digits.
        value = value.quantize(_MILLIONTH, ROUND_HALF_UP, _CONTEXT)
    return value if abs(to_millionths(value)) < LIMIT else "out-of-range"


def to_millionths(value: Decimal) -> int:
    """Return a value that was read by `read_decimal` as a whole number of millionths."""
    return int(_CONTEXT.scaleb(value, DECIMALS))


def from_millionths(millionths: int) -> Decimal:
    """Return a whole number of millionths as a decimal without trailing zeros."""
    return Decimal(plain(_scaled(millionths, DECIMALS)))


def from_hundredths(hundredths: int) -> Decimal:
    """Return a whole number of hundredths as a decimal with exactly two decimals."""
    return _scaled(hundredths, 2)


def from_ten_thousandths(ten_thousandths: int) -> Decimal:
    """Return a whole number of ten-thousandths as a decimal with exactly four decimals."""
    return _scaled(ten_thousandths, POINTS)


def to_ten_thousandths(value: Decimal) -> int:
    """Return points as a whole number of ten-thousandths."""
    return int(_CONTEXT.scaleb(value, POINTS))


def _scaled(whole: int, places: int) -> Decimal:
    return _CONTEXT.scaleb(Decimal(whole), -places)


def exact_product(one: Decimal, other: Decimal) -> Decimal:
    """Return the product with every digit that it has, and without trailing zeros."""
    return Decimal(plain(_CONTEXT.multiply(one, other)))


def exact_difference(one: Decimal, other: Decimal) -> Decimal:
    """Return the one less the other, with as many decimals as the longer one has."""
    return _CONTEXT.subtract(one, other)


def round2(value: Fraction) -> Decimal:
    """Return a fraction rounded half away from zero to two decimals, as the engine rounds."""
    return round_to(value, 2)


def round_to(value: Fraction, places: int) -> Decimal:
    """Return a fraction rounded half away from zero, with exactly so many decimals."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return _scaled(-whole if value < 0 else whole, places)


def points_text(points: Decimal) -> str:
    """Write points, or another result, without closing zeros beyond its second decimal.

    >>> points_text(Decimal("22.3325")), points_text(Decimal("25.5000")), points_text(Decimal("-1.0000"))
    ('22.3325', '25.50', '-1.00')
    """
    whole, point, decimals = f"{points:f}".partition(".")
    return f"{whole}{point}{decimals[:2]}{decimals[2:].rstrip('0')}"


def plain(value: Decimal) -> str:
    """Write a decimal without exponent and without trailing zeros.

    >>> plain(Decimal("28.50")), plain(Decimal("1E+2"))
    ('28.5', '100')
    """
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


_SIZE: Final = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,3})?) ?(?:([kmgt])(i?)b?|b)?", re.IGNORECASE)
_POWERS: Final = "kmgt"

_ENGINE: Final = frozenset({"FatalException", "IOException", "InternalException"})
_LACKING: Final = re.compile("bad.alloc|allocat|failed to map|start new thread|temporarily unavailable", re.IGNORECASE)


def read_size(text: str) -> int | None:
    """Return the bytes of a size such as ``4GB``, ``1.5 GiB``, ``500m`` or ``64000000``; None where it is none.

    ``GB`` and ``G`` are 1000³ bytes, ``GiB`` is 1024³.
    """
    found = _SIZE.fullmatch(text.strip())
    if not found:
        return None
    number, power, binary = found.groups()
    whole, _, decimals = number.partition(".")
    thousandths = int(whole) * 1000 + int(decimals.ljust(3, "0") or 0)
    factor = (1024 if binary else 1000) ** (_POWERS.index(power.lower()) + 1) if power else 1
    return thousandths * factor // 1000


def lacks_memory(error: BaseException) -> bool:
    """Return whether an error, or the one that it came from, is about memory: Python's, the system's or the engine's.

    The engine is not imported for that: it may be what there is no room for.
    """
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryException":
        return True
    if isinstance(error, OSError):
        return error.errno == errno.ENOMEM
    if isinstance(error, ImportError | RuntimeError) or type(error).__name__ in _ENGINE:
        return bool(_LACKING.search(str(error)))
    before = error.__cause__ or error.__context__
    return before is not None and lacks_memory(before)
