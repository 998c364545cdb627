"""Blocks as an SVG picture of what the terminal shows of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final, TextIO
from xml.sax.saxutils import escape

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from kpicard.reports.blocks import Block
from kpicard.reports.formats import terminal
from kpicard.reports.formats.terminal import Screen
from kpicard.text import Language

_WIDE_BLOCK, _HIGH, _PICTURE_EDGE = 9, 20, 16
"""A character's cell and the margin, in units of the picture."""

_COLOURS: Final = {1: "#be2828", 2: "#1a7f37", 3: "#9a6700", 6: "#0969da"}
"""Red, green, yellow and cyan, as they are readable on white."""

_DIM: Final = "#656d76"
_FONTS: Final = "Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', 'Microsoft YaHei', monospace"


def write(blocks: Iterable[Block], language: Language, out: TextIO) -> None:
    """Write what a terminal shows as a picture, as wide as the terminal."""
    screen = Screen()
    terminal.write(blocks, language, screen)
    text = Text("\n").join(_picture_lines(screen.getvalue()))
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


def _picture_lines(shown: str) -> Iterator[Text]:
    for line in shown.rstrip().split("\n"):
        text = Text.from_ansi(line)
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
