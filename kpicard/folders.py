"""Folders that a run makes for itself, and that are gone when it ends, however it ends.

A run that is killed cannot take its folders away: the next one that makes a folder beside them does. A folder is locked
as long as its run goes on; the system lets go of the lock even when the run is killed.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

PREFIX: Final = ".kpicard-unfinished-"
"""How the names begin: hidden, never read as actuals or rules, and saying what they are where one is left."""

TO_TIDY: Final[list[Path]] = []
"""The folders that a run has to take away, or may have to: while there are none, it can end at any moment."""


@contextmanager
def own_folder(where: Path | None = None) -> Iterator[Path]:
    """Make a folder that nobody else may look into, in `where` or where temporary files go. Raises OSError."""
    where = Path(tempfile.gettempdir()) if where is None else where
    _remove_abandoned(where)
    folder = where / f"{PREFIX}{os.urandom(8).hex()}"
    TO_TIDY.append(folder)
    lock = None
    try:
        while lock is None:  # another run may take the new folder for one that was left, until it is locked
            folder.mkdir(0o700)
            lock = _lock(folder)
        yield folder
    finally:
        try:
            shutil.rmtree(folder, ignore_errors=True)
        except BaseException:  # Ctrl-C at this very moment
            shutil.rmtree(folder, ignore_errors=True)
            raise
        if lock:
            lock.close()
        TO_TIDY.remove(folder)


@contextmanager
def made(folder: Path) -> Iterator[None]:
    """Make a folder and those above it that are not there; where then something fails, take them away again.

    Raises OSError. A folder that something stands in by then is left.
    """
    new = [each for each in (folder, *folder.parents) if not each.exists()]
    TO_TIDY.append(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        with suppress(OSError):
            for each in new:
                each.rmdir()
        raise
    finally:
        TO_TIDY.remove(folder)


class _Lock:
    """The lock on a folder that is in use. On Windows there is none: there, the folders of killed runs are left."""

    def __init__(self, handle: int | None = None) -> None:
        self._handle = handle

    def close(self) -> None:
        """Let go of the lock."""
        if self._handle is not None:
            os.close(self._handle)


if sys.platform == "win32":

    def _lock(folder: Path) -> _Lock | None:
        return _Lock() if folder.exists() else None

    def _remove_abandoned(where: Path) -> None:
        pass

else:
    import fcntl

    def _lock(folder: Path) -> _Lock | None:
        """Lock a new folder; None where it is gone. Some file systems have no locks: nobody can lock it then."""
        with suppress(FileNotFoundError):
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            with suppress(OSError):
                fcntl.flock(handle, fcntl.LOCK_EX)
            if folder.exists():
                return _Lock(handle)
            os.close(handle)
        return None

    def _remove_abandoned(where: Path) -> None:
        """Remove the folders of this user's runs that were killed: those that are not locked."""
        for folder in where.glob(f"{PREFIX}*"):
            with suppress(OSError):  # somebody else's, in use, or gone by now
                handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    if os.fstat(handle).st_uid == os.geteuid():
                        shutil.rmtree(folder, ignore_errors=True)
                finally:
                    os.close(handle)
