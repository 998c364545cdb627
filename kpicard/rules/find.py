"""Where the roles are found."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

VARIABLE: Final = "KPICARD_ROLES"
"""The environment variable that names the folder of the roles."""


def find_roles(given: Path | None = None) -> Path:
    """Return the folder of the roles: the one given, else `KPICARD_ROLES`, else `./roles`, else the package's own."""
    if given is not None:
        return given
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    here = Path("roles")
    return here if here.is_dir() else packaged_roles()


def packaged_roles() -> Path:
    """Return the folder of the seven roles that come with the package.

    An installed package carries them inside; in a checkout they stand beside it.
    """
    package = Path(__file__).parent.parent
    inside = package / "roles"
    return inside if inside.is_dir() else package.parent / "roles"
