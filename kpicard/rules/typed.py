"""From a document's tree to typed rules: pydantic's errors become problems at their places."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kpicard.problems import Problem, Value
from kpicard.rules.document import Document, Route, Tree
from kpicard.rules.fields import Model, known_keys
from kpicard.rules.meant import id_meant, numbers_meant, word_meant
from kpicard.text import Both, half_width

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
_UNKNOWN = "extra_forbidden"
_JOINED = re.compile("[:：]")
"""A colon that YAML takes for a part of the key."""

_CODES = {
    "number_range": "number-out-of-range",
    "string_pattern_mismatch": "bad-id",
    "string_too_long": "bad-id",
    "string_too_short": "empty-text",
    "no_text": "empty-text",
    "no_points": "no-points-each",
    "no_bound": "range-without-bounds",
    "no_quota": "not-a-quota",
    "greater_than": "number-too-small",
    "greater_than_equal": "number-too-small",
    "less_than_equal": "number-too-large",
}


def validate(document: Document, model: type[AnyModel]) -> tuple[AnyModel | None, list[Problem]]:
    """Return the document as a `model`, or None and the problems that stand against it."""
    try:
        return model.model_validate(document.tree), []
    except ValidationError as error:
        found = error.errors(include_url=False)
        misspelt = {(*each["loc"][:-1], _key_meant(model, each["loc"])) for each in found if each["type"] == _UNKNOWN}
        return None, [
            _problem(document, model, each)
            for each in found
            if not _is_echo(each) and not (each["type"] == "missing" and each["loc"] in misspelt)
        ]


def _is_echo(error: ErrorDetails) -> bool:
    """Whether pydantic finds a list too short only because it left out the items that are wrong themselves."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


class _Error(NamedTuple):
    """One of pydantic's errors, with the route that it has in the document."""

    document: Document
    model: type[Model]
    kind: str
    loc: tuple[str | int, ...]
    route: Route
    found: Any
    context: dict[str, Any]


def _problem(document: Document, model: type[Model], error: ErrorDetails) -> Problem:
    kind, loc = error["type"], error["loc"]
    known = _Error(document, model, kind, loc, _route(document.tree, loc), error["input"], error.get("ctx", {}))
    if _is_in_point(known):
        return document.problem_at("bad-point", known.route)
    if kind in _EXPECTED:
        return _wrong_type(document, known.route, _EXPECTED[kind], known.found)
    return _HANDLERS.get(kind, _plain_fault)(known)


def _is_in_point(error: _Error) -> bool:
    """Whether something that is no pair stands where a point should: too short, too long, or no list."""
    missing = error.kind == "missing" and isinstance(error.loc[-1], int)
    is_item = bool(error.route) and isinstance(error.route[-1], int)  # of the items of lists, only points are lists
    return missing or (is_item and error.kind in {"too_long", "tuple_type"})


def _key_meant(model: type[Model], loc: tuple[str | int, ...]) -> str | None:
    """Return the key that is meant by one that is not known."""
    return word_meant(_JOINED.split(str(loc[-1]))[0], known_keys(model, loc[:-1]))


def _unknown_key(error: _Error) -> Problem:
    if error.route[-1:] == ("use",) and error.route[:1] == ("kpis",):  # one that was found stands there no more
        return error.document.problem_at("unknown-shared-kpi", error.route, id=str(error.found))
    known = tuple(known_keys(error.model, error.loc[:-1]))
    key, meant = str(error.loc[-1]), _key_meant(error.model, error.loc)
    behind = _JOINED.split(key, maxsplit=1)[-1].strip() if _JOINED.search(key) else ""
    values: dict[str, Value] = {
        "key": key,
        "nearest": meant,
        "known": known,
        "apart": f"{meant}: {behind}" if behind and meant else None,
    }
    return error.document.problem_at_key("unknown-key", error.route, **values)


def _no_period(error: _Error) -> Problem:
    """A period is a value of `from`, or the key of a target in a list by period."""
    place = error.document.problem_at_key if error.loc[-1] == "[key]" else error.document.problem_at
    return place("not-a-period", error.route, value=error.found)


def _no_headcount(error: _Error) -> Problem:
    return error.document.problem_at_key("not-a-headcount", error.route, key=error.found)


def _missing(error: _Error) -> Problem:
    return error.document.problem_at_key("missing-key", error.route, key=str(error.loc[-1]))


