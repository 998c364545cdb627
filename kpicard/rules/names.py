"""Find things by what they are called: as written, or else without case, spaces, hyphens and underscores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Generic, NamedTuple, TypeVar

from kpicard.rules.models import Role
from kpicard.rules.rules import Rules
from kpicard.text import fold, spellings

Thing = TypeVar("Thing")


class Named(NamedTuple, Generic[Thing]):
    """Things by their ids, and by each of their names as they are compared; several may have the same one."""

    ids: Mapping[str, frozenset[Thing]]
    folded: Mapping[str, frozenset[Thing]]


def by_name(named: Iterable[tuple[Thing, tuple[str, ...]]]) -> Named[Thing]:
    """Return things by their names, of which the first is the id.

    Whoever writes an id just as it is means that one, even where another is called nearly the same.
    """
    ids: dict[str, set[Thing]] = defaultdict(set)
    folded: dict[str, set[Thing]] = defaultdict(set)
    for thing, names in named:
        ids[names[0]].add(thing)
        for name in names:
            folded[fold(name)].add(thing)
    return Named(_frozen(ids), _frozen(folded))


def _frozen(found: Mapping[str, set[Thing]]) -> Mapping[str, frozenset[Thing]]:
    return {name: frozenset(things) for name, things in found.items()}


def look_up(names: Named[Thing], text: str) -> frozenset[Thing]:
    """Return the things that `text` may mean: one where it is clear, none where it is not known."""
    stripped = text.strip()
    return names.ids.get(stripped) or names.folded.get(fold(stripped)) or frozenset()


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
