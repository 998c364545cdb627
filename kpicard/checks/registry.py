"""The checks that there are: found by the names of their files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Any, Final

from kpicard.problems import Problem
from kpicard.problems.catalogue import CATALOGUE

Check = Callable[[Any], Iterator[Problem]]

_GROUPS: Final = ("folder", "reading", "role", "department", "both", "comments")


@cache
def groups() -> Mapping[str, str]:
    """Return the ids of all checks, sorted, each with the package that it is in."""
    here = Path(__file__).parent
    found = {module.name.replace("_", "-"): group for group in _GROUPS for module in iter_modules([str(here / group)])}
    return MappingProxyType(dict(sorted(found.items())))


def module_name(id_: str) -> str:
    """Return the full name of a check's module."""
    return f"kpicard.checks.{groups()[id_]}.{id_.replace('-', '_')}"


@cache
def functions(group: str, *, lint: bool) -> tuple[Check, ...]:
    """Return the functions of a package's checks; those that only warn, with `lint` alone."""
    wanted = [id_ for id_, held in groups().items() if held == group and (lint or CATALOGUE[id_].severity == "error")]
    return tuple(import_module(module_name(id_)).check for id_ in wanted)
