"""Quotas: how many people of a department may have a grade, by how many are assessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Annotated, Any, Final, TypeAlias

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from kpicard.rules.fields import Words
from kpicard.text import half_width

ELSE: Final = "else"
"""What holds above all the headcounts that are named."""

_HEADCOUNT: Final = r"up_to_([1-9][0-9]{0,8})"
_LIMIT: Final = r"[0-9]{1,9}|(?:100|[0-9]{1,2}(?:\.[0-9]{1,6})?) ?%"


def _read_limit(value: Any) -> str:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str):
        raise PydanticCustomError("number_type", "this is no number")
    plain = half_width(text).strip()
    if not re.fullmatch(_LIMIT, plain):
        raise PydanticCustomError("no_quota", "this is no quota")
    return plain.replace(" ", "")


def _read_headcount(value: Any) -> Any:
    if isinstance(value, str) and value != ELSE and not re.fullmatch(_HEADCOUNT, value):
        raise PydanticCustomError("no_headcount", "this is no headcount")
    return value


def _by_headcount(value: Any) -> Any:
    """Return a quota as a map of headcount to limit; one for all is under `else`."""
    return value if isinstance(value, Mapping) else {ELSE: value}


_WRITTEN_LIMIT: Final = {"type": ["integer", "string"], "pattern": f"^(?:{_LIMIT})$"}
_WRITTEN: Final = {
    "anyOf": [
        _WRITTEN_LIMIT,
        {
            "type": "object",
            "patternProperties": {f"^(?:{_HEADCOUNT}|{ELSE})$": _WRITTEN_LIMIT},
            "additionalProperties": False,
            "minProperties": 1,
        },
    ]
}

Limit: TypeAlias = Annotated[str, BeforeValidator(_read_limit)]
"""How many people: a whole number, or a share of those assessed, as `10%`."""

Headcount: TypeAlias = Annotated[str, BeforeValidator(_read_headcount)]
"""How many are assessed: `up_to_5`, or `else`."""

Quota: TypeAlias = Annotated[
    dict[Headcount, Limit],
    Field(min_length=1, max_length=50),
    BeforeValidator(_by_headcount),
    WithJsonSchema(_WRITTEN),
]
"""How many people may have one grade."""

Quotas: TypeAlias = dict[Words, Quota]
"""Quotas by grade."""


def headcount(key: str) -> int | None:
    """Return the most people that a key of a quota speaks of; None for `else`, and for what is no such key."""
    found = re.fullmatch(_HEADCOUNT, key)
    return int(found[1]) if found else None


def limit_at(quota: Mapping[str, str], people: int) -> str | None:
    """Return the limit that holds for so many people, as it is written; None where the quota says nothing of them."""
    bounds = sorted(bound for key in quota if (bound := headcount(key)) is not None and people <= bound)
    return quota[f"up_to_{bounds[0]}"] if bounds else quota.get(ELSE)


def allowed(limit: str, people: int) -> int:
    """Return how many people a limit comes to; a share is rounded down, so that nobody is a part of one.

    >>> allowed("10%", 24), allowed("3", 24)
    (2, 3)
    """
    if limit.endswith("%"):
        return floor(Fraction(Decimal(limit[:-1])) * people / 100)
    return int(limit)
