"""The keys that a place in the rules may have, looked up in the models."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from kpicard.rules.fields import Model


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
