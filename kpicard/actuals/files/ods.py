"""Spreadsheets of LibreOffice (.ods) as texts: values and units as they are kept, each with what a person sees.

Libraries give a percentage as 0.125 and an amount without its currency, as if these were plain numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Final
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from kpicard.actuals.files.cell_text import clean
from kpicard.actuals.files.workbook import RefusedError, SheetsBuilder, Workbook, WorkbookFault
from kpicard.numbers import plain, read_decimal
from kpicard.units import Style, in_points

MIMETYPE: Final = b"application/vnd.oasis.opendocument.spreadsheet"

_SPACE: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TABLE, _TEXT, _STYLE = (f"{{{_SPACE}{name}:1.0}}" for name in ("office", "table", "text", "style"))
_LARGEST: Final = 256 << 20
"""The most bytes of the part that holds the cells, unpacked."""

_DURATION: Final = re.compile(r"PT([0-9]+)H([0-9]+)M([0-9]+)(?:[.,][0-9]+)?S")


def read_ods(data: bytes, style: Style = "") -> Workbook:
    """Read a spreadsheet; whatever zipfile and the reader of XML raise for a damaged one is raised."""
    archive = ZipFile(BytesIO(data))
    if archive.getinfo("content.xml").file_size > _LARGEST:
        raise RefusedError(WorkbookFault("too-large"))
    content = archive.read("content.xml")
    if b"<!DOCTYPE" in content:
        raise RefusedError(WorkbookFault("doctype"))
    root = ET.fromstring(content)  # noqa: S314 - without a DOCTYPE nothing is expanded or fetched
    hidden = {
        each.get(f"{_STYLE}name")
        for each in root.iter(f"{_STYLE}style")
        if any(part.get(f"{_TABLE}display") == "false" for part in each)
    }
    builder = SheetsBuilder(len(data))
    for table in root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table"):
        _read_table(table, builder, style)
        builder.end_sheet(clean(table.get(f"{_TABLE}name", "")), hidden=table.get(f"{_TABLE}style-name") in hidden)
    return builder.workbook()


def _read_table(table: Element, builder: SheetsBuilder, style: Style) -> None:
    """Put all cells into the builder, and merge what is merged."""
    merges: list[tuple[int, int, int, int]] = []
    row = 0
    for line in table.iter(f"{_TABLE}table-row"):
        cells = list(_cells(line, style))
        for _ in range(_count(line, "number-rows-repeated") if any(text for _, _, text, _ in cells) else 1):
            for column, count, text, span in cells:
                for index in range(count if text else 0):
                    builder.put(row, column + index, text)
                if span != (1, 1):
                    merges.append((row, row + span[0] - 1, column, column + span[1] - 1))
            row += 1
        row += 0 if any(text for _, _, text, _ in cells) else _count(line, "number-rows-repeated") - 1
    for merge in merges:
        builder.merge(*merge)


def _cells(line: Element, style: Style) -> Iterator[tuple[int, int, str, tuple[int, int]]]:
    """Yield the cells of a row: the first column, over how many it is repeated, its text, and what it spans."""
    column = 0
    for cell in line:
        count = _count(cell, "number-columns-repeated")
        if cell.tag == f"{_TABLE}table-cell":
            spans = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
            yield column, count, _text(cell, style), spans
        column += count


def _count(element: Element, name: str) -> int:
    return int(element.get(f"{_TABLE}{name}", "1"))


def _text(cell: Element, style: Style) -> str:
    """Return a cell's text: a percentage with its sign, an amount with its currency, any other value as it is."""
    shown = clean("\n".join("".join(each.itertext()) for each in cell.iterfind(f"{_TEXT}p")))
    value, kind = cell.get(f"{_OFFICE}value", ""), cell.get(f"{_OFFICE}value-type")
    if kind == "date":
        return cell.get(f"{_OFFICE}date-value", shown).replace("T", " ")
    if kind == "time" and (found := _DURATION.fullmatch(cell.get(f"{_OFFICE}time-value", ""))):
        return f"{int(found[1])}:{found[2]}:{found[3]}"
    if kind not in {"float", "percentage", "currency"} or shown.lstrip("0") == value:
        return shown  # 007 is kept as 7
    number = read_decimal(value)
    if isinstance(number, str):
        return shown
    if kind == "percentage":
        return f"{in_points(plain(number * 100), style)}%"
    currency = cell.get(f"{_OFFICE}currency", "") if kind == "currency" else ""
    return f"{in_points(plain(number), style)} {currency}".strip()
