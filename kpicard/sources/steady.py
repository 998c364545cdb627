"""A file is read in several passes, and must be the same in all of them."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple


class ChangedError(OSError):
    """A file changed while it was read, or is gone."""


class State(NamedTuple):
    """Which file it is, and when and to what size it was last written."""

    device: int
    inode: int
    size: int
    modified: int


def state_of(path: Path) -> State | None:
    """Return the state of a file; None where there is none, or where it is no ordinary one, which is read only once."""
    try:
        found = path.stat()
    except OSError:
        return None
    return State(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else None


@contextmanager
def steady(path: Path, state: State | None) -> Iterator[None]:
    """Raise ChangedError where a file is no longer in that state once it was read, whatever came out of reading it."""
    try:
        yield
    except Exception as error:
        if state_of(path) != state:
            raise ChangedError from error
        raise
    if state_of(path) != state:
        raise ChangedError
