"""The kinds of field that rules are made of, read from the texts of a document."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Final, LiteralString, Self, TypeAlias

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    StringConstraints,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from kpicard.numbers import NumberFault, read_decimal
from kpicard.periods import is_period


class Model(BaseModel):
    """A typed part of the rules: it does not change, and knows no other keys than its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def _read_number(value: Any) -> Decimal:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        value = f"{value:f}" if isinstance(value, Decimal) else str(value)
    number = read_decimal(value) if isinstance(value, str) else "not-a-number"
    if isinstance(number, Decimal):
        return number
    raise PydanticCustomError(_FAULTS[number], "this is no number that can be read")


_FAULTS: Final[dict[NumberFault, LiteralString]] = {"not-a-number": "number_type", "out-of-range": "number_range"}

NUMBER: Final = {"type": ["number", "string"], "pattern": r"^[-+]?[0-9]+(\.[0-9]+)?$"}
"""What a number is to JSON Schema, in quotes or not."""

PERIOD: Final = "^[0-9]{4}-(0[1-9]|1[0-2])$"

Number: TypeAlias = Annotated[Decimal, BeforeValidator(_read_number)]
"""An exact decimal with at most twelve digits before the point and six after it."""


def _check_period(value: Any) -> Any:
    if isinstance(value, str) and not is_period(value):
        raise PydanticCustomError("no_period", "this is no period")  # noqa: EM101 - a template, not text
    return value


Period: TypeAlias = Annotated[
    str, BeforeValidator(_check_period), WithJsonSchema({"type": "string", "pattern": PERIOD})
]
"""A month, as `2026-07`."""

Id: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
"""A kebab-case name, such as `response-time`."""

Words: TypeAlias = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Translations(Model):
    """A text in English, in Chinese, or in both."""

    en: Words | None = None
    """In English."""
    zh: Words | None = None
    """In Chinese."""

    @model_validator(mode="after")
    def _has_a_text(self) -> Self:
        if self.en is None and self.zh is None:
            raise PydanticCustomError("no_text", "a text in no language")  # noqa: EM101 - a template, not text
        return self


def _kind_of_text(value: Any) -> str | None:
    if isinstance(value, str):
        return "plain"
    return "translations" if isinstance(value, dict | Translations) else None


Text: TypeAlias = Annotated[
    Annotated[Words, Tag("plain")] | Annotated[Translations, Tag("translations")], Discriminator(_kind_of_text)
]
