"""What the texts of cells mean. Each distinct text is understood once, here, and joined back by the engine."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from kpicard.card import Status
from kpicard.quantities import Quantity, Unit, read_quantity, unit_of
from kpicard.rules.curve import Curve
from kpicard.rules.editions import Item
from kpicard.rules.models import Kpi
from kpicard.text import half_width

NOT_APPLICABLE: Final = frozenset({"n/a", "ｎ／ａ", "不适用"})
NOT_REPORTED: Final = frozenset({"", "-", "—", "－", "\N{MINUS SIGN}"})

_ANY_AMOUNT: Final = unit_of("元")
"""How the parts of a percentage are read: both may be money, or plain numbers."""

_COUNT: Final = unit_of(None)


class Meaning(NamedTuple):
    """What a cell says: a status, the value where it is scored; or, where neither, the quantity as far as read."""

    status: Status | None
    value: Decimal | None = None
    quantity: Quantity | None = None
    fault: str | None = None
    """The code of the problem."""


class Reader:
    """Reads the figures of one KPI."""

    def __init__(self, kpi: Item, curve: Curve) -> None:
        """Take the unit and the full mark from the KPI, and from its curve whether it needs a target above 0."""
        self.unit: Unit = unit_of(kpi.unit)
        self.ratio_factor = int(100 / self.unit.scale) if self.unit.kind == "percent" else 1
        """What numerator over denominator is multiplied by, to be in the KPI's unit."""
        self.full_mark = kpi.bounds[1] if isinstance(kpi, Kpi) else None
        """What a score such as 4.6/5 may be out of: the end of the KPI's range."""
        self._needs_positive = curve.axis == "attainment"

    def actual(self, text: str) -> Meaning:
        """Return what the cell of an actual says."""
        return _read(text, self.unit, self.full_mark, may_be_applicable=True)

    def numerator(self, text: str) -> Meaning:
        """Return what the cell of a numerator says: in the KPI's unit, unless that is percent."""
        unit = _ANY_AMOUNT if self.unit.kind == "percent" else self.unit
        return _read(text, unit, None, may_be_applicable=True)

    def denominator(self, text: str) -> Meaning:
        """Return what the cell of a denominator says: a number of things, unless the KPI's unit is percent."""
        unit = _ANY_AMOUNT if self.unit.kind == "percent" else _COUNT
        return _read(text, unit, None, may_be_applicable=True)

    def target(self, text: str) -> Meaning:
        """Return what the cell of a target says; an attainment needs one above 0."""
        target = _read(text, self.unit, self.full_mark, may_be_applicable=False)
        if target.fault == "bad-value":
            return target._replace(fault="bad-target-value")
        if self._needs_positive and target.value is not None and target.value <= 0:
            return target._replace(status=None, fault="bad-target")
        return target

    def is_unit(self, text: str) -> bool:
        """Whether a text says this KPI's unit, or nothing."""
        if text.strip() in NOT_REPORTED:
            return True
        said = unit_of(text)
        if self.unit.kind == "other":
            return bool(said.words & self.unit.words)
        return (said.kind, said.scale) == (self.unit.kind, self.unit.scale)


def _read(text: str, unit: Unit, full_mark: Decimal | None, *, may_be_applicable: bool) -> Meaning:
    stripped = half_width(text).strip()
    if may_be_applicable and stripped.casefold() in NOT_APPLICABLE:
        return Meaning("not_applicable")
    if stripped in NOT_REPORTED:
        return Meaning("not_reported")
    quantity = read_quantity(text, unit, full_mark)
    if quantity.fault:
        return Meaning(None, None, quantity, "out-of-range" if quantity.fault == "out-of-range" else "bad-value")
    return Meaning("scored", quantity.value)
