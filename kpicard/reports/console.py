"""Where reports for the terminal are drawn."""

from __future__ import annotations

import re
import sys
from io import StringIO
from typing import Any, TextIO

from rich.console import Console

NARROWEST = 56
"""Below this a table would lose whole columns; it is better broken by the terminal than cut."""


class Screen(StringIO):
    """A terminal that keeps what it is shown, in colours, with room for everything."""


def terminal(out: TextIO) -> Console:
    """Return a console for `out`, with its width, height and colours if it is a terminal.

    Anything else gets plain text (see `show`) and has no end below; standard output gets colours too where the
    environment asks for them, as by FORCE_COLOR.
    """
    if isinstance(out, Screen):
        return _plain(file=out, force_terminal=True, color_system="standard", no_color=False, height=sys.maxsize)
    console = _plain(file=out)
    is_coloured = out.isatty() or (console.is_terminal and out is sys.stdout)
    drawn = console if is_coloured else _plain(file=StringIO(), force_terminal=False, color_system=None)
    drawn.width = max(drawn.width, NARROWEST)
    if not out.isatty():
        drawn.height = sys.maxsize
    return drawn


def _plain(**options: Any) -> Console:
    """Return a console that takes texts as they are: nothing in a name is markup, and none is looked for."""
    return Console(highlight=False, markup=False, emoji=False, **options)


def show(console: Console, out: TextIO) -> None:
    """Hand over what was drawn: lines of a file or a pipe have no blanks at their ends."""
    if console.file is not out and isinstance(console.file, StringIO):
        out.write(re.sub(r"[ \t]+$", "", console.file.getvalue(), flags=re.MULTILINE))
