"""A document as plain data for the templates of pages, on a screen and on paper: sheets, and blocks in them.

Each block is a dict whose `kind` says which macro or function of a template draws it. A cell is a list of pieces, each
with its `text`, `style` and `link`, or with a drawing as `svg`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias
from urllib.parse import quote

from rich.cells import cell_len

from kpicard.messages import words_of
from kpicard.reports import blocks as b
from kpicard.reports import pictures
from kpicard.reports.curves import Point, Shape
from kpicard.reports.figures import grouped, with_unit
from kpicard.text import Language, printable, say

Data: TypeAlias = dict[str, Any]

_WORDS: Final = words_of("summary", "card", "page")


def document(blocks: Iterable[b.Block], language: Language) -> Data:
    """Return a document: its title, the words of its language, its contents, and its sheets, which are made one by one.

    The first heading is its cover where it stands above all others. A document of one sheet has no cover beside that.
    """
    found = list(_shown(blocks))
    headings = [block for block in found if isinstance(block, b.Heading)]
    has_sheets = any(isinstance(block, b.Sheet) for block in found)
    has_cover = bool(headings) and (has_sheets or all(each.level > headings[0].level for each in headings[1:]))
    cover = headings[0].parts if has_cover else ()
    kind: b.Kind = "plain" if has_cover else "own"
    sheets = list(_sheets([block for block in found if not has_cover or block is not headings[0]], kind))
    is_alone = len(sheets) == 1 and sheets[0].kind in {"card", "plain", "own"}
    if is_alone and cover and not has_sheets:
        sheets = [b.Sheet("part-1", "plain", [b.Heading(cover), *sheets[0].blocks], " · ".join(cover))]
    title = " · ".join(cover) or " · ".join(sheet.title for sheet in sheets[:3])
    drawing = _Drawing(language, level=1 if is_alone or not cover else 2)
    return {
        "language": "zh-CN" if language == "zh" else "en",
        "w": {word.replace("-", "_"): say(text, language) for word, text in _WORDS.items()},
        "title": title,
        "cover": [] if is_alone else [*cover] or [title],
        "contents": [] if len(sheets) < 2 else [_entry(sheet) for sheet in _in_contents(sheets)],
        "sheets": (drawing.sheet(sheet) for sheet in sheets),
    }


def _shown(blocks: Iterable[b.Block]) -> Iterator[b.Block]:
    """Yield what a page shows."""
    for block in blocks:
        if isinstance(block, b.OnPage | b.IfRoom):
            yield from _shown(block.blocks)
        elif not isinstance(block, b.OnScreen | b.Gap | b.Posted | b.LeftOut):
            yield block


def _sheets(blocks: Sequence[b.Block], kind: b.Kind) -> Iterator[b.Sheet]:
    """Yield the sheets; blocks that are on none are put on one of their own, a new one at each heading that is high."""
    highest = min((block.level for block in blocks if isinstance(block, b.Heading)), default=0)
    held: list[b.Block] = []
    count = 0
    for block in [*blocks, None]:
        is_start = isinstance(block, b.Heading) and block.level == highest
        if held and (block is None or is_start or isinstance(block, b.Sheet)):
            count += 1
            title = next((" · ".join(each.parts) for each in held if isinstance(each, b.Heading)), "…")
            yield b.Sheet(f"part-{count}", kind, held, title)
            held = []
        if isinstance(block, b.Sheet):
            yield block
        elif block is not None:
            held.append(block)


def _in_contents(sheets: Sequence[b.Sheet]) -> Sequence[b.Sheet]:
    """Return what the contents lead to: all, or the sheets beside the cards where these have an index there."""
    others = [sheet for sheet in sheets if sheet.kind != "card"]
    return others if any(sheet.kind == "summary" for sheet in others) else sheets


def _entry(sheet: b.Sheet) -> Data:
    return {"id": sheet.id, "text": sheet.title}


_ROW: Final = 150
_CURVE: Final = 120
"""The room that a row of figures and a curve take on paper, in characters of small text."""

_DENSITIES: Final = ((2200, ""), (3200, "close"), (4800, "close dense"))
"""The most characters on a sheet that is set so; with more it is packed, too."""


class _Drawing:
    """Blocks as data; a section has a heading one level below that of its sheet."""

    def __init__(self, language: Language, level: int) -> None:
        self._language = language
        self._level = level

    def sheet(self, sheet: b.Sheet) -> Data:
        """Return a sheet with its blocks, and how closely it is set on paper so that it fits, for the style sheet."""
        blocks = [self.block(block) for block in _shown(sheet.blocks)]
        amount = sum(map(_size, blocks)) if sheet.kind == "card" else 0
        return {
            "id": sheet.id,
            "link": f"#{quote(sheet.id)}",
            "kind": sheet.kind,
            "title": sheet.title,
            "amount": amount,
            "density": next((density for most, density in _DENSITIES if amount <= most), "close dense packed"),
            "blocks": blocks,
        }

    def block(self, block: b.Block) -> Data:
        """Return a block as data."""
        kind = _KINDS[type(block)]
        draw: Callable[[Any], Data] = getattr(self, f"_{kind}")
        return {"kind": kind, **draw(block)}

    def _blocks(self, blocks: Iterable[b.Block]) -> list[Data]:
        return [self.block(block) for block in _shown(blocks)]

    def _heading(self, block: b.Heading) -> Data:
        return {"level": max(block.level, self._level), "text": " · ".join(block.parts)}

    def _title(self, block: b.Title) -> Data:
        return {"level": self._level, **block._asdict()}

    def _section(self, block: b.Section) -> Data:
        return {
            "level": self._level + 1,
            "title": block.title,
            "blocks": self._blocks(block.blocks),
            "tone": block.kind,
        }

    def _tiles(self, block: b.Tiles) -> Data:
        items = [{"title": each.title, "blocks": self._blocks(each.blocks)} for each in block.items]
        return {"level": self._level + 2, "entries": items}

    def _figures(self, block: b.KeyFigures) -> Data:
        items = [
            {"label": label, "value": self._cell(value), "meaning": self._cell(meaning)}
            for label, value, meaning in block.items
        ]
        return {"entries": items}

    def _table(self, block: b.Table) -> Data:
        columns = block.shown(b.PAGE)
        rows = [
            {"cells": list(map(self._cell, cells)), "main": number in block.main, "ends": number in block.ends}
            for number, cells in enumerate(zip(*(column.cells for column in columns), strict=True))
        ]
        return {
            "level": self._level + 1,
            "title": block.title,
            "columns": [
                {
                    "title": "".join(piece["text"] for piece in self._cell(column.title)),
                    "right": column.is_right,
                    "choices": column.holds == "choices",
                    "size": max((self._width(cell) for cell in column.cells), default=0),
                    "drawn": any(isinstance(cell, b.Bar | b.Picture) for cell in column.cells),
                }
                for column in columns
            ],
            "rows": rows,
            "total": [self._cell(column.total) for column in columns] if block.has_total else [],
            "searched": block.is_searched,
        }

    def _curve(self, block: b.Curve) -> Data:
        shape, language = block.shape, self._language
        parts = [f"{say(_WORDS[word], language)} {said}" for word, said in _meant(shape, language)]
        label = say(_WORDS["curve"], language) + ("：" if language == "zh" else ": ") + ", ".join(parts)
        return {"svg": pictures.curve(shape, language, label)}

    def _line(self, block: b.Line) -> Data:
        return {"pieces": self._cell(block.pieces)}

    def _notes(self, block: b.Notes) -> Data:
        return {"lines": [printable(line) for line in block.lines], "quiet": block.style == "dim"}

    def _facts(self, block: b.Facts) -> Data:
        return {"rows": [{"label": label, "text": printable(said)} for label, said in block.rows]}

    def _numbered(self, block: b.Numbered) -> Data:
        return {"entries": [{"title": title, "more": more} for title, more in block.items]}

    def _items(self, block: b.Items) -> Data:
        return {
            "entries": [
                {
                    "first": each.parts[0],
                    "others": list(each.parts[1:]),
                    "lines": list(map(self._cell, each.lines)),
                    "link": each.link,
                }
                for each in block.items
            ]
        }

    def _fold(self, block: b.Fold) -> Data:
        return {"title": block.title, "size": block.size, "block": self.block(block.block)}

    def _code(self, block: b.Code) -> Data:
        return {"text": "\n".join(block.lines)}

    def _write(self, block: b.ToWrite) -> Data:
        return {"boxes": list(block.boxes), "signatures": list(block.signatures), "date": block.date}

    def _footer(self, block: b.Footer) -> Data:
        return {"lines": list(block.lines)}

    def _width(self, cell: b.Cell) -> int:
        """Return about how many characters a cell takes."""
        match cell:
            case str():
                return cell_len(cell)
            case b.Span(text=text):
                return cell_len(text)
            case b.Below(figure=figure, below=below):
                return max(cell_len(figure), cell_len(below))
            case tuple() if not isinstance(cell, b.Bar | b.Picture):
                return sum(map(self._width, cell))
            case _:
                return 0

    def _cell(self, cell: b.Cell) -> list[Data]:
        """Return the pieces of a cell, without those that are empty."""
        match cell:
            case str():
                return [_piece(cell)] if cell else []
            case b.Span(text=text, style=style, link=link):
                return [_piece(text, style, link)] if text else []
            case b.Below(figure=figure, below=below):
                return [_piece(figure), *([_piece(below, "below")] if below else [])]
            case b.Bar(number=number, most=most):
                return [_piece("", "meter", svg=pictures.share(number, most))]
            case b.Picture(kind=kind, svg=svg):
                drawn = svg()
                return [_piece("", kind, svg=drawn)] if drawn else []
            case _:
                return [piece for each in cell for piece in self._cell(each)]


_KINDS: Final[Mapping[type[Any], str]] = {
    b.Heading: "heading",
    b.Title: "title",
    b.Section: "section",
    b.Tiles: "tiles",
    b.KeyFigures: "figures",
    b.Table: "table",
    b.Curve: "curve",
    b.Line: "line",
    b.Notes: "notes",
    b.Facts: "facts",
    b.Numbered: "numbered",
    b.Items: "items",
    b.Fold: "fold",
    b.Code: "code",
    b.ToWrite: "write",
    b.Footer: "footer",
}
"""What each block is called in a template."""


def _piece(text: str, style: str = "", link: str = "", svg: str = "") -> Data:
    return {"text": printable(text.replace("\n", " ")), "style": style, "link": link, "svg": svg}


def _meant(shape: Shape, language: Language) -> Iterator[tuple[str, str]]:
    """Yield what a drawing shows, for those who cannot see it."""

    def shown(point: Point) -> str:
        return printable(with_unit(grouped(point.x), shape.unit, language))

    if shape.actual:
        yield "actual", shown(shape.actual)
        yield "score", f"{shape.actual.score:f}"
    if shape.target:
        yield "target", shown(shape.target)


def _size(value: object) -> int:
    """Return about how much room something takes on paper, in characters of small text."""
    if isinstance(value, str):
        return cell_len(value)
    if isinstance(value, list):
        return sum(map(_size, value))
    if not isinstance(value, dict):
        return 0
    if value.get("kind") == "table":
        return _ROW * len(value["rows"])
    if value.get("svg"):
        return _CURVE if value.get("kind") == "curve" else 0
    return sum(_size(each) for key, each in value.items() if key not in {"kind", "style", "link"})
