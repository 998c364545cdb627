"""Read what people write in a cell."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import islice
from typing import Final

from kpicard.quantities.amounts import read_amount
from kpicard.quantities.durations import read_time
from kpicard.quantities.marks import read_mark
from kpicard.quantities.numerals import NUMBER, has_wrong_comma, read_numeral
from kpicard.quantities.quantity import Quantity, Reason
from kpicard.quantities.totals import Total, rounded
from kpicard.quantities.units import Unit
from kpicard.text import half_width

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
