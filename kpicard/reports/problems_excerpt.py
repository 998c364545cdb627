"""The line of a rules file that a problem is about, with a caret below the column, for people at a terminal."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeAlias

from rich.cells import cell_len

from kpicard.problems import Problem
from kpicard.rules.file_name import SUFFIXES
from kpicard.rules.reader import LARGEST
from kpicard.text import printable

Excerpt: TypeAlias = Callable[[Problem, int], tuple[str, str] | None]
"""Takes a problem and the width of the terminal; returns two lines, or None where there is nothing to be shown."""

_TAB = "    "


def excerpts() -> Excerpt:
    """Return what shows excerpts, and reads each file only once."""
    lines_of = cache(_lines)

    def excerpt(problem: Problem, width: int) -> tuple[str, str] | None:
        if problem.line is None or problem.column is None or problem.sheet is not None:
            return None
        lines = lines_of(problem.path)
        # The file may have changed since it was checked.
        if problem.line > len(lines) or problem.column > len(lines[problem.line - 1]) + 1:
            return None
        before, after = f"{problem.line:>6} | ", f"{'':>6} | "
        shown, caret = _around(lines[problem.line - 1], problem.column - 1, width - len(before))
        return (before + shown).rstrip(), f"{after}{'':>{caret}}^"

    return excerpt


def _lines(path: str) -> list[str]:
    """Return the lines of a rules file as the reader counts them; none where it is no such file."""
    file = Path(path)
    try:
        if file.suffix.lower() not in SUFFIXES or not file.is_file() or file.stat().st_size > LARGEST:
            return []
        text = file.read_bytes().decode("utf-8-sig")
    except (OSError, ValueError):  # it cannot be read, is no UTF-8, or its name is none
        return []
    return [line.removesuffix("\r") for line in text.split("\n")]


def _around(line: str, at: int, room: int) -> tuple[str, int]:
    """Return the part of a line around a position that has room, and how many cells are before the position.

    What is cut off is shown as `…`, for which two cells are kept.
    """
    start = end = at
    room -= 2
    grows = True
    while grows:
        grows = False
        if end < len(line) and (cells := cell_len(_shown(line[end]))) <= room:
            end, room, grows = end + 1, room - cells, True
        if start > 0 and (cells := cell_len(_shown(line[start - 1]))) <= room:
            start, room, grows = start - 1, room - cells, True
    before = "…" * (start > 0) + "".join(map(_shown, line[start:at]))
    return before + "".join(map(_shown, line[at:end])) + "…" * (end < len(line)), cell_len(before)


def _shown(character: str) -> str:
    return _TAB if character == "\t" else printable(character)
