"""Lines of text for the terminal, broken where a reader of Chinese or English would break them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.segment import Segment
from rich.text import Text

# What may not begin a line, nor end one. A line of Chinese may break between any other two characters.
_CLOSING: Final = "。，、；：！？）】》〉」』”’…％%,.;:!?)"
_OPENING: Final = "（【《〈「『“‘("
_WIDE: Final = "\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6"
_UNIT: Final = rf"\s+|[{_OPENING}]*(?:[{_WIDE}]|[^\s{_WIDE}{_OPENING}]+)?[{_CLOSING}]*"


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of text, such as the notes below a table.

    Rich alone breaks at blanks, and folds what is longer anywhere: a comma may then begin a line.
    """

    lines: Iterable[str]
    style: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text | Segment]:
        style = console.get_style(self.style)
        for line in self.lines:
            if cell_len(line) <= options.max_width:
                yield Segment(line.rstrip(), style)
                yield Segment.line()
            else:
                yield Text("\n".join(_broken(line, options.max_width)), self.style)


def _broken(line: str, width: int) -> Iterator[str]:
    """Yield a text in lines of a width; what has no place to break is left to whatever draws it."""
    held = ""
    for unit in re.findall(_UNIT, line):
        if held.strip() and cell_len(held + unit.rstrip()) > width:
            yield held.rstrip()
            held = unit.lstrip()
        else:
            held += unit
    yield held.rstrip()
