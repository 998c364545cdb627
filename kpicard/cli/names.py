"""Roles by what they are called on the command line."""

from __future__ import annotations

from typing import Final

from kpicard.cli.wrong_use import WrongUse
from kpicard.nearest import nearest
from kpicard.rules.names import find_broken, find_role, role_names
from kpicard.rules.rules import Rules
from kpicard.text import Both

_ANY_OF: Final = Both("{name!r} may be any of: {found}", "“{name}”可能是以下岗位之一：{found}")
_MEANT: Final = Both("there is no role {name!r}; did you mean {meant!r}?", "没有岗位“{name}”；是否想写“{meant}”？")
_UNKNOWN: Final = Both("there is no role {name!r}; known: {known}", "没有岗位“{name}”；现有岗位：{known}")


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
    words = _ANY_OF if found else _MEANT if meant else _UNKNOWN
    raise WrongUse(words, where=where, name=name, found=found, meant=meant, known=tuple(rules.roles))
