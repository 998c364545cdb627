"""Scores with their full mark, such as 4.6/5."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final

from kpicard.quantities.totals import Total
from kpicard.quantities.units import KNOWN, Unit
from kpicard.text import squeeze

_MARK: Final = re.compile(r" *+([-+]?[0-9]++(?:\.[0-9]++)?)(.*+)", re.DOTALL)


def read_mark(text: str, unit: Unit, full_mark: Decimal | None) -> Total | Decimal | None:
    """Return the score in a half-width text, or the full mark that it is out of, where that is not the KPI's own."""
    if unit.kind != "score" and (unit.kind != "other" or unit.words):
        return None
    first, slash, second = text.partition("/")
    mark, out_of = _read(first, unit), _read(second, unit)
    if not slash or mark is None or out_of is None:
        return None
    return Total(((mark.copy_abs(), Fraction(1)),), mark < 0) if out_of == full_mark else out_of


def _read(text: str, unit: Unit) -> Decimal | None:
    found = _MARK.fullmatch(text)
    if found is None:
        return None
    word = squeeze(found[2]).lower()
    measure = KNOWN.get(word)
    understood = not word or word in unit.words or (measure is not None and measure.kind == "score")
    return Decimal(found[1]) if understood else None
