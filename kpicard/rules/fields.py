"""The kinds of field that rules are made of, and what each is for."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from textwrap import dedent
from typing import Annotated, Any, Final, LiteralString, Self, TypeAlias, get_args

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
        raise PydanticCustomError("no_period", "this is no period")
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
            raise PydanticCustomError("no_text", "a text in no language")
        return self


def _kind_of_text(value: Any) -> str | None:
    if isinstance(value, str):
        return "plain"
    return "translations" if isinstance(value, dict | Translations) else None


Text: TypeAlias = Annotated[
    Annotated[Words, Tag("plain")] | Annotated[Translations, Tag("translations")], Discriminator(_kind_of_text)
]


def field_docs() -> dict[str, dict[str, str]]:
    """Return by the names of all models what each key of a file is."""
    return {model.__name__: dict(_docs(model)) for model in _below(Model)}


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
                    case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
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
