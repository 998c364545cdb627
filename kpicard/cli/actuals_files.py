"""Files of actuals as a command line names them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kpicard.cli.wrong_use import WrongUse
from kpicard.text import Both

if TYPE_CHECKING:
    from kpicard.sources.source import Source

_NO_ENCODING: Final = Both(
    "{value!r} is no encoding that is known; for instance utf-8, gb18030 or utf-16",
    "未知的编码“{value}”；可用编码如 utf-8、gb18030、utf-16",
)


def one_encoding(value: str) -> str:
    """Return the name of an encoding that is known."""
    from kpicard.sources.encodings import known_encoding

    if known_encoding(value) is None:
        raise WrongUse(_NO_ENCODING, value=value)
    return value


def holds_actuals(path: Path, files: Iterable[str]) -> bool:
    """Whether a file is one of those that are scored, by itself, in a folder or pattern, or as standard input."""
    from kpicard.sources.find import find_sources
    from kpicard.sources.source import Source

    if "-" in files and os.path.samestat(path.stat(), os.fstat(sys.stdin.fileno())):
        return True
    sources, _ = find_sources(Source.of(file) for file in files if file != "-")
    return any(source.path.is_file() and path.samefile(source.path) for source in sources)


def source_of(file: str, folder: Path) -> Source:
    """Return a source for a file's name; standard input is kept in `folder`, since it is read more than once."""
    from kpicard.sources.source import Source

    if file != "-":
        return Source.of(file)
    copy = folder / "standard-input.csv"
    if not copy.exists():
        with copy.open("wb") as stream:
            while chunk := sys.stdin.buffer.read(1 << 20):
                stream.write(chunk)
    return Source(copy, "-")
