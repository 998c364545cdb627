"""Scores with their full mark, such as 4.6/5."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal

from kpicard.quantities.totals import Total
from kpicard.quantities.units import KNOWN, Unit
from kpicard.text import squeeze

FULL_MARKS: Final = (Decimal(5), Decimal(10), Decimal(100))

_MARK: Final = re.compile(r" *+([-+]?[0-9]++(?:\.[0-9]++)?)(.*+)", re.DOTALL)


def read_mark(text: str, unit: Unit, top: Decimal | None) -> Total | Literal["full-mark"] | None:
    """Return the score in a half-width text, where it is out of the full mark that the KPI has."""
    if unit.kind != "score" and (unit.kind != "other" or unit.words):
        return None
    first, slash, second = text.partition("/")
    mark, full = _read(first, unit), _read(second, unit)
    if not slash or mark is None or full is None:
        return None
    if not 0 <= mark <= full or full not in _full_marks(top):
        return "full-mark"
    return Total(((mark, Fraction(1)),))


def _read(text: str, unit: Unit) -> Decimal | None:
    found = _MARK.fullmatch(text)
    if found is None:
        return None
    word = squeeze(found[2]).lower()
    measure = KNOWN.get(word)
    understood = not word or word in unit.words or (measure is not None and measure.kind == "score")
    return Decimal(found[1]) if understood else None


def _full_marks(top: Decimal | None) -> tuple[Decimal, ...]:
    """Return the full marks that a KPI can have whose target and scoring speak of values up to `top`."""
    return FULL_MARKS if top is None else tuple(full for full in FULL_MARKS if full >= top)[:1]
