"""What Tab offers for the value of an option: roles, KPIs, checks and git's branches, as they are where one stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kpicard.rules.rules import Rules

Complete = Callable[[Any, str], list[str]]
"""Takes the context and the beginning of a word; returns the words that fit."""


def words(choices: Iterable[str]) -> Complete:
    """Return what offers some of these words."""
    known = tuple(choices)

    def complete(ctx: Any, incomplete: str) -> list[str]:  # noqa: ARG001 - as typer calls it
        return [each for each in known if each.startswith(incomplete)]

    return complete


def roles(ctx: Any, incomplete: str) -> list[str]:
    """Offer the ids of the roles."""
    return _fitting(_rules(ctx).roles, incomplete)


def kpis(ctx: Any, incomplete: str) -> list[str]:
    """Offer the ids of the KPIs of all roles."""
    return _fitting((kpi.id for role in _rules(ctx).roles.values() for kpi in role.kpis), incomplete)


def checks(ctx: Any, incomplete: str) -> list[str]:  # noqa: ARG001 - as typer calls it
    """Offer the ids of the checks; the last one, where there are commas."""
    from kpicard.rules.lint.registry import groups

    before, comma, begun = incomplete.rpartition(",")
    return [f"{before}{comma}{each}" for each in groups() if each.startswith(begun)]


def revisions(ctx: Any, incomplete: str) -> list[str]:
    """Offer branches and tags of the repository that the roles are in."""
    from kpicard.cards.impact.git import Answer
    from kpicard.cards.impact.repository import open_repository
    from kpicard.files import own_folder

    with suppress(OSError), own_folder() as own:
        opened = open_repository(_folder(ctx) or Path(), own)
        if not isinstance(opened, Answer):
            return _fitting(["HEAD", "HEAD~1", *opened[0].names()], incomplete)
    return []


def _folder(ctx: Any) -> Path | None:
    from kpicard.rules.load import named_roles

    named = named_roles(ctx.params.get("roles_folder"))
    return named.folder if named else None


def _rules(ctx: Any) -> Rules:
    from kpicard.rules.load import load

    return load(_folder(ctx)).rules


def _fitting(ids: Iterable[str], incomplete: str) -> list[str]:
    return sorted({each for each in ids if each.startswith(incomplete)})
