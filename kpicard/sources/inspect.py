"""One pass over a file's bytes: whether they can be read as text at all, and what is in it."""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

SEPARATORS: Final = (",", "\t", ";")

PIECE: Final = 1 << 20
"""How many bytes of a file are looked at together. No row is as long."""


@dataclass(frozen=True)
class Inspection:
    """What is in a UTF-8 text: how many of each separator, and what needs care."""

    counts: Mapping[str, int] = field(default_factory=dict)
    has_quotes: bool = False
    has_formula_texts: bool = False
    """Whether it has `="`, as exports write a text that a spreadsheet shall not take for a number."""
    is_empty: bool = False
    nul: int | None = None
    """The position of the first NUL."""
    endless_line: int | None = None
    """The position of the first `PIECE` that a line goes through from end to end."""

    @property
    def has_tabs(self) -> bool:
        """Whether it has a tab anywhere."""
        return self.counts.get("\t", 0) > 0


class BadByte(NamedTuple):
    """The first byte that an encoding does not know, and its position in the file."""

    position: int
    byte: int


def inspect(path: Path) -> Inspection | BadByte:
    """Look through a file as UTF-8. It is read in pieces, so that its size does not matter. Raises OSError."""
    counts = Counter(dict.fromkeys(SEPARATORS, 0))
    length, empty, has_quotes, has_formula_texts, nul, endless_line = 0, True, False, False, None, None
    last = b""

    def take(text: str, chunk: bytes) -> None:
        # The bytes are looked through: that is faster, and no other character of UTF-8 has one of ASCII in it.
        nonlocal length, empty, has_quotes, has_formula_texts, nul, endless_line, last
        for separator in SEPARATORS:
            if separator.encode() in chunk:  # far faster than to count none
                counts[separator] += chunk.count(separator.encode())
        if b'"' in chunk:
            has_quotes = True
            has_formula_texts = has_formula_texts or b'="' in chunk or (last == b"=" and chunk.startswith(b'"'))
        if nul is None and b"\0" in chunk:
            nul = length + chunk.index(b"\0")
        if endless_line is None and len(chunk) == PIECE and b"\n" not in chunk and b"\r" not in chunk:
            endless_line = length
        empty = empty and not text.strip()
        length += len(chunk)
        last = chunk[-1:]

    bad = decode(path, "utf-8-sig", take)
    return bad or Inspection(counts, has_quotes, has_formula_texts, empty, nul, endless_line)


def decode(path: Path, encoding: str, take: Callable[[str, bytes], object]) -> BadByte | None:
    """Hand a file's text, and its bytes, to `take` piece by piece; return the first byte that cannot be decoded.

    Raises OSError.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    offset = 0
    with path.open("rb") as stream:
        while True:
            chunk = stream.read(PIECE)
            pending = len(decoder.getstate()[0])
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeError as error:
                if isinstance(error, UnicodeDecodeError):
                    return BadByte(offset - pending + error.start, error.object[error.start])
                return BadByte(offset, chunk[0] if chunk else 0)  # UTF-16 that has no byte order mark
            take(text, chunk)
            if not chunk:
                return None
            offset += len(chunk)


def place_of(path: Path, encoding: str, position: int) -> tuple[int, int]:
    """Return the line and the column, in characters, of a byte of a file. Raises OSError."""
    with path.open("rb") as stream:
        return _place(stream.read(position).decode(encoding, "replace"))


def _place(before: str) -> tuple[int, int]:
    before = before.replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - before.rfind("\n")
