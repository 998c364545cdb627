"""Which encoding a text is in: found out by what its bytes can be, and never guessed where they may be two things."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Final, NamedTuple

from kpicard.sources.inspect import BadByte, decode

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
