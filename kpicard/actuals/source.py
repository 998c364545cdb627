"""Where actuals come from, and whether the bytes can be read as text at all."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kpicard.paths import path_kind
from kpicard.problems import Problem

_CHUNK: Final = 1 << 20
_PERIOD: Final = re.compile(r"(?<![0-9])([0-9]{4}-(?:0[1-9]|1[0-2]))(?![0-9])")
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True)
class Source:
    """A CSV file. `name` is what problems call it, by default its path as given; `-` is standard input."""

    path: Path
    name: str

    @classmethod
    def of(cls, given: str | Path | Source) -> Source:
        """Return `given` itself, or a source for a path."""
        return given if isinstance(given, Source) else cls(Path(given), str(given))

    @property
    def period(self) -> str | None:
        """The period in the file's name, as in `2026-10.csv`; None where it names none, or more than one."""
        found = set(_PERIOD.findall(Path(self.name).stem))
        return found.pop() if len(found) == 1 else None


@dataclass(frozen=True)
class Inspection:
    """What one pass over a file's bytes shows: what makes it unreadable, or else what is in it."""

    problem: Problem | None = None
    commas: int = 0
    has_quotes: bool = False
    has_tabs: bool = False


def inspect(source: Source) -> Inspection:
    """Look through a file: is it UTF-8 text, and how many commas has it?

    The file is read in pieces, so that its size does not matter.
    """
    kind = path_kind(source.path)
    if kind != "file":
        return Inspection(Problem(source.name, None, None, "is-a-folder" if kind else "no-such-path"))
    try:
        return _inspect_bytes(source)
    except OSError as error:
        return Inspection(Problem(source.name, None, None, "unreadable-file", {"reason": error.strerror or str(error)}))


def _inspect_bytes(source: Source) -> Inspection:
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    offset, empty, commas, has_quotes, has_tabs = 0, True, 0, False, False
    with source.path.open("rb") as stream:
        while True:
            chunk = stream.read(_CHUNK)
            if not offset and chunk.startswith(_WORKBOOKS):
                return Inspection(Problem(source.name, None, None, "workbook"))
            pending = len(decoder.getstate()[0])
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                position = offset - pending + error.start
                return _found(source, position, "not-utf8", byte=f"0x{error.object[error.start]:02X}")
            if "\0" in text:
                return _found(source, offset + chunk.index(b"\0"), "control-character", character="U+0000")
            empty = empty and not text.strip()
            commas += text.count(",")
            has_quotes = has_quotes or '"' in text
            has_tabs = has_tabs or "\t" in text
            if not chunk:
                problem = Problem(source.name, None, None, "empty-file") if empty else None
                return Inspection(problem, commas, has_quotes, has_tabs)
            offset += len(chunk)


def _found(source: Source, position: int, code: str, **values: str) -> Inspection:
    """Return a problem at a byte of the file, with its line and column in characters."""
    with source.path.open("rb") as stream:
        before = stream.read(position).decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return Inspection(Problem(source.name, line, column, code, values))
