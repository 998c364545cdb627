"""A KPI's targets by period, and the range of what can be true of it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Final, NamedTuple, Self, TypeAlias

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from kpicard.numbers import plain
from kpicard.rules.fields import NUMBER, PERIOD, Model, Number, Period, Text
from kpicard.text import Both, from_to
from kpicard.units import unit_of


def _by_period(value: Any) -> Any:
    """Return a target as a map of period to number; what holds from the beginning has no period."""
    if isinstance(value, Mapping) and value:
        return value
    if isinstance(value, Mapping | list):
        raise PydanticCustomError("number_type", "this is no number")
    return {} if value is None else {None: value}


_WRITTEN_TARGET: Final = {
    "anyOf": [
        NUMBER,
        {"type": "object", "patternProperties": {PERIOD: NUMBER}, "additionalProperties": False, "minProperties": 1},
        {"type": "null"},
    ]
}


Targets: TypeAlias = Annotated[
    dict[Period | None, Number], BeforeValidator(_by_period), WithJsonSchema(_WRITTEN_TARGET)
]
"""Targets by the period that each holds from; None: from the beginning."""


def target_at(targets: Mapping[str | None, Decimal], period: str | None) -> Decimal | None:
    """Return the target that holds in a period; in None, the newest one."""
    held = [start for start in targets if period is None or start is None or start <= period]
    return targets[max(held, key=lambda start: start or "")] if held else None


def written_target(targets: Mapping[str | None, Decimal]) -> Decimal | dict[str, Decimal] | None:
    """Return targets as a file writes them: a number, a map of period to number, or nothing."""
    if not targets:
        return None
    return targets[None] if None in targets else {start: targets[start] for start in sorted(filter(None, targets))}


class Bounds(NamedTuple):
    """The lowest and the highest figure that can be true, both included; None: no bound."""

    lowest: Decimal | None = None
    highest: Decimal | None = None

    def hold(self, value: Decimal) -> bool:
        """Return whether a figure can be true."""
        return self.meet(value, value)

    def meet(self, lowest: Decimal | None, highest: Decimal | None) -> bool:
        """Return whether some figure between two others can be true; None leaves an end open."""
        return (self.lowest is None or highest is None or self.lowest <= highest) and (
            self.highest is None or lowest is None or lowest <= self.highest
        )

    @property
    def words(self) -> Both:
        """The bounds as people say them."""
        lowest, highest = (None if each is None else plain(each) for each in self)
        return from_to(lowest, highest)


class Range(Model):
    """What can be true of a KPI at all; both bounds belong to it, and either may be left out."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    from_: Number | None = Field(None, alias="from")
    """The lowest figure that can be true; left out: none for most units, 0 for a time."""
    upto: Number | None = None
    """The highest figure that can be true; left out: there is none."""

    @model_validator(mode="after")
    def _has_a_bound(self) -> Self:
        if self.from_ is None and self.upto is None:
            raise PydanticCustomError("no_bound", "a range without bounds")
        return self


def bounds_of(held: Range | None, unit: Text | None) -> Bounds:
    """Return the bounds of a range, in its KPI's unit: a time is never below 0, unless the range says otherwise."""
    lowest = held.from_ if held else None
    if lowest is None and unit_of(unit).kind == "time":
        lowest = Decimal(0)
    return Bounds(lowest, held.upto if held else None)
