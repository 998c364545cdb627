"""Help laid out for Chinese: a character is two columns wide, and a line may end behind nearly every one.

It has what typer's own formatter has as far as help is written through it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final
from unicodedata import east_asian_width

from kpicard.cli.chinese.typer_words import EXTRAS, HEADINGS, USAGE

_WIDEST: Final = 80
_NARROWEST: Final = 50
_INDENT: Final = 2
_FIRST_COLUMN: Final = 30
_WIDE: Final = r"\u2e80-\ua4ff\uf900-\ufaff\uff00-\uffef"
_PIECES: Final = re.compile(rf"\s+|[{_WIDE}]|[^\s{_WIDE}]+")
_NEVER_FIRST: Final = frozenset("，。；：！？、）】》”’…].")
_NEVER_LAST: Final = frozenset("（【《“‘[")
_TYPE: Final = re.compile(r" <[\w\[\],]+>$")
"""What typer puts behind an argument: the type that it has in Python, which is no word for a user."""

_EXTRA: Final = re.compile(r"(?:^|\s+)\\?\[([^\[\]]+)\]$")


class Layout:
    """Writes help as typer's formatter does, in Chinese and for Chinese."""

    def __init__(self, width: int | None = None, max_width: int | None = None) -> None:
        columns = shutil.get_terminal_size().columns
        self.width = width or max(min(columns, max_width or _WIDEST) - 2, _NARROWEST)
        self._indent = 0
        self._written: list[str] = []

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is called."""
        start = f"{prefix or USAGE}{prog} "
        first, *others = _wrapped(args, self.width - _cells(start)) or [""]
        self._lines(start + first, *(" " * _cells(start) + line for line in others))

    def write_paragraph(self) -> None:
        """Leave a line out."""
        if self._written:
            self._written.append("\n")

    def write_text(self, text: str) -> None:
        r"""Write paragraphs; one that begins with a line of `\b` keeps its lines."""
        paragraphs = []
        for paragraph in re.split(r"\n{2,}", text.strip("\n")):
            first, *lines = paragraph.split("\n")
            kept = lines if first.strip() == "\b" else _wrapped(paragraph, self.width - self._indent)
            paragraphs.append("\n".join(" " * self._indent + line for line in kept))
        self._lines("\n\n".join(paragraphs))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = _FIRST_COLUMN, col_spacing: int = 2) -> None:
        """Write names and what they are, in two columns."""
        indent = " " * self._indent
        named = [(_TYPE.sub("", name), text) for name, text in rows]
        column = min(max(_cells(name) for name, _ in named), col_max) + col_spacing
        for name, text in named:
            lines = _wrapped(_with_extras(text), self.width - self._indent - column)
            beside = lines.pop(0) if lines and _cells(name) + col_spacing <= column else ""
            self._lines(f"{indent}{name}{' ' * (column - _cells(name))}{beside}".rstrip())
            self._lines(*(f"{indent}{' ' * column}{line}" for line in lines))

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """Write a heading, and indent what comes below it."""
        self.write_paragraph()
        self._lines(f"{' ' * self._indent}{HEADINGS.get(name, name)}：")
        with self.indentation():
            yield

    @contextmanager
    def indentation(self) -> Iterator[None]:
        """Indent."""
        self._indent += _INDENT
        yield
        self._indent -= _INDENT

    def getvalue(self) -> str:
        """Return all that was written."""
        return "".join(self._written)

    def _lines(self, *lines: str) -> None:
        self._written.extend(f"{line}\n" for line in lines)


def _with_extras(text: str) -> str:
    """Return the text of an option with what typer puts behind it, such as its default, in Chinese."""

    def chinese(found: re.Match[str]) -> str:
        extras = found[1].split("; ")
        for english, words in EXTRAS.items():
            extras = [extra.replace(english, words) if extra.startswith(english) else extra for extra in extras]
        return f"[{'；'.join(extras)}]"

    return _EXTRA.sub(chinese, text)


def _wrapped(text: str, width: int) -> list[str]:
    """Return the lines of a text, none wider than `width`, unless a single word is."""
    lines, line = [], ""
    for piece in unbroken(" ".join(text.split())):
        if line and _cells(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def unbroken(text: str) -> Iterator[str]:
    """Yield the pieces of a text between which a line may end."""
    piece = ""
    for following in _PIECES.findall(text):
        if piece and following[0] not in _NEVER_FIRST and piece[-1] not in _NEVER_LAST:
            yield piece
            piece = ""
        piece += following
    if piece:
        yield piece


def _cells(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
