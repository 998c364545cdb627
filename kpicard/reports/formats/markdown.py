"""Blocks as Markdown that shows texts as they are, whatever is in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, TextIO

from kpicard.reports import blocks as b
from kpicard.text import Language, printable

_WIDEST: Final = 20
"""The characters of the longest bar."""

_TABLES_LEVEL: Final = 3
"""The level of the heading above a table that has a title."""

_RESERVED: Final = 400
"""In characters, for each part of a posted document: its heading and the sentence that says what was cut off."""

_LISTS: Final = frozenset({b.Notes, b.KeyFigures, b.Facts})

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_LINE_START: Final = re.compile(r"^(\s*)([-+=>]|\d+[.)])(?=\s|$)")
_CALL: Final = re.compile(r"(@|\\#)(?=\w)")


def escape(text: str) -> str:
    """Return `text` such that Markdown shows it literally, on one line and inside a table too."""
    escaped = _SPECIAL.sub(r"\\\1", printable(text))
    return _LINE_START.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", escaped)


class _Part(NamedTuple):
    """A block as Markdown: rows below a head, of which some may be cut off."""

    head: str
    rows: Sequence[str] = ()
    tail: str = ""


def write(blocks: Iterable[b.Block], language: Language, out: TextIO) -> None:
    """Write one document."""
    shown = list(_shown(blocks))
    posted = next((block for block in shown if isinstance(block, b.Posted)), None)
    drawing = _Drawing("：" if language == "zh" else ": ", is_quiet=posted is not None)
    parts = drawing.parts(shown)
    out.writelines(_whole(part) for part in (_fitting(list(parts), posted) if posted else parts))


def _shown(blocks: Iterable[b.Block]) -> Iterator[b.Block]:
    """Yield what a document shows."""
    for block in blocks:
        if isinstance(block, b.OnPage | b.IfRoom):
            yield from _shown(block.blocks)
        else:
            yield block


def _whole(part: _Part) -> str:
    return f"{part.head}{''.join(part.rows)}{part.tail}"


def _fitting(parts: Sequence[_Part], posted: b.Posted) -> Iterator[_Part]:
    """Yield parts with as many of their rows as a posted document has room for."""
    with_rows = [bool(part.rows) for part in parts]
    first = with_rows.index(True) if any(with_rows) else len(parts)
    room = posted.longest - sum(len(part.head) for part in parts[:first]) - _RESERVED * sum(with_rows)
    for head, rows, tail in parts:
        kept: list[str] = []
        for row in rows:
            if sum(map(len, kept)) + len(row) > room:
                break
            kept.append(row)
        room -= sum(map(len, kept))
        left = len(rows) - len(kept)
        yield _Part(head, kept, (f"\n{posted.cut.format(count=left)}\n" if left else "") + tail)


class _Drawing:
    """Blocks one after another; a quiet one calls nobody by `@`, and links no issue by `#`."""

    def __init__(self, colon: str, *, is_quiet: bool) -> None:
        self._colon = colon
        self._is_quiet = is_quiet

    def parts(self, blocks: Iterable[b.Block]) -> Iterator[_Part]:
        """Yield each block as Markdown, with a blank line between two, unless both are lists."""
        before: type[b.Block] | None = None
        for block in blocks:
            head, rows, tail = self._part(block)
            if head or rows:
                yield _Part(("\n" if before and not {before, type(block)} <= _LISTS else "") + head, rows, tail)
                before = type(block)
            elif isinstance(block, b.Gap) and before:
                before = b.Gap

    def _part(self, block: b.Block) -> _Part:
        """Return a block as Markdown; nothing for what only a screen shows."""
        match block:
            case b.Table(title=title):
                return self._table(block, f"{'#' * _TABLES_LEVEL} {self._text(title)}\n\n" if title else "")
            case b.Items():
                return _Part("", list(map(self._item, block.items)))
            case b.Fold(title=title, block=folded, size=size):
                head, rows, _ = self._table(folded) if isinstance(folded, b.Table) else self._part(folded)
                return _Part(f"<details>\n<summary>{title} ({size})</summary>\n\n{head}", rows, "\n</details>\n")
            case _:
                return _Part("".join(f"{line}\n" for line in self._lines(block)))

    def _lines(self, block: b.Block) -> Iterator[str]:
        match block:
            case b.Heading(parts=parts, level=level):
                yield f"{'#' * level} {' · '.join(map(self._text, parts))}"
            case b.Line(pieces=pieces):
                yield self._cell(pieces)
            case b.Notes(lines=lines):
                yield from (f"- {self._text(line)}" for line in lines)
            case b.KeyFigures(items=items):
                yield from (f"- {self._text(label)}{self._colon}{self._cell(value)}" for label, value, _ in items)
            case b.Facts(rows=rows):
                yield from (f"- {self._text(label)}{self._colon}{self._cell(said)}" for label, said in rows)
            case b.Numbered(items=items):
                for number, (title, more) in enumerate(items, start=1):
                    yield f"{number}. **{self._text(title)}**" + (f"{self._colon}{self._text(more)}" if more else "")
            case b.Curve(lines=lines):
                yield from ("```text", *(line.replace("```", "` ` `") for line in lines), "```")
            case b.Code(lines=lines):
                yield from ("", *(f"    {line}" for line in lines))
            case _:
                pass

    def _table(self, table: b.Table, head: str = "") -> _Part:
        columns = table.shown(b.PAGE)
        rows = [
            [f"**{cell}**" if number in table.main and cell else cell for cell in map(self._cell, cells)]
            for number, cells in enumerate(zip(*(column.cells for column in columns), strict=True))
        ]
        if table.has_total:
            rows.append([self._cell(column.total) for column in columns])
        rule = ["---:" if column.is_right else "---" for column in columns]
        headings = [self._cell(column.title) for column in columns]
        return _Part(head + _row(headings) + _row(rule), list(map(_row, rows)))

    def _item(self, item: b.Item) -> str:
        first, *others = map(self._text, item.parts)
        lines = (f"  - {self._cell(line)}\n" for line in item.lines)
        return f"- {' · '.join((f'**{first}**', *others))}\n{''.join(lines)}"

    def _cell(self, cell: b.Cell) -> str:
        match cell:
            case str():
                return self._text(cell.replace("\n", " "))
            case b.Span(text=text, style=style, link=link):
                shown = f"`{text}`" if style == "code" else self._text(text)
                shown = f"[{shown}]({link})" if link else shown
                return f"**{shown}**" if style == "strong" and shown else shown
            case b.Below(figure=figure, below=below):
                return self._text(figure) + (f" ({self._text(below)})" if below else "")
            case b.Picture(text=text):
                return self._cell(text)
            case b.Bar():
                return cell.drawn(_WIDEST)
            case _:
                return "".join(map(self._cell, cell))

    def _text(self, text: str) -> str:
        escaped = escape(text)
        return _CALL.sub(r"\1<!-- -->", escaped) if self._is_quiet else escaped


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
