"""The elements of an .xlsx file's parts, and the texts in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from kpicard.workbooks.cell_text import clean
from kpicard.workbooks.sheets import RefusedError, WorkbookFault

NS: Final = f"{{{SHEET_MAIN_NS}}}"

_MOST: Final = 1 << 22
"""The most elements of a part that are asked for: rows, texts and merged ranges."""

_BETWEEN: Final = 1 << 20
"""The most elements from one of them to the next: the cells of a row with all that is in them."""

_TEXT: Final = f"{NS}t"
_RUN: Final = f"{NS}r"
_ESCAPE: Final = re.compile("_x([0-9A-Fa-f]{4})_")


def elements(archive: ZipFile, part: str, *names: str) -> Iterator[Element]:
    """Yield a part's elements of some names, one after the other; each is empty afterwards.

    Raises RefusedError where there are too many: a few bytes, packed, could ask for hundreds of millions.
    """
    found = passed = 0
    with archive.open(part) as stream:
        for _, element in iterparse(stream):
            passed += 1
            if element.tag in names:
                yield element
                element.clear()
                found += 1
                passed = 0
            if passed > _BETWEEN or found > _MOST:
                raise RefusedError(WorkbookFault("too-large"))


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
