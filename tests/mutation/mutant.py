"""A file with one thing in it changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

CHANGED: Final = " → "
"""Stands between a line before and after."""
SPLIT: Final = " ⇒ "
"""The same where a line became fewer or more."""


@dataclass(frozen=True)
class Mutant:
    """A file's text from `start` to `end`, in bytes, replaced by another text."""

    path: Path
    start: int
    end: int
    replacement: str

    @property
    def text(self) -> bytes:
        """The whole file as it is changed."""
        source = self.path.read_bytes()
        return source[: self.start] + self.replacement.encode() + source[self.end :]

    @property
    def line(self) -> int:
        """The line that is changed, from 1."""
        return self.path.read_bytes().count(b"\n", 0, self.start) + 1

    @property
    def name(self) -> str:
        """The changed line before and after: the same whatever is changed elsewhere in the file."""
        source, index = self.path.read_bytes(), self.line - 1
        before = source.splitlines()[index].decode().strip()
        lines = self.text.splitlines()
        after = lines[index].decode().strip() if index < len(lines) else ""
        is_of_one_line = source.count(b"\n") == self.text.count(b"\n")
        return f"{before}{CHANGED if is_of_one_line else SPLIT}{after}"
