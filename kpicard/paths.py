"""What a path leads to."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

NO_FILE: Final = "it is no ordinary file"
"""Why a device, a socket or a pipe is not read where one might wait for its end in vain."""


def path_kind(path: Path) -> Literal["file", "folder"] | None:
    """Return what a path leads to; None where it leads nowhere, or cannot be followed."""
    try:
        if path.is_dir():
            return "folder"
        return "file" if path.exists() else None
    except OSError:  # a name that is too long, a loop of links, a folder that may not be entered
        return None
