"""No two KPIs of a role have the same name.

A column of the actuals that is headed by the name could be either one's. Case, spaces and hyphens make no difference,
and an id counts as a name too.

中文：同一岗位内，指标名称不能相同。以名称为表头的列无法判断属于哪个指标。大小写、空格和连字符不作区分，标识也算名称。

Bad, `clerk.yaml` at 5:24::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Pace, weight: 50, better: lower, target: 30, definition: Hours, source: Orders}
      - {id: errors, name: pace, weight: 50, better: lower, target: 2, definition: Count, source: Orders}

Good, `clerk.yaml`::

    id: clerk
    title: Clerk
    kpis:
      - {id: speed, name: Pace, weight: 50, better: lower, target: 30, definition: Hours, source: Orders}
      - {id: errors, name: Errors, weight: 50, better: lower, target: 2, definition: Count, source: Orders}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kpicard.checks.role_file import RoleFile
from kpicard.problems import Problem
from kpicard.rules.route import Route, Tree
from kpicard.text import LANGUAGES, fold


def check(file: RoleFile) -> Iterator[Problem]:
    """Yield it at the second one's name; that ids are the same is said by `duplicate-id`."""
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
