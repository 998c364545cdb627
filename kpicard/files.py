"""Files written whole or not at all, and folders that a run makes for itself and that are gone when it ends.

A file is written beside its place first, and put there once it is complete. A run that is killed cannot take its
folders away: the next one that makes a folder beside them does. A folder is locked as long as its run goes on; the
system lets go of the lock even when the run is killed.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final, Literal, TextIO, TypeAlias

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


Write: TypeAlias = Callable[[Path], object]
"""Writes a new file at the path that it is given."""


def write_whole(path: Path, write: Write) -> None:
    """Let `write` write a new file, and put it in the place of `path` once it is complete. Raises OSError.

    A link is followed and stays; a file that is replaced keeps its permissions, and is refused where it may not be
    written. What is no ordinary file, such as a pipe, gets the bytes of the complete one.
    """
    if path.exists() and not path.is_file():
        with own_folder() as folder:
            write(folder / "new")
            with (folder / "new").open("rb") as new, path.open("wb") as out:
                shutil.copyfileobj(new, out)
        return
    place = place_of(path)
    with own_folder(place.parent) as folder:
        write(folder / "new")
        put(folder / "new", place)


def write_new(folder: Path, files: Mapping[Path, bytes]) -> None:
    """Write files that are not there yet, by their paths below a folder: all of them or none. Raises OSError."""
    with ExitStack() as stack:
        for parent in dict.fromkeys(path.parent for path in files):
            stack.enter_context(made(folder / parent))
        own = stack.enter_context(own_folder(folder))
        for number, content in enumerate(files.values()):
            (own / str(number)).write_bytes(content)
        done: list[Path] = []
        try:
            for number, path in enumerate(files):
                _refuse_existing(folder / path)
                done.append(folder / path)
                (own / str(number)).rename(folder / path)
        except BaseException:
            for each in done:
                each.unlink(missing_ok=True)
            raise


def as_text(write: Callable[[TextIO], object]) -> Write:
    """Return what writes a file of UTF-8 text as `write` writes a stream."""

    def write_text(path: Path) -> None:
        with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as out:
            write(out)

    return write_text


def place_of(path: Path) -> Path:
    """Return where a path leads in the end. Raises OSError for links in a circle, and for what may not be written."""
    place = Path(os.path.realpath(path))
    if place.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    if place.exists() and not os.access(place, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    return place


def _refuse_existing(path: Path) -> None:
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))


def put(new: Path, place: Path) -> None:
    """Put a complete file in its place, with the permissions of the one that it replaces."""
    if place.exists():
        shutil.copymode(place, new)
    new.replace(place)


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
