"""Where and how reports for the terminal are drawn: tables, lines, and pictures of them."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import groupby
from typing import Any, Final, TextIO
from xml.sax.saxutils import escape

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.segment import Segment
from rich.style import Style
from rich.table import Column, Table
from rich.text import Text
from rich.text import Text as RichText

from kpicard.text import Language

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


_WIDE_BLOCK, _HIGH, _PICTURE_EDGE = 9, 20, 16
"""A character's cell and the margin, in units of the picture."""

_COLOURS: Final = {1: "#be2828", 2: "#1a7f37", 3: "#9a6700", 6: "#0969da"}
"""Red, green, yellow and cyan, as they are readable on white."""

_DIM: Final = "#656d76"
_FONTS: Final = "Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', 'Microsoft YaHei', monospace"


def write(write_terminal: Callable[..., None], result: object, language: Language, out: TextIO) -> None:
    """Write what a report for the terminal shows as a picture, as wide as the terminal."""
    screen = Screen()
    write_terminal(result, language, screen)
    text = RichText("\n").join(_picture_lines(screen.getvalue()))
    width = max((line.cell_len for line in text.split()), default=0)
    console = Console(file=screen, width=max(width, 1))
    lines = console.render_lines(text, console.options.update(no_wrap=True), pad=False)
    box = f"{width * _WIDE_BLOCK + 2 * _PICTURE_EDGE} {len(lines) * _HIGH + 2 * _PICTURE_EDGE}"
    wide, high = box.split()
    out.write(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {box}" width="{wide}" height="{high}" role="img">\n'
        f'<rect width="{wide}" height="{high}" rx="8" fill="#ffffff" stroke="#d0d7de"/>\n'
        f'<g font-family="{_FONTS}" font-size="15" fill="#1f2328" xml:space="preserve">\n'
    )
    for number, line in enumerate(lines, start=1):
        out.writelines(_texts(line, number * _HIGH + _PICTURE_EDGE - 5))
    out.write("</g>\n</svg>\n")


def _picture_lines(shown: str) -> Iterator[RichText]:
    for line in shown.rstrip().split("\n"):
        text = RichText.from_ansi(line)
        text.rstrip()
        yield text


def _texts(line: list[Segment], y: int) -> Iterator[str]:
    """Yield a line's texts; each run is stretched to its cells, so that columns line up in whatever font there is."""
    cell = 0
    for text, style, _ in line:
        for _, run in groupby(text, key=lambda character: (character == " ", cell_len(character))):
            characters = "".join(run)
            cells = cell_len(characters)
            if characters.strip():
                place = f'x="{cell * _WIDE_BLOCK + _PICTURE_EDGE}" y="{y}" textLength="{cells * _WIDE_BLOCK}"'
                yield f'<text {place} lengthAdjust="spacingAndGlyphs"{_look(style)}>{escape(characters)}</text>\n'
            cell += cells


def _look(style: Style | None) -> str:
    if style is None:
        return ""
    colour = _COLOURS.get(style.color.number or 0) if style.color else _DIM if style.dim else None
    return (f' fill="{colour}"' if colour else "") + (' font-weight="bold"' if style.bold else "")
