"""Files written whole or not at all: beside their place first, and put there once they are complete."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Final, Literal, TextIO, TypeAlias

from kpicard.folders import made, own_folder

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
