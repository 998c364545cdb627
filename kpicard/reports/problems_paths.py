"""Paths as GitHub and its kind want them: from the top of the repository, with forward slashes."""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from urllib.parse import quote_from_bytes


def repository_path(path: str) -> str:
    """Return a path from the top of the repository that GitHub's CI checked out, if it is in there.

    A path is given from the folder where the command was run, which need not be the top. Elsewhere it stays as it is.
    """
    workspace = os.environ.get("GITHUB_WORKSPACE")
    full = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links out of the repository
    if workspace and full.is_relative_to(workspace):
        return full.relative_to(workspace).as_posix()
    return PurePath(path).as_posix()


def repository_uri(path: str) -> str:
    """Return the same as a URI reference: relative, or with `file:` for a path from the root."""
    shown = PurePath(repository_path(path))
    return shown.as_uri() if shown.is_absolute() else quote_from_bytes(os.fsencode(shown.as_posix()))
