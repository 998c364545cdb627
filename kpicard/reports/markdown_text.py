"""Markdown that shows texts as they are, whatever is in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kpicard.text import printable

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_LINE_START = re.compile(r"^(\s*)([-+=>]|\d+[.)])(?=\s|$)")


def escape(text: str) -> str:
    """Return `text` such that Markdown shows it literally, on one line and inside a table too."""
    escaped = _SPECIAL.sub(r"\\\1", printable(text))
    return _LINE_START.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", escaped)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], right: frozenset[int] = frozenset()) -> str:
    """Return a table of cells that are escaped already; `right` are the columns that hold numbers."""
    rule = ["---:" if index in right else "---" for index in range(len(headings))]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (headings, rule, *rows))
