"""Roles by what they are called on the command line."""

from __future__ import annotations

import typer

from kpicard.nearest import nearest
from kpicard.rules.names import find_broken, find_role, role_names
from kpicard.rules.rules import Rules


def role_id(name: str, rules: Rules, where: str) -> str | None:
    """Return the id of the role that is called `name`, by id or title; None where it is one whose file is wrong.

    Anything else is a wrong use of the option or argument `where`.
    """
    found = sorted(find_role(rules, name))
    if len(found) == 1:
        return found[0]
    if not found and find_broken(rules, name):
        return None
    meant = nearest(name, role_names(rules.roles.values()))
    if found:
        message = f"{name!r} may be any of: {', '.join(found)}"
    else:
        message = f"there is no role {name!r}; " + (
            f"did you mean {meant!r}?" if meant else f"known: {', '.join(rules.roles)}"
        )
    raise typer.BadParameter(message, param_hint=where)
