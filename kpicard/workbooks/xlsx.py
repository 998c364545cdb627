"""Reads .xlsx, with openpyxl: it takes the package apart; the cells, their formats and texts are read here.

openpyxl makes dates and times of numbers, and what Excel shows is lost on the way (30 hours, the 60th day of 1900).
It also refuses workbooks for an odd font, filter or drawing that no text depends on.
"""

from __future__ import annotations

from io import BytesIO
from typing import Final
from zipfile import ZipFile

from openpyxl.packaging.relationship import get_dependents
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.datetime import MAC_EPOCH
from openpyxl.xml.functions import fromstring

from kpicard.workbooks.cell_text import clean
from kpicard.workbooks.number_formats import EAST_ASIAN
from kpicard.workbooks.sheets import RefusedError, SheetsBuilder, Workbook, WorkbookFault
from kpicard.workbooks.xlsx_elements import NS, elements, rich_text
from kpicard.workbooks.xlsx_sheet import SheetReader

_UNPACKED: Final = 512 << 20
_STYLES: Final = 16 << 20
_LISTS: Final = 1 << 20
"""The most bytes of the parts that are not read piece by piece: the styles; what parts there are, and what sheets."""

_TYPES: Final = "[Content_Types].xml"


def read_xlsx(data: bytes) -> Workbook:
    """Read a workbook; whatever openpyxl raises for a damaged one is raised."""
    reader = ExcelReader(BytesIO(data), keep_links=False)
    archive = reader.archive
    if sum(member.file_size for member in archive.infolist()) > _UNPACKED:
        raise RefusedError(WorkbookFault("too-large"))
    _check_size(archive, _TYPES, _LISTS)
    reader.read_manifest()
    for each in reader.package.Override:
        if each.ContentType.endswith("main+xml"):
            _check_size(archive, each.PartName.lstrip("/"), _LISTS)
            _check_size(archive, _relations(each.PartName), _LISTS)
    reader.read_workbook()
    sheets = list(reader.parser.find_sheets())
    if len({relation.Target for _, relation in sheets}) < len(sheets) or not sheets:
        raise RefusedError(WorkbookFault("unreadable-workbook"))  # few bytes could be read as a million sheets

    parts = _parts(archive, reader.parser.workbook_part_name)
    strings = _strings(archive, parts["sharedStrings"]) if "sharedStrings" in parts else []
    formats = _formats(archive, parts["styles"]) if "styles" in parts else ["General"]
    builder = SheetsBuilder()
    for sheet, relation in sheets:
        if relation.Type.endswith("/worksheet"):
            sheet_reader = SheetReader(builder, strings, formats, from_1904=reader.wb.epoch == MAC_EPOCH)
            sheet_reader.read(archive, relation.Target)
            builder.end_sheet(clean(sheet.name), hidden=sheet.state != "visible")
    return builder.workbook()


def _parts(archive: ZipFile, workbook_part: str) -> dict[str, str]:
    """Return the workbook's parts by their kind: `styles`, `sharedStrings`."""
    relations = get_dependents(archive, _relations(workbook_part))
    return {relation.Type.rpartition("/")[2]: relation.Target for relation in relations}


def _relations(part: str) -> str:
    """Return the part that says what belongs to another."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def _check_size(archive: ZipFile, part: str, limit: int) -> None:
    if part in archive.namelist() and archive.getinfo(part).file_size > limit:
        raise RefusedError(WorkbookFault("too-large"))


def _strings(archive: ZipFile, part: str) -> list[str]:
    """Return the texts that cells refer to."""
    return [rich_text(element) for element in elements(archive, part, f"{NS}si")]


def _formats(archive: ZipFile, part: str) -> list[str]:
    """Return the number format of every cell style."""
    formats = {**EAST_ASIAN, **BUILTIN_FORMATS}
    _check_size(archive, part, _STYLES)
    styles = fromstring(archive.read(part))
    for own in styles.iterfind(f"{NS}numFmts/{NS}numFmt"):
        formats[int(own.get("numFmtId", ""))] = own.get("formatCode", "")
    return [formats.get(int(style.get("numFmtId", 0)), "General") for style in styles.iterfind(f"{NS}cellXfs/{NS}xf")]
