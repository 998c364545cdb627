"""A folder of cards, and whose it is: a list of its files and their hashes tells which of them kpicard wrote.

A folder is written where it is new, empty or kpicard's own. Of earlier runs only files are replaced or removed that are
still what kpicard wrote. Whatever moment a run is killed at, the next one knows the files of both.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import stat
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias

from kpicard.files import PREFIX, Write, made, own_folder, place_of, put, write_whole

MANIFEST: Final = ".kpicard.json"
INDEXES: Final = ("index.md", "index.html")
"""The file that comes last, by whatever name: where it is, the folder is complete."""

_FORMAT: Final = "kpicard.folder/1"
_LARGEST: Final = 1 << 26
_NAME: Final = re.compile(r"index\.(?:md|html)|role-[a-z0-9-]+\.html|[0-9]{4}[\w.@+-]*\.(?:md|html|pdf|xlsx)")
"""What files of a folder of cards are called: a list with any other name in it is none of kpicard's."""
_HASH: Final = re.compile("[0-9a-f]{64}")
_OF_SYSTEMS: Final = frozenset({".ds_store", "thumbs.db"})

Owned: TypeAlias = Mapping[str, frozenset[str]]
"""The hashes that each of kpicard's files may have, by name: two while a run replaces it."""


class InTheWay(NamedTuple):
    """Why a folder is not written: it is another's, its list is, or files in it are, or were edited since."""

    reason: Literal["foreign", "list", "taken", "edited"]
    names: tuple[str, ...]


class Replaced(NamedTuple):
    """The files of earlier runs that are no longer among those written: those removed, and those that were kept."""

    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def owned(folder: Path) -> Owned | InTheWay:
    """Return what in a folder is kpicard's own, which is nothing where it is new or empty. Raises OSError."""
    if not folder.is_dir():
        return {}
    names = sorted(
        each.name
        for each in folder.iterdir()
        if each.name.lower() not in _OF_SYSTEMS and not each.name.startswith(PREFIX)
    )
    if names and MANIFEST not in names:
        return InTheWay("foreign", tuple(names))
    found = _read(folder / MANIFEST) if names else {}
    return InTheWay("list", (MANIFEST,)) if found is None else found


def write_folder(
    folder: Path, files: Mapping[str, Write], *, force: bool = False, at_once: int = 1
) -> Replaced | InTheWay:
    """Write files, an index among them, into a folder, which is made if need be. Raises OSError.

    All are written before the first is put in place. The old index is taken away before that, and the new one comes
    last. With `force` what has the same name is overwritten whosever it is, and nothing is removed. `at_once` says how
    many files are written at a time.
    """
    with made(folder), own_folder(folder) as own:
        _write_all(own, files, at_once)
        old = owned(folder)
        if isinstance(old, InTheWay):
            if not force:
                return old
            old = {}
        hashes = {name: frozenset({_hash(own / name)}) for name in files}
        there = {name for name in files if os.path.lexists(folder / name)}
        if not force:
            others = sorted(name for name in there if not _is_unchanged(folder / name, old.get(name)))
            if others:
                edited = all(name in old for name in others)
                return InTheWay("edited" if edited else "taken", tuple(others))
        places = {name: _checked_place(folder / name) for name in (*files, MANIFEST)}
        index = next(name for name in INDEXES if name in files)
        places[index].unlink(missing_ok=True)
        both = {name: old.get(name, frozenset()) | hashes.get(name, frozenset()) for name in {**old, **hashes}}
        _put_list(own, folder, both)
        replaced = _remove(folder, {name: old[name] for name in sorted(old) if name not in files}, force=force)
        for name in files:
            if name != index:
                _put_file(own / name, folder / name, places[name], is_new=name not in there)
        _put_list(own, folder, {**{name: old[name] for name in replaced.kept}, **hashes})
        _put_file(own / index, folder / index, places[index], is_new=False)
        return replaced


def _write_all(folder: Path, files: Mapping[str, Write], at_once: int) -> None:
    if at_once == 1:
        for name, write in files.items():
            write(folder / name)
        return
    pool = ThreadPoolExecutor(at_once)
    try:
        for done in [pool.submit(write, folder / name) for name, write in files.items()]:
            done.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _read(path: Path) -> Owned | None:
    """Return what a list says, None where it is not one that kpicard wrote."""
    try:
        about = path.lstat()
        if not stat.S_ISREG(about.st_mode) or about.st_size > _LARGEST:
            return None
        values = json.loads(path.read_bytes())
        if values["format"] != _FORMAT:
            return None
        found = {name: frozenset(hashes) for name, hashes in values["files"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    is_ours = all(_NAME.fullmatch(name) and hashes and all(map(_is_hash, hashes)) for name, hashes in found.items())
    return found if is_ours else None


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and bool(_HASH.fullmatch(value))


def _put_list(own: Path, folder: Path, files: Owned) -> None:
    """Put the list of the files in its place, sorted: the same files give the same bytes."""
    values = {"format": _FORMAT, "files": {name: sorted(files[name]) for name in sorted(files)}}
    (own / MANIFEST).write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")
    (own / MANIFEST).replace(folder / MANIFEST)


def _checked_place(path: Path) -> Path:
    """Return where a path leads. Raises OSError for a folder, and for what may not be written."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    return place_of(path)


def _put_file(new: Path, path: Path, place: Path, *, is_new: bool) -> None:
    """Put a file in its place. Raises OSError, also where by now there is something that was not there before."""
    if is_new and os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    if path.is_symlink():  # it may lead to another disk
        write_whole(place, partial(shutil.copyfile, new))
    else:
        put(new, place)


def _remove(folder: Path, stale: Owned, *, force: bool) -> Replaced:
    """Remove the files that are still what kpicard wrote; with `force`, none."""
    there = [name for name in stale if os.path.lexists(folder / name)]
    removed = [name for name in there if not force and _is_unchanged(folder / name, stale[name])]
    for name in removed:
        (folder / name).unlink()
    return Replaced(tuple(removed), tuple(name for name in there if name not in removed))


def _is_unchanged(path: Path, hashes: frozenset[str] | None) -> bool:
    """Whether a file is one that kpicard wrote, and as it wrote it; a link is not."""
    with suppress(OSError):
        return bool(hashes) and stat.S_ISREG(path.lstat().st_mode) and _hash(path) in (hashes or ())
    return False


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
