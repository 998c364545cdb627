"""From a document's tree to typed rules: pydantic's errors become problems at their places."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kpicard.nearest import nearest
from kpicard.problems import Problem
from kpicard.problems.problem import Value
from kpicard.rules.document import Document, Route, Tree
from kpicard.rules.fields import Model
from kpicard.text import Both

AnyModel = TypeVar("AnyModel", bound=Model)

_KINDS = {
    "text": Both("a text", "文本"),
    "number": Both("a number", "数字"),
    "list": Both("a list", "列表"),
    "map": Both("a map", "键值映射"),
    "nothing": Both("nothing", "空值"),
}
_EXPECTED = {
    "string_type": "text",
    "number_type": "number",
    "tuple_type": "list",
    "model_type": "map",
    "model_attributes_type": "map",
    "dict_type": "map",
}
_CODES = {
    "number_range": "number-out-of-range",
    "string_pattern_mismatch": "bad-id",
    "string_too_long": "bad-id",
    "string_too_short": "empty-text",
    "too_short": "too-few",
    "too_long": "too-many",
    "greater_than": "number-too-small",
    "greater_than_equal": "number-too-small",
    "less_than_equal": "number-too-large",
}


def validate(document: Document, model: type[AnyModel]) -> tuple[AnyModel | None, list[Problem]]:
    """Return the document as a `model`, or None and the problems that stand against it."""
    try:
        return model.model_validate(document.tree), []
    except ValidationError as error:
        return None, [_problem(document, model, each) for each in error.errors(include_url=False) if not _is_echo(each)]


def _is_echo(error: ErrorDetails) -> bool:
    """Whether pydantic finds a list too short only because it left out the items that are wrong themselves."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


def _problem(document: Document, model: type[Model], error: ErrorDetails) -> Problem:
    kind, loc, found, context = error["type"], error["loc"], error["input"], error.get("ctx", {})
    route = _route(document.tree, loc)
    if kind == "extra_forbidden":
        known = tuple(_known_keys(model, loc[:-1]))
        key = str(loc[-1])
        return document.problem_at_key("unknown-key", route, key=key, nearest=nearest(key, known), known=known)
    if (kind == "missing" and isinstance(loc[-1], int)) or (kind == "too_long" and context["max_length"] == 2):
        return document.problem_at("bad-point", route)
    if kind == "missing":
        return document.problem_at_key("missing-key", route, key=str(loc[-1]))
    if kind == "union_tag_not_found":
        return _untagged(document, route, found)
    if kind == "union_tag_invalid":
        choices = tuple(each.strip("'") for each in context["expected_tags"].split(", "))
        return _bad_choice(document, (*route, "method"), str(context["tag"]), choices)
    if kind == "literal_error":
        choices = tuple(_literals(context["expected"]))
        if isinstance(found, str):
            return _bad_choice(document, route, found, choices)
        return _wrong_type(document, route, "text", found)
    if kind in _EXPECTED:
        return _wrong_type(document, route, _EXPECTED[kind], found)
    if kind == "too_short":
        return document.problem_at_key(_CODES[kind], route, limit=context["min_length"])
    return document.problem_at(_CODES[kind], route, **_values(found, context))


def _values(found: Any, context: dict[str, Any]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    if isinstance(found, str | Decimal):
        values["value"] = found
    if "gt" in context:
        values["above"] = Decimal(str(context["gt"]))
    for name in ("ge", "le"):
        if name in context:
            values["bound"] = Decimal(str(context[name]))
    if "max_length" in context:
        values["limit"] = int(context["max_length"])
    return values


def _untagged(document: Document, route: Route, found: Any) -> Problem:
    if isinstance(found, dict):
        return document.problem_at_key("missing-key", route, key="method")
    return _wrong_type(document, route, "map" if route and route[-1] == "scoring" else "text", found)


def _bad_choice(document: Document, route: Route, value: str, choices: tuple[str, ...]) -> Problem:
    return document.problem_at("bad-choice", route, value=value, choices=choices, nearest=nearest(value, choices))


def _wrong_type(document: Document, route: Route, expected: str, found: Any) -> Problem:
    if isinstance(found, str):
        if expected == "number":
            return document.problem_at("not-a-number", route, value=found)
        return document.problem_at("wrong-value", route, expected=_KINDS[expected], value=found)
    kind = "nothing" if found is None else "list" if isinstance(found, list) else "map"
    return document.problem_at("wrong-type", route, expected=_KINDS[expected], found=_KINDS[kind])


def _route(tree: Tree, loc: tuple[str | int, ...]) -> Route:
    """Follow an error's location into the tree; steps that are not in the file (a union's tag) are left out."""
    route: list[str | int] = []
    node = tree
    for step in loc:
        if isinstance(node, dict) and step in node:
            node = node[str(step)]
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            continue
        route.append(step)
    return tuple(route)


def _literals(expected: str) -> Iterator[str]:
    for part in expected.replace(" or ", ", ").split(", "):
        yield part.strip("'")


def _known_keys(model: type[Model], loc: tuple[str | int, ...]) -> list[str]:
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
