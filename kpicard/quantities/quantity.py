"""What people write in a cell: a value in a KPI's unit, or why it is not one."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from typing import Final, Literal, NamedTuple

from kpicard.numbers import NumberFault
from kpicard.quantities.amounts import read_amount
from kpicard.quantities.durations import read_time
from kpicard.quantities.numerals import NUMBER, Total, has_wrong_comma, read_numeral, rounded
from kpicard.quantities.units import KNOWN, Unit
from kpicard.text import half_width, squeeze

Reason = Literal["comma", "clock", "unit", "full-mark", "excel-error", "formula", "left-over"]
"""Why a text is no quantity: whose comma is it, are these hours or minutes, a unit of another kind, a score out of
another full mark, an error or a formula of a spreadsheet, or words beside the number that are not understood."""


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
    measure = KNOWN.get(word)
    understood = not word or word in unit.words or (measure is not None and measure.kind == "score")
    return Decimal(found[1]) if understood else None


_EXCEL_ERROR: Final = re.compile(r"#(?:[A-Z]++[!?]|DIV/0!|N/A|GETTING_DATA)")


def read_quantity(text: str, unit: Unit, full_mark: Decimal | None = None) -> Quantity:
    """Return what `text` says, in the KPI's unit; scores such as 4.6/5 are read where they are out of `full_mark`."""
    written = text.strip()
    plain = half_width(written)
    found = _read(plain, unit, full_mark)
    if isinstance(found, Total):
        value = rounded(found, len(plain))
        return Quantity(value, None if value is not None else "out-of-range")
    if isinstance(found, Decimal):
        return Quantity(None, "not-a-number", "full-mark", out_of=found)
    if found is None or found == "unit":
        return _left_over(written, plain, found)
    return Quantity(None, "not-a-number", found)


def _read(text: str, unit: Unit, full_mark: Decimal | None) -> Total | Reason | Decimal | None:
    """Return the total that a text says, or why it says none; of a score out of another full mark, that full mark."""
    if text.startswith("="):
        return "formula"
    if text.startswith("#") and _EXCEL_ERROR.fullmatch(text.upper()):
        return "excel-error"
    return read_amount(text, unit) or read_time(text, unit) or read_mark(text, unit, full_mark)


def _left_over(written: str, plain: str, reason: Reason | None) -> Quantity:
    """Say what of a text is a number and what is not; `plain` has every character of `written` in its place."""
    if reason is None and has_wrong_comma(plain):
        return Quantity(None, "not-a-number", "comma")
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
