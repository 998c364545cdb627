"""Which encoding a text is in, and what one pass over its bytes finds."""

from __future__ import annotations

import codecs
import re
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


UTF8: Final = "utf-8-sig"
"""UTF-8, with or without a byte order mark."""

_MARKS: Final = (
    (codecs.BOM_UTF8, UTF8),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LABELS: Final = {UTF8: "UTF-8", "utf-16": "UTF-16", "gb18030": "GB18030"}
_SAMPLE: Final = 1 << 24
_ENOUGH: Final = 1 << 20
"""How many characters show whether they are common Chinese."""

_COMMON: Final = (0xB0, 0xD7)
"""The first bytes of the 3755 common characters of GB2312; what European texts turn into lies mostly beyond."""

_SIGNS: Final = 0xA4
"""From here to the common characters there are kana, Greek and Cyrillic; before it is punctuation."""

_CJK: Final = "[\u3400-\u9fff]"


class Unknown(NamedTuple):
    """A text in none of the encodings: the code of the problem, and the first bad byte as `encoding` reads it."""

    code: str
    encoding: str
    bad: BadByte


def known_encoding(name: str) -> str | None:
    """Return the codec of a text encoding that a user names, or None."""
    try:
        codec = codecs.lookup(name)
        "".encode(codec.name)
        b"".decode(codec.name)
        codecs.getincrementaldecoder(codec.name)
    except (LookupError, ValueError):  # unknown, or no encoding of text
        return None
    return UTF8 if codec.name == "utf-8" else codec.name


def label(encoding: str, path: Path) -> str:
    """Return what people call an encoding."""
    with path.open("rb") as stream:
        marked = stream.read(4).startswith(tuple(mark for mark, _ in _MARKS))
    return _LABELS.get(encoding, encoding.upper()) + (" (BOM)" if marked else "")


def by_mark(path: Path) -> str | None:
    """Return the encoding that a byte order mark says, or None. Raises OSError."""
    with path.open("rb") as stream:
        start = stream.read(4)
    return next((encoding for mark, encoding in _MARKS if start.startswith(mark)), None)


def beside_utf8(path: Path, bad: BadByte) -> str | Unknown:
    """Return the encoding of a file without a byte order mark that has a byte which is not UTF-8. Raises OSError.

    A UTF-8 file with one bad byte may well pass for GB18030, and every name in it would come out as other characters.
    So it is taken for GB18030 only if it does not look like UTF-8, and if what comes out is common Chinese.
    """
    with path.open("rb") as stream:
        sample = stream.read(_SAMPLE)
        stream.seek(bad.position)
        rest = stream.read(4)
    if _is_cut_off(rest):
        return Unknown("not-utf8", UTF8, bad)
    as_utf8 = sample.decode("utf-8", "replace")
    if len(re.findall(_CJK, as_utf8)) >= as_utf8.count("\ufffd"):
        return Unknown("not-utf8", UTF8, bad)
    common = rare = 0

    def take(text: str, _: bytes) -> None:
        nonlocal common, rare
        if common + rare > _ENOUGH:
            return
        foreign = "".join(character for character in text if character > "\x7f")
        known = foreign.encode("gb2312", "ignore")[::2]  # the first byte of each character's two
        common += sum(_COMMON[0] <= first <= _COMMON[1] for first in known)
        rare += len(foreign) - sum(first <= _COMMON[1] and not _SIGNS <= first < _COMMON[0] for first in known)

    wrong = decode(path, "gb18030", take)
    if wrong:  # whichever of the two came further is what it was meant to be
        furthest = (UTF8, bad) if bad.position > wrong.position else ("gb18030", wrong)
        return Unknown("unknown-encoding", *furthest)
    return "gb18030" if common > rare else Unknown("unknown-encoding", UTF8, bad)


def _is_cut_off(end: bytes) -> bool:
    """Whether the last bytes of a file are the beginning of a UTF-8 character: the file was cut off there."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(end)
    except UnicodeDecodeError:
        return False
    return True
