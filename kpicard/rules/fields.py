"""The kinds of field that rules are made of, and what each is for."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import floor
from textwrap import dedent
from typing import Annotated, Any, Final, LiteralString, Self, TypeAlias, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError, core_schema

from kpicard.numbers import NumberFault, read_decimal
from kpicard.periods import is_period
from kpicard.text import half_width


class Model(BaseModel):
    """A typed part of the rules: it does not change, and knows no other keys than its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    def __repr__(self) -> str:
        """Return it by its id or grade, as `Kpi(response-time)`, where it has one."""
        name = getattr(self, "id", None) or getattr(self, "grade", None)
        return f"{type(self).__name__}({name})" if isinstance(name, str) else super().__repr__()


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
        raise PydanticCustomError("no_period", "this is no period")
    return value


Period: TypeAlias = Annotated[
    str, BeforeValidator(_check_period), WithJsonSchema({"type": "string", "pattern": PERIOD})
]
"""A month, as `2026-07`."""

Id: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
"""A kebab-case name, such as `response-time`."""

Words: TypeAlias = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class PlainText(str):
    """A text that is the same in every language; it has `en` and `zh` as `Translations` have."""

    __slots__ = ()

    @property
    def en(self) -> str:
        """The text."""
        return str(self)

    @property
    def zh(self) -> str:
        """The text."""
        return str(self)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: object) -> core_schema.CoreSchema:
        words = core_schema.str_schema(strip_whitespace=True, min_length=1)
        return core_schema.no_info_after_validator_function(cls, words)


class Translations(Model):
    """A text in English, in Chinese, or in both."""

    def __str__(self) -> str:
        """Return the English, or the Chinese where there is none."""
        return self.en or self.zh or ""

    en: Words | None = None
    """In English."""
    zh: Words | None = None
    """In Chinese."""

    @model_validator(mode="after")
    def _has_a_text(self) -> Self:
        if self.en is None and self.zh is None:
            raise PydanticCustomError("no_text", "a text in no language")
        return self


def _kind_of_text(value: Any) -> str | None:
    if isinstance(value, str):
        return "plain"
    return "translations" if isinstance(value, dict | Translations) else None


Text: TypeAlias = Annotated[
    Annotated[PlainText, Tag("plain")] | Annotated[Translations, Tag("translations")], Discriminator(_kind_of_text)
]


def field_docs() -> dict[str, dict[str, str]]:
    """Return by the names of all models what each key of a file is."""
    return {model.__name__: dict(_docs(model)) for model in _below(Model)}


def keys_without_value() -> Iterator[str]:
    """Yield the keys whose value may be none at all, in any model."""
    for model in _below(Model):
        for name, info in model.model_fields.items():
            if info.default is None:
                yield info.alias or name


def _below(model: type[Model]) -> Iterator[type[Model]]:
    for each in model.__subclasses__():
        yield each
        yield from _below(each)


def _docs(model: type[Model]) -> Iterator[tuple[str, str]]:
    """Yield the keys of a model and of those that it builds on, with the texts below them."""
    for each in model.__mro__:
        if issubclass(each, Model):
            (definition,) = ast.parse(dedent(inspect.getsource(each))).body
            for field, below in pairwise(getattr(definition, "body", ())):
                match field, below:
                    case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))) if (
                        name in model.model_fields
                    ):
                        yield model.model_fields[name].alias or name, inspect.cleandoc(text)


def known_keys(model: type[Model], loc: tuple[str | int, ...]) -> list[str]:
    """Return the keys that the models at a location have."""
    models = [model]
    for step in loc:
        if isinstance(step, int):
            continue
        fields = [info for each in models for name, info in each.model_fields.items() if (info.alias or name) == step]
        inside = [found for info in fields for found in _models_in(info.annotation)]
        models = inside or [each for each in models if _is_tagged(each, step)] or models
    return sorted({info.alias or name for each in models for name, info in each.model_fields.items()})


def _models_in(annotation: Any) -> Iterator[type[Model]]:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


def _is_tagged(model: type[Model], tag: str) -> bool:
    method = model.model_fields.get("method")
    return method is not None and tag in get_args(method.annotation)


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
