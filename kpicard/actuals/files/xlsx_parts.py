"""The parts of an .xlsx file: their elements, read without anything that XML could be made to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import IO, Final
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat
from zipfile import ZipFile

from openpyxl.xml.constants import SHEET_MAIN_NS

from kpicard.actuals.files.cell_text import clean
from kpicard.actuals.files.workbook import RefusedError, WorkbookFault

NS: Final = f"{{{SHEET_MAIN_NS}}}"

_MOST: Final = 1 << 22
"""The most elements of a part that are asked for: rows, texts and merged ranges."""

_BETWEEN: Final = 1 << 20
"""The most elements from one of them to the next: the cells of a row with all that is in them."""

_DEEPEST: Final = 64
"""No part has elements within as many others."""

_PIECE: Final = 1 << 16
_LONGEST: Final = 1 << 20
"""The most bytes of a tag or a comment: with each piece of one, the parser begins anew until it has seen its end."""

_PROLOG: Final = 1 << 12

_TEXT: Final = f"{NS}t"
_RUN: Final = f"{NS}r"
_ESCAPE: Final = re.compile("_x([0-9A-Fa-f]{4})_")


def elements(archive: ZipFile, part: str, *paths: str) -> Iterator[Element]:
    """Yield a part's elements of some paths, as `worksheet/sheetData/row`, one after the other.

    Raises RefusedError where the first path leads nowhere, for a DOCTYPE, and where there are too many elements, or too
    deep ones: a few bytes, packed, could ask for hundreds of millions.
    """
    wanted = [tuple(f"{NS}{name}" for name in path.split("/")) for path in paths]
    with archive.open(part) as stream:
        yield from _read(stream, wanted)


def check_xml(content: bytes) -> None:
    """Raise RefusedError for a DOCTYPE, and what the parser does where it is no XML."""
    _plain_parser().Parse(content, True)


def check_prologs(archive: ZipFile) -> None:
    """Raise RefusedError for a DOCTYPE in any part, also in those that are not read, and need not even be whole."""
    for part in archive.infolist():
        if part.filename.lower().endswith((".xml", ".rels", ".vml")):
            try:
                with archive.open(part) as stream:
                    _plain_parser().Parse(stream.read(_PROLOG), False)
            except RefusedError:
                raise
            except Exception:  # noqa: BLE001, S112 - whatever is wrong with it shows where it is read
                continue


def rich_text(element: Element) -> str:
    """Return a text, be it in one piece or in several that look different; its phonetic reading is none of them."""
    pieces = (element.findtext(_TEXT), *(run.findtext(_TEXT) for run in element.iterfind(_RUN)))
    return plain_text("".join(filter(None, pieces)))


def plain_text(written: str) -> str:
    """Return a text with its escapes (`_x000D_`) decoded; two of them may make one character."""
    if "_x" in written:
        decoded = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), written)
        written = decoded.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    return clean(written)


def _read(stream: IO[bytes], wanted: Sequence[tuple[str, ...]]) -> Iterator[Element]:
    """Yield the elements of some paths; all others are passed over, and nothing is kept of them."""
    parser = _plain_parser()
    parser.buffer_text = True
    tags, builder, found = _Tags(), TreeBuilder(), list[Element]()
    above: list[str] = []
    depth = passed = count = read = inside = 0  # `inside` is the depth of a wanted element while it is built
    is_there = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, passed, inside, is_there
        depth += 1
        passed += 1
        if not inside:
            above.append(tags[name])
            path = tuple(above)
            is_there = is_there or path == wanted[0][:-1]
            if path not in wanted:
                return
            inside = depth
            parser.CharacterDataHandler = builder.data
        builder.start(tags[name], attributes)

    def end(name: str) -> None:
        nonlocal depth, passed, inside, builder
        if inside:
            builder.end(name)
        if depth == inside:
            found.append(builder.close())
            builder, inside, passed = TreeBuilder(), 0, 0
            parser.CharacterDataHandler = None
        if not inside:
            above.pop()
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    while piece := stream.read(_PIECE):
        parser.Parse(piece, False)
        read += len(piece)
        count += len(found)
        _check_limits(depth, passed, count, read - parser.CurrentByteIndex)
        yield from found
        found.clear()
    parser.Parse(b"", True)
    if not is_there:
        raise RefusedError(WorkbookFault("unreadable-workbook"))


def _check_limits(depth: int, passed: int, count: int, behind: int) -> None:
    if depth > _DEEPEST or passed > _BETWEEN or count > _MOST or behind > _LONGEST:
        raise RefusedError(WorkbookFault("too-large"))


class _Tags(dict[str, str]):
    """The names of elements as ElementTree writes them, by how the parser does."""

    def __missing__(self, name: str) -> str:
        return self.setdefault(name, f"{{{name}")


def _plain_parser() -> expat.XMLParserType:
    """Return a parser that refuses a DOCTYPE, in which a few bytes can stand for any number, or for other files."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_: object) -> None:
    raise RefusedError(WorkbookFault("doctype"))
