"""Targets: one for all time, or a list by period, each until the next."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Final, TypeAlias

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from kpicard.rules.fields import NUMBER, PERIOD, Number, Period


def _by_period(value: Any) -> Any:
    """Return a target as a map of period to number; what holds from the beginning has no period."""
    if isinstance(value, Mapping) and value:
        return value
    if isinstance(value, Mapping | list):
        raise PydanticCustomError("number_type", "this is no number")  # noqa: EM101 - a template, not text
    return {} if value is None else {None: value}


_WRITTEN: Final = {
    "anyOf": [
        NUMBER,
        {"type": "object", "patternProperties": {PERIOD: NUMBER}, "additionalProperties": False, "minProperties": 1},
        {"type": "null"},
    ]
}

Targets: TypeAlias = Annotated[dict[Period | None, Number], BeforeValidator(_by_period), WithJsonSchema(_WRITTEN)]
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
