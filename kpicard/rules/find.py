"""Where the roles are found: in the folder that is named, in `./roles`, or else in the package."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path, PurePath
from typing import Final, NamedTuple

from kpicard.nearest import nearest
from kpicard.paths import path_kind
from kpicard.problems import Problem
from kpicard.rules.file_name import SUFFIXES, file_name

VARIABLE: Final = "KPICARD_ROLES"
"""The environment variable that names the folder of the roles."""

_HERE: Final = "roles"
_DEEPEST: Final = 2
_MOST_LOOKED_AT: Final = 2000
_MOST_NAMED: Final = 5


class Named(NamedTuple):
    """A folder of roles, and what names it: the option, the environment variable, or nothing for `./roles`."""

    folder: Path
    by: str | None


def named_roles(given: Path | None = None) -> Named | None:
    """Return the folder given, else that of `KPICARD_ROLES`, else `./roles`; None where none is named or there."""
    if given is not None:
        return Named(given, "--roles")
    variable = os.environ.get(VARIABLE)
    if variable:
        return Named(Path(variable), VARIABLE)
    return Named(Path(_HERE), None) if path_kind(Path(_HERE)) == "folder" else None


def packaged_roles() -> Path:
    """Return the folder of the seven roles that come with the package.

    An installed package carries them inside; in a checkout they stand beside it.
    """
    package = Path(__file__).parent.parent
    inside = package / "roles"
    return inside if inside.is_dir() else package.parent / "roles"


def packaged_used() -> Problem:
    """Return what is to be said wherever the roles of the package are used, with the folders that may be meant."""
    near = folders_near()
    return Problem(
        _HERE, None, None, "packaged-roles", {"nearest": near[0] if len(near) == 1 else None, "found": near or None}
    )


def meant_by(path: Path) -> str | None:
    """Return the folder that was probably meant by one that is not there: beside it, or anywhere near."""
    with suppress(OSError):
        beside = [str(each) for each in path.parent.iterdir() if path_kind(each) == "folder"]
        return nearest(str(path), [*beside, *folders_near()])
    return nearest(str(path), folders_near())


def folders_near() -> tuple[str, ...]:
    """Return folders that hold a department: this one, `roles` in those above, and those up to two levels below."""
    here = Path()
    above = [Path("..") / _HERE, Path("..") / ".." / _HERE]
    candidates = [here, *above, *islice(_folders_below(here, _DEEPEST), _MOST_LOOKED_AT)]
    found = {os.path.realpath(each): str(each) for each in reversed(list(filter(_has_department, candidates)))}
    return tuple(reversed(found.values()))[:_MOST_NAMED]


def _folders_below(folder: Path, depth: int) -> Iterator[Path]:
    """Yield the folders in a folder, and in those, that are not hidden, sorted by name; links are not followed."""
    inside: list[Path] = []
    with suppress(OSError), os.scandir(folder) as entries:
        inside = sorted(
            folder / entry.name
            for entry in islice(entries, _MOST_LOOKED_AT)
            if not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False)
        )
    yield from inside
    if depth > 1:
        for each in inside:
            yield from _folders_below(each, depth - 1)


def _has_department(folder: Path) -> bool:
    with suppress(OSError), os.scandir(folder) as entries:
        names = [entry.name for entry in islice(entries, _MOST_LOOKED_AT)]
        return any(PurePath(name).suffix.lower() in SUFFIXES and file_name(name).is_department for name in names)
    return False
