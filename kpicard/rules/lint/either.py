"""Checks of either kind of rules file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Final

from kpicard.actuals.header_vocabulary import WORDS
from kpicard.numbers import read_decimal
from kpicard.problems import Problem
from kpicard.rules.document import Document, Route, Tree
from kpicard.rules.fields import keys_without_value
from kpicard.rules.rules import file_name
from kpicard.text import LANGUAGES, Both, Language, fold


def crossed_bounds(document: Document) -> Iterator[Problem]:
    """An adjustment's `at_least` is not above its `at_most`."""
    for route, written in document.maps("adjustments", None):
        least, most = (read_decimal(str(written.get(key))) for key in ("at_least", "at_most"))
        if isinstance(least, Decimal) and isinstance(most, Decimal) and least > most:
            yield document.problem_at("crossed-bounds", (*route, "at_most"), least=least, most=most)


_KINDS = (("responsibilities",), ("sections",), ("kpis", "adjustments"))


def duplicate_id(document: Document) -> Iterator[Problem]:
    """An id stands only once among a role's responsibilities, and once among its KPIs and adjustments."""
    for keys in _KINDS:
        lines: dict[str, int] = {}
        for key in keys:
            for route, id_ in document.find(key, None, "id"):
                if id_ in lines:
                    yield document.problem_at("duplicate-id", route, id=id_, line=lines[id_])
                else:
                    lines[id_] = document.line(route)


def from_not_file_name(document: Document) -> Iterator[Problem]:
    """A file whose name has a month says the same month in `from`."""
    period = file_name(document.path).period
    start = next((text for _, text in document.find("from")), None)
    if period and start != period:
        yield document.problem_at("from-not-file-name", ("from",), period=period, start=start)


_NAMES: Final[Mapping[Language, Both]] = {"en": Both("English", "英文"), "zh": Both("Chinese", "中文")}
_ITEM: Final = ("name", "unit", "definition", "source")
_TEXTS: Final[tuple[tuple[str | None, ...], ...]] = (
    ("title",),
    ("purpose",),
    ("sections", None, "title"),
    *(("responsibilities", None, key) for key in ("title", "detail")),
    *((items, None, key) for items in ("kpis", "adjustments") for key in _ITEM),
    *(("kpis", None, "levels", None, key) for key in ("level", "detail")),
    ("grades", None, "label"),
)
_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_WORD: Final = re.compile(r"[A-Za-z]*[a-z][A-Za-z]*")
_LOWER: Final = re.compile(r"\b[a-z]{2,}\b")


def missing_translation(document: Document) -> Iterator[Problem]:
    """In a file in two languages, every text is in both."""
    found = [each for pattern in _TEXTS for each in document.nodes(*pattern)]
    texts = [(route, text) for route, text in found if route in document.values or route in document.keys]
    used = {language for _, text in texts if isinstance(text, dict) for language in text}
    if not used.issuperset(LANGUAGES):
        return
    for route, text in texts:
        missing = _missing(text, is_unit=route[-1] == "unit")
        if missing:
            yield document.problem_at("missing-translation", route, missing=_NAMES[missing])


def _missing(text: Tree, *, is_unit: bool) -> Language | None:
    """Return the language that a text lacks; None where it lacks none, or is no text at all."""
    if isinstance(text, dict):
        lacking = [language for language in LANGUAGES if text.get(language) is None]
        return lacking[0] if len(lacking) == 1 else None
    if not isinstance(text, str):
        return None
    if _HAN.search(text):
        return "en"
    is_phrase = sum(bool(_WORD.search(word)) for word in text.split()) > 1 and _LOWER.search(text)
    return "zh" if is_phrase and not is_unit else None


_OPENING: Final = "“‘„”’"
_CLOSING: Final = "”’“‘"


def curly_quotes(document: Document) -> Iterator[Problem]:
    """No text stands in quotes that are none to YAML, and so would be a part of it."""
    for route, text in _leaves(document.tree):
        if text and len(text) > 1 and text[0] in _OPENING and text[-1] in _CLOSING:
            inside = text[1:-1]
            if not set(inside) & set(_OPENING + _CLOSING + '"\\'):
                key = f"{route[-1]}: " if route and isinstance(route[-1], str) else ""
                yield document.problem_at("curly-quotes", route, value=text, better=f'{key}"{inside}"')


def empty_value(document: Document) -> Iterator[Problem]:
    """A key that may be left out has something behind it."""
    for route, text in _leaves(document.tree):
        key = route[-1] if route else None
        if text is None and key in _may_be_left_out():
            yield document.problem_at_key("empty-value", route, key=str(key))


def _leaves(tree: Tree, route: Route = ()) -> Iterator[tuple[Route, str | None]]:
    """Yield each text of a tree, None for an empty value, with its route."""
    if isinstance(tree, str) or tree is None:
        yield route, tree
    else:
        for step, node in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from _leaves(node, (*route, step))


@cache
def _may_be_left_out() -> frozenset[str]:
    """Return the keys that rules may do without and may leave empty, but for those that other checks ask for."""
    return frozenset(keys_without_value()) - {*LANGUAGES, "definition", "source", "range"}


_RESERVED_NAME_NAMES = (("id",), ("name",), *(("name", language) for language in LANGUAGES))


def reserved_name(document: Document) -> Iterator[Problem]:
    """No KPI or adjustment is called like a column of the actuals."""
    for key in ("kpis", "adjustments"):
        for pattern in _RESERVED_NAME_NAMES:
            for route, name in document.find(key, None, *pattern):
                if fold(name) in WORDS:
                    yield document.problem_at("reserved-name", route, name=name, column=WORDS[fold(name)])
