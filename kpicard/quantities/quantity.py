"""What a text says: a value, or why it is none."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from kpicard.numbers import NumberFault

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
