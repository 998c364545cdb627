"""Blocks on a terminal, by rich: tables as wide as there is room, lines that break where Chinese may break."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain
from typing import Any, Final, TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from kpicard.reports import blocks as b
from kpicard.reports.formats.fitted import Fitted, Lines
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


_ROOMY: Final = 96
_LONGEST_NARROW, _LONGEST = 12, 24
"""The most periods of a sparkline: on a screen narrower than that, and on others."""

_UNBOUNDED: Final = 1000


def write(blocks: Iterable[b.Block], language: Language, out: TextIO) -> None:  # noqa: ARG001 - blocks have their words
    """Write to `out`; its width and colours are those of the terminal, if it is one."""
    console = terminal(out)
    drawing = _Drawing(console)
    for block in blocks:
        for part in drawing.drawn(block):
            console.print(part, soft_wrap=isinstance(block, b.Code))
    show(console, out)


class _Drawing:
    """Blocks one after another on a console; it remembers how many periods there was room for."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._width = console.width
        self._shown: int | None = None
        self._periods = 0

    def drawn(self, block: b.Block) -> Iterator[RenderableType]:
        """Yield what a block looks like; nothing for what only a document shows."""
        match block:
            case b.OnScreen(blocks=blocks):
                yield from chain.from_iterable(map(self.drawn, blocks))
            case b.IfRoom(lines=lines, blocks=blocks, instead=instead, more_lines=more):
                lines += 0 if self._width >= _ROOMY else more
                taken = blocks if lines <= self._console.height else instead
                yield from chain.from_iterable(map(self.drawn, taken))
            case b.Fold(block=folded):
                yield from self.drawn(folded)
            case b.Table():
                yield self._table(block)
            case b.LeftOut(words=words):
                if self._shown is not None and self._shown < self._periods:
                    drawn = min(self._longest(), self._periods)
                    yield Lines([words.format(shown=self._shown, drawn=drawn, count=self._periods)], "dim")
            case _:
                yield from _drawn(block)

    def _longest(self) -> int:
        """Return how many periods a sparkline has at most."""
        return _LONGEST if self._width >= _ROOMY else _LONGEST_NARROW

    def _table(self, table: b.Table) -> RenderableType:
        periods = sum(column.holds == "period" for column in table.columns)
        if periods:
            return self._with_periods(table, periods)
        *others, last = table.layouts
        for layout in others:
            if layout.from_width is not None and self._width >= layout.from_width:
                return self._laid_out(table, layout)
            if layout.is_measured and self._needed(drawn := self._laid_out(table, layout)) <= self._width:
                return drawn
        return self._laid_out(table, last)

    def _needed(self, drawn: Fitted | RichTable) -> int:
        """Return the width of a table of which nothing is wrapped."""
        if isinstance(drawn, Fitted):
            return drawn.width
        options = self._console.options.update_width(_UNBOUNDED)
        return Measurement.get(self._console, options, drawn).maximum

    def _with_periods(self, table: b.Table, periods: int) -> RenderableType:
        """Return a table with all its periods, or with as many of the last ones as fit.

        Where not all fit, longer labels are folded, and columns stand closer.
        """

        def drawn(count: int, *, is_close: bool = True) -> tuple[Fitted | RichTable, int]:
            found = self._laid_out(table, b.Layout(is_close=is_close), left_out=periods - count)
            return found, self._needed(found)

        self._periods = periods
        self._shown = periods if self._shown is None else self._shown
        for is_close in (False, True):
            found, width = drawn(periods, is_close=is_close)
            if width <= self._width:
                return found
        least = drawn(1)[1]
        for_each = max((width - least) // max(periods - 1, 1), 1)
        fitting = min(max(1 + (self._width - least) // for_each, 1), periods)
        self._shown = min(self._shown, fitting)
        return drawn(fitting)[0]

    def _laid_out(self, table: b.Table, layout: b.Layout, left_out: int = 0) -> Fitted | RichTable:
        """Return a table in a layout, without the first periods."""
        rich = RichTable(
            title=table.title or None,
            title_justify="left",
            title_style="bold",
            box=SIMPLE_HEAD,
            pad_edge=False,
            show_footer=table.has_total,
        )
        if layout.is_close:
            rich.padding = (0, 1, 0, 0)
        columns = table.shown(layout.name)
        first = next((index for index, column in enumerate(columns) if column.holds == "period"), None)
        if first is not None:
            del columns[first : first + left_out]
        for index, column in enumerate(columns):
            rich.add_column(
                self._text(column.title),
                self._text(column.total),
                justify="right" if column.is_right else "left",
                no_wrap=column.wrap == "never",
                overflow="fold" if column.wrap == "anywhere" else "ellipsis",
                min_width=column.least,
                max_width=self._width // 3 if first is not None and layout.is_close and index == 0 else None,
            )
        cells = [[self._text(cell, column) for cell in column.cells] for column in columns]
        for number, row in enumerate(zip(*cells, strict=True)):
            rich.add_row(*row, style="bold" if number in table.main else None, end_section=number in table.ends)
        is_plain = not (table.title or table.ends or table.main or layout.is_close or first is not None)
        return Fitted(rich) if is_plain else rich

    def _text(self, cell: b.Cell, column: b.Column | None = None) -> Text:
        match cell:
            case str():
                return Text(cell[-self._longest() :] if column and column.holds == "sparkline" else cell)
            case b.Span():
                return _joined((cell,))
            case b.Below(figure=figure, below=below):
                return Text.assemble(figure, (f"\n{below}", "dim")) if below else Text(figure)
            case b.Picture(text=text):
                return _joined((text,))
            case b.Bar():
                return Text(cell.drawn(self._width // 4), "cyan")
            case _:
                return _joined(cell)


_STYLES: Final = {"strong": "bold", "code": "", "indented": ""}
"""What the styles of every format are on a terminal."""


def _joined(pieces: Sequence[str | b.Span | b.Picture]) -> Text:
    """Return pieces as one text; a single one in its style is a text of that style."""
    styled = [_styled(piece) for piece in pieces]
    return Text(*styled[0]) if len(styled) == 1 else Text.assemble(*styled)


def _styled(piece: str | b.Span | b.Picture) -> tuple[str, str]:
    span = piece.text if isinstance(piece, b.Picture) else piece
    text, style, _ = b.Span(span) if isinstance(span, str) else span
    return f"  {text}" if style == "indented" else text, _STYLES.get(style, style)


def _indented(part: RenderableType, indent: int) -> RenderableType:
    return Padding(part, (0, 0, 0, indent)) if indent else part


def _drawn(block: b.Block) -> Iterator[RenderableType]:  # noqa: C901, PLR0912 - a few lines for each kind of block
    """Yield what a block looks like on any screen."""
    match block:
        case b.Heading(parts=parts, style=style):
            yield Text(" · ".join(parts), style)
        case b.Line(pieces=pieces):
            yield _joined(pieces)
        case b.Gap():
            yield ""
        case b.Notes(lines=lines, style=style, indent=indent):
            yield _indented(Lines(lines, style), indent)
        case b.KeyFigures(items=items):
            yield Text("   ".join(f"{label} {_styled(value)[0]}" for label, value, _ in items), "bold")
        case b.Facts(rows=rows, is_loose=is_loose):
            yield _facts(rows, is_loose=is_loose)
        case b.Numbered(items=items):
            for number, (title, more) in enumerate(items, start=1):
                yield Text(f"{number}. {title}", "bold")
                if more:
                    yield _indented(Text(more), 3)
        case b.Items():
            yield from _items(block)
        case b.Curve(lines=lines):
            drawing = Text("\n".join(lines), no_wrap=True)
            drawing.highlight_regex(r"[▁-█]+", "dim")  # so that the marks stand out
            yield drawing
        case b.Code(lines=lines):
            yield from (Text(f"  {line}") for line in lines)
        case _:
            pass


def _items(block: b.Items) -> Iterator[RenderableType]:
    for (first, *others), lines, _ in block.items:
        yield Text.assemble((first, block.style), *(f"  {each}" for each in others))
        yield from (_indented(_joined(line), 2) for line in lines)
        if block.is_loose:
            yield ""


def _facts(rows: Sequence[tuple[str, str]], *, is_loose: bool) -> Padding:
    grid = RichTable.grid(padding=(0, 2) if is_loose else (0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold" if is_loose else "ellipsis")
    for label, said in rows:
        grid.add_row(label, Text(said) if is_loose else Lines([said]))
    return Padding(grid, (0, 0, 1, 3) if is_loose else (0, 0, 0, 2))
