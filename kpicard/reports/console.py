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
    """Return a console for `out`, with its width and colours if it is a terminal.

    Anything else gets plain text; see `show`.
    """
    if isinstance(out, Screen):
        return _plain(file=out, force_terminal=True, color_system="standard", no_color=False, height=sys.maxsize)
    console = _plain(file=out)
    drawn = console if console.is_terminal else _plain(file=StringIO(), width=console.width, color_system=None)
    drawn.width = max(drawn.width, NARROWEST)
    return drawn


def _plain(**options: Any) -> Console:
    """Return a console that takes texts as they are: nothing in a name is markup, and none is looked for."""
    return Console(highlight=False, markup=False, emoji=False, **options)


def show(console: Console, out: TextIO) -> None:
    """Hand over what was drawn: lines of a file or a pipe have no blanks at their ends."""
    if console.file is not out and isinstance(console.file, StringIO):
        out.write(re.sub(r"[ \t]+$", "", console.file.getvalue(), flags=re.MULTILINE))
