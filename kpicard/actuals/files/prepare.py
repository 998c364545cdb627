"""From a file to its tables; a file is read in several passes, and must be the same in all of them."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from kpicard.actuals.files.encodings import (
    PIECE,
    UTF8,
    BadByte,
    Inspection,
    Unknown,
    beside_utf8,
    by_mark,
    decode,
    inspect,
    known_encoding,
    label,
    place_of,
)
from kpicard.actuals.files.tables import Source, Table, open_parquet
from kpicard.files import NO_FILE, path_kind
from kpicard.problems import Problem, unreadable


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


Prepared: TypeAlias = tuple[list[Table], list[Problem]]

_PARQUET: Final = b"PAR1"
_GZIP: Final = b"\x1f\x8b"
_CALLED_WORKBOOKS: Final = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def prepare(source: Source, copy: Path) -> Prepared:
    """Return the tables of a source, or why there are none; `copy` begins the names of copies, which are kept."""
    if path_kind(source.path) != "file":
        return _failed(source, "remote-path" if source.is_remote else "no-such-path")
    try:
        return _prepare(_settled(source, copy), copy)
    except OSError as error:
        return [], [unreadable(source.name, error)]


def _failed(source: Source, code: str, **values: str) -> Prepared:
    return [], [Problem(source.name, None, None, code, values)]


def _settled(source: Source, copy: Path) -> Source:
    """Return a source that can be read more than once: a pipe is copied, since it gives its bytes only once.

    Raises OSError for a device with no end in sight, such as /dev/zero.
    """
    if source.path.is_file():
        return source
    kept = copy.with_suffix(".pipe")
    with source.path.open("rb") as pipe, kept.open("wb") as stream:
        if source.path.is_fifo():
            shutil.copyfileobj(pipe, stream)
        else:
            stream.write(pipe.read(PIECE))
            if pipe.read(1):
                raise OSError(NO_FILE)
    return replace(source, path=kept)


def _prepare(source: Source, copy: Path) -> Prepared:
    with source.path.open("rb") as stream:
        start = stream.read(512)
    if start.startswith(_WORKBOOKS):
        from kpicard.actuals.files.sheets import sheet_tables

        return sheet_tables(source, copy)
    if start.startswith(_GZIP):
        return _failed(source, "archive", reason="gzip")
    if source.sheets:
        return _failed(source, "no-sheets")
    if start.startswith(_PARQUET):
        found = open_parquet(source, copy)
    elif start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<html", b"<!doctype html", b"<table", b"<?xml")):
        return _failed(source, "web-page")
    else:
        found = _text(source, copy.with_suffix(".csv"))
    if isinstance(found, Problem):
        return [], [found]
    suffix = Path(source.name).suffix.lower()
    if suffix not in _CALLED_WORKBOOKS:
        return [found], []
    return [found], [found.problem("called-otherwise", values={"suffix": suffix, "kind": found.encoding})]


def _text(source: Source, copy: Path) -> Table | Problem:
    """Return a text in any encoding as a table; only one that is not UTF-8 is copied."""
    encoding = (known_encoding(source.encoding) if source.encoding else by_mark(source.path)) or UTF8
    found = inspect(source.path) if encoding == UTF8 else None
    if isinstance(found, BadByte):
        other = Unknown("not-utf8", UTF8, found) if source.encoding else beside_utf8(source.path, found)
        if isinstance(other, Unknown):
            return _bad_byte(source, other)
        encoding = other
    path = source.path
    if encoding != UTF8:
        path = copy
        bad = _copy(source.path, encoding, path)
        if bad:
            return _bad_byte(source, Unknown("bad-encoding", encoding, bad))
        found = inspect(path)
    if not isinstance(found, Inspection):  # a copy is UTF-8
        return Problem(source.name, None, None, "changed-while-read")
    table = Table(path, source.name, found, label(encoding, source.path), said_style=source.style)
    if found.nul is not None:
        return table.problem("control-character", place_of(path, UTF8, found.nul), {"character": "U+0000"})
    if found.is_empty:
        return table.problem("empty-file")
    if found.endless_line is not None:
        line, _ = place_of(path, UTF8, found.endless_line)
        return table.problem("endless-line", (line, 1), {"limit": PIECE})
    return table


def _bad_byte(source: Source, unknown: Unknown) -> Problem:
    place = place_of(source.path, unknown.encoding, unknown.bad.position)
    values = {"byte": f"0x{unknown.bad.byte:02X}", "encoding": unknown.encoding.upper()}
    return Problem(source.name, *place, unknown.code, values)


def _copy(path: Path, encoding: str, copy: Path) -> BadByte | None:
    with copy.open("w", encoding="utf-8", newline="") as stream:
        return decode(path, encoding, lambda text, _: stream.write(text))
