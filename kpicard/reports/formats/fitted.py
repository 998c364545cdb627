"""Lines and tables as rich draws them, but with line breaks that Chinese allows, and in a fraction of the time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.segment import Segment
from rich.style import Style
from rich.table import Column, Table
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


_BETWEEN: Final = "   "
"""What stands between two columns: a blank each, and the divider of the box, which is one too."""

_EDGE: Final = " "


@dataclass(frozen=True, slots=True)
class Fitted:
    """A table of texts in the box SIMPLE_HEAD, without a title and without padding at its edges."""

    table: Table

    @property
    def width(self) -> int:
        """How wide the table is where nothing of it is wrapped, in cells of the terminal."""
        return _across(list(map(_width, self.table.columns)))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Table | Segment]:
        widths = list(map(_width, self.table.columns))
        if _across(widths) > options.max_width:
            yield self.table
        else:
            yield from Segment.simplify(_drawn(self.table, widths, console))


def _across(widths: Sequence[int]) -> int:
    return sum(widths) + len(_BETWEEN) * (len(widths) - 1) + 2 * len(_EDGE)


def _width(column: Column) -> int:
    """Return the width of a column's widest line."""
    cells = (column.header, *column.cells, column.footer)
    return max(cell_len(line) for cell in cells for line in str(cell).split("\n"))


def _drawn(table: Table, widths: Sequence[int], console: Console) -> Iterator[Segment]:
    """Yield a table whose columns have these widths."""
    columns = table.columns
    blank = Segment(" " * _across(widths) + "\n")
    rule = Segment(_EDGE + "─" * (len(blank.text) - 1 - 2 * len(_EDGE)) + _EDGE + "\n")

    def row(cells: Iterable[object], style: Style | None = None, *, is_header: bool = False) -> Iterator[Segment]:
        """Yield a row's lines: what its cells have under each other stands side by side, headings at the bottom."""
        parts = [list(_lines(cell, style, console)) for cell in cells]
        height = max(map(len, parts))
        for number in range(height):
            for index, (part, column, width) in enumerate(zip(parts, columns, widths, strict=True)):
                line = number - (height - len(part)) if is_header else number
                segments = part[line] if 0 <= line < len(part) else ()
                yield Segment(_BETWEEN if index else _EDGE)
                blanks = Segment(" " * (width - sum(cell_len(segment.text) for segment in segments)))
                yield from (blanks, *segments) if column.justify == "right" else (*segments, blanks)
            yield Segment(_EDGE + "\n")

    yield blank
    yield from row((column.header for column in columns), console.get_style(table.header_style or ""), is_header=True)
    yield rule
    for cells in zip(*(column.cells for column in columns), strict=True):
        yield from row(cells)
    if table.show_footer:
        yield blank
        yield from row((column.footer for column in columns), console.get_style(table.footer_style or ""))
    yield blank


def _lines(cell: object, style: Style | None, console: Console) -> Iterator[Sequence[Segment]]:
    """Yield the lines of a cell, each as segments in its styles."""
    if isinstance(cell, Text):
        own = console.get_style(cell.style)
        style = style + own if style else own
    if isinstance(cell, Text) and cell.spans:
        for line in cell.split("\n", allow_blank=True):
            yield list(Segment.apply_style(line.render(console), style))
    else:
        for text in str(cell).split("\n"):
            yield (Segment(text, style),)
