"""Checks of a role's KPIs: weights, names, definitions and sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from kpicard.numbers import read_decimal
from kpicard.problems import Problem
from kpicard.rules.document import Route, Tree
from kpicard.rules.lint.role_file import RoleFile
from kpicard.text import LANGUAGES, fold


def crossed_range(file: RoleFile) -> Iterator[Problem]:
    """A range begins before it ends."""
    for kpi in file.kpis:
        if kpi.is_crossed:
            lowest, highest = kpi.bounds
            values = {"from": lowest, "upto": highest, "time": kpi.time}
            yield file.document.problem_at("crossed-range", (*kpi.route, "range", "upto"), **values)


def duplicate_name(file: RoleFile) -> Iterator[Problem]:
    """No two KPIs of a role have the same name."""
    lines: dict[str, int] = {}
    ids: set[str] = set()
    for key in ("kpis", "adjustments"):
        for route, item in file.document.maps(key, None):
            names = _names(route, item)
            known = [
                each for each, name in names.items() if fold(name) in lines and (each[-1] != "id" or name not in ids)
            ]
            for each in known[:1]:
                line = lines[fold(names[each])]
                yield file.document.problem_at("duplicate-name", each, name=names[each], line=line)
            for each, name in names.items():
                lines.setdefault(fold(name), file.document.values[each][0])
            ids |= {name for each, name in names.items() if each[-1] == "id"}


def _names(route: Route, item: Mapping[str, Tree]) -> dict[Route, str]:
    """Return all that an item is called: its name in each language, and its id."""
    name = item.get("name")
    in_languages = [(language, name.get(language)) for language in LANGUAGES] if isinstance(name, dict) else []
    written: list[tuple[Route, Tree]] = [
        ((*route, "name"), name),
        *(((*route, "name", language), text) for language, text in in_languages),
        ((*route, "id"), item.get("id")),
    ]
    return {way: text for way, text in written if isinstance(text, str) and fold(text)}


LOWEST: Final = 5
HIGHEST: Final = 60


def extreme_weight(file: RoleFile) -> Iterator[Problem]:
    """A weight is neither under 5 nor over 60."""
    for kpi in file.kpis if file.document.size("kpis") > 1 else ():
        if kpi.weight and not LOWEST <= kpi.weight <= HIGHEST:
            bound = {"least": LOWEST, "most": None} if kpi.weight < LOWEST else {"least": None, "most": HIGHEST}
            yield file.document.problem_at("extreme-weight", (*kpi.route, "weight"), weight=kpi.weight, **bound)


def no_definition(file: RoleFile) -> Iterator[Problem]:
    """Every KPI has a definition."""
    yield from file.lacking("definition", "no-definition")


def no_source(file: RoleFile) -> Iterator[Problem]:
    """Every KPI says where its figure comes from."""
    yield from file.lacking("source", "no-source")


_FULL = Decimal(100)


def weights_not_100(file: RoleFile) -> Iterator[Problem]:
    """The weights of a role's KPIs sum to exactly 100."""
    document = file.document
    read = {route: read_decimal(text) for route, text in document.find("kpis", None, "weight")}
    weights = {route: weight for route, weight in read.items() if isinstance(weight, Decimal)}
    total = sum(weights.values(), Decimal(0))
    if total == _FULL or len(weights) < document.size("kpis") or not weights:
        return
    heaviest = max(weights, key=lambda route: weights[route])
    mended = weights[heaviest] + _FULL - total
    yield document.problem_at_key(
        "weights-not-100",
        ("kpis",),
        total=total,
        percent=100 * weights[heaviest] if total == 1 else None,
        difference=abs(_FULL - total),
        missing=_FULL - total if total < _FULL else None,
        line=document.values[heaviest][0],
        mended=mended if mended > 0 else None,
    )
