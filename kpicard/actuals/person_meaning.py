"""What the numbers about a card as a whole say: the bonus base, and the days or the share of the month in the role."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from kpicard.headings import UNITS
from kpicard.numbers import exact_product
from kpicard.quantities import Quantity, Unit, read_quantity, unit_of
from kpicard.text import half_width

NUMBERS: Final = tuple(UNITS)
"""The columns; the engine has the index of each."""

_PLAIN: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")


_FITS: Final[Mapping[str, Callable[[Decimal], bool]]] = {
    "base": lambda value: value >= 0,
    "days": lambda value: 0 <= value <= 31,
    "share": lambda value: 0 < value <= 100,
}
_UNITS: Final[Mapping[str, Unit]] = {column: unit_of(unit) for column, unit in UNITS.items()}


def read_number(column: str, text: str) -> Quantity:
    """Return what a cell says, in the unit of its column; without a value where that cannot be.

    A share without a sign is a fraction up to 1, and percent above: nobody has a role for less than a hundredth.

    >>> [str(read_number("share", text).value) for text in ("50%", "0.5", "1", "50", "150")]
    ['50', '50', '100', '50', 'None']
    """
    found = read_quantity(text, _UNITS[column])
    value = found.value
    if value is None:
        return found
    if column == "share" and value <= 1 and _PLAIN.fullmatch(half_width(text).strip()):
        value = exact_product(value, Decimal(100))
    return Quantity(value if _FITS[column](value) else None)
