"""Find things by what they are called: as written, or else without case, spaces, hyphens and underscores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeVar

from kpicard.rules.models import Role
from kpicard.rules.rules import Rules
from kpicard.text import fold, spellings

Thing = TypeVar("Thing")


def by_name(named: Iterable[tuple[Thing, tuple[str, ...]]]) -> Mapping[str, frozenset[Thing]]:
    """Return things by each of their names; a name may stand for more than one."""
    found: dict[str, set[Thing]] = defaultdict(set)
    for thing, names in named:
        for name in names:
            found[name].add(thing)
            found[fold(name)].add(thing)
    return {name: frozenset(things) for name, things in found.items()}


def look_up(names: Mapping[str, frozenset[Thing]], text: str) -> frozenset[Thing]:
    """Return the things that `text` may mean: one where it is clear, none where it is not known."""
    stripped = text.strip()
    return names.get(stripped) or names.get(fold(stripped)) or frozenset()


def role_names(roles: Iterable[Role]) -> list[str]:
    """Return all that the roles are called, each role's id before its titles."""
    return [word for role in roles for word in (role.id, *spellings(role.title))]


def find_broken(rules: Rules, text: str) -> frozenset[str]:
    """Return the ids of the roles with wrong files that `text` may mean."""
    return look_up(by_name((id_, (id_, *titles)) for id_, titles in rules.broken.items()), text)


def find_role(rules: Rules, text: str) -> frozenset[str]:
    """Return the ids of the roles that `text` may mean, by id or by title in either language."""
    return look_up(
        by_name((id_, (id_, *spellings(role.title))) for id_, versions in rules.versions.items() for role in versions),
        text,
    )