def _untagged(error: _Error) -> Problem:
    """What should be a method's map, or a text, is neither; or the map does not say its method."""
    if isinstance(error.found, dict):
        return error.document.problem_at_key("missing-key", error.route, key="method")
    expected = "map" if error.route and error.route[-1] == "scoring" else "text"
    return _wrong_type(error.document, error.route, expected, error.found)


def _unknown_method(error: _Error) -> Problem:
    route, method = (*error.route, "method"), error.found["method"]
    if not isinstance(method, str):
        return _wrong_type(error.document, route, "text", method)
    return _bad_choice(error.document, route, method, _quoted(error.context["expected_tags"]))


def _unknown_word(error: _Error) -> Problem:
    if not isinstance(error.found, str):
        return _wrong_type(error.document, error.route, "text", error.found)
    return _bad_choice(error.document, error.route, error.found, _quoted(error.context["expected"]))


def _length(error: _Error) -> Problem:
    code, name = ("too-few", "min_length") if error.kind == "too_short" else ("too-many", "max_length")
    return error.document.problem_at_key(code, error.route, limit=error.context[name])


def _plain_fault(error: _Error) -> Problem:
    values: dict[str, Value] = {}
    if isinstance(error.found, str | Decimal):
        values["value"] = error.found
    if "gt" in error.context:
        values["above"] = Decimal(str(error.context["gt"]))
    if _CODES[error.kind] == "bad-id":
        values["meant"] = id_meant(str(error.found))
    for name in {"ge", "le"} & set(error.context):
        values["bound"] = Decimal(str(error.context[name]))
    return error.document.problem_at(_CODES[error.kind], error.route, **values)


_HANDLERS: Mapping[str, Callable[[_Error], Problem]] = {
    _UNKNOWN: _unknown_key,
    "missing": _missing,
    "no_period": _no_period,
    "no_headcount": _no_headcount,
    "union_tag_not_found": _untagged,
    "union_tag_invalid": _unknown_method,
    "literal_error": _unknown_word,
    "too_short": _length,
    "too_long": _length,
}


def _bad_choice(document: Document, route: Route, value: str, choices: tuple[str, ...]) -> Problem:
    return document.problem_at("bad-choice", route, value=value, choices=choices, nearest=word_meant(value, choices))


def _wrong_type(document: Document, route: Route, expected: str, found: Any) -> Problem:
    if isinstance(found, str):
        if expected == "number":
            return _no_number(document, route, found)
        better = _as_list(route, found) if expected == "list" and found else _as_range(route, found)
        return document.problem_at("wrong-value", route, expected=_KINDS[expected], value=found, better=better)
    kind = "nothing" if found is None else "list" if isinstance(found, list) else "map"
    return document.problem_at("wrong-type", route, expected=_KINDS[expected], found=_KINDS[kind])


def _as_list(route: Route, found: str) -> str:
    """Return a text that stands where a list should, as a list."""
    inside = re.sub(r"\s*[,、]\s*", ", ", half_width(found).strip("[] "))
    return f"{route[-1]}: [{inside}]" if route and isinstance(route[-1], str) else f"[{inside}]"


def _as_range(route: Route, found: str) -> str | None:
    """Return a text such as `0-100`, which stands where a range should, as a range; None for others."""
    ends = re.fullmatch(r"([0-9.]+)\s*%?\s*(?:-|–|—|~|to|至|到|\.\.)\s*([0-9.]+)\s*%?", half_width(found).strip())
    return f"range: {{from: {ends[1]}, upto: {ends[2]}}}" if ends and route[-1:] == ("range",) else None


def _no_number(document: Document, route: Route, found: str) -> Problem:
    key = next((f"{step}: " for step in route[-1:] if isinstance(step, str)), "")
    one, other, *_ = (*(f"{key}{each}" for each in numbers_meant(found)), None, None)
    return document.problem_at("not-a-number", route, value=found, meant=None if other else one, one=one, other=other)


def _route(tree: Tree, loc: tuple[str | int, ...]) -> Route:
    """Follow an error's location into the tree; steps that are not in the file (a union's tag) are left out."""
    route: list[str | int] = []
    node = tree
    for position, step in enumerate(loc):
        if position and loc[position - 1] == "scoring" and isinstance(node, dict) and node.get("method") == step:
            continue  # the method's name, not a key that is called like it
        if isinstance(node, dict) and step in node:
            node = node[str(step)]
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            continue
        route.append(step)
    return tuple(route)


def _quoted(expected: str) -> tuple[str, ...]:
    """Return the words of pydantic's list of choices, as in "'higher', 'lower' or 'within'"."""
    return tuple(part.strip("'") for part in expected.replace(" or ", ", ").split(", "))
