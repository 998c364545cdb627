"""Reads .xlsx, with openpyxl: it takes the package apart; the cells, their formats and texts are read here.

openpyxl makes dates and times of numbers, and what Excel shows is lost on the way (30 hours, the 60th day of 1900).
It also refuses workbooks for an odd font, filter or drawing that no text depends on.
"""

from __future__ import annotations

from io import BytesIO
from typing import Final
from zipfile import ZipFile, ZipInfo

from openpyxl.packaging.relationship import get_dependents
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.datetime import MAC_EPOCH

from kpicard.workbooks.cell_text import clean
from kpicard.workbooks.number_formats import EAST_ASIAN
from kpicard.workbooks.sheets import RefusedError, SheetsBuilder, Workbook, WorkbookFault
from kpicard.workbooks.xlsx_elements import check_prologs, check_xml, elements, rich_text
from kpicard.workbooks.xlsx_sheet import SheetReader, index_of

_UNPACKED: Final = 512 << 20
_UNPACKED_ANYWAY: Final = 16 << 20
_TIMES: Final = 128
"""How many times as large as the file its parts may be. Sheets that people make are less than 30 times as large."""

_LISTS: Final = 1 << 20
"""The most bytes of the parts that are read whole: what parts there are, and what sheets."""


class _Package(ZipFile):
    """The parts of a workbook, of which those that openpyxl reads whole are looked at before it does."""

    def read(self, name: str | ZipInfo, pwd: bytes | None = None) -> bytes:
        """Return a part. Raises RefusedError where it is too large, or has a DOCTYPE."""
        if self.getinfo(name if isinstance(name, str) else name.filename).file_size > _LISTS:
            raise RefusedError(WorkbookFault("too-large"))
        content = super().read(name, pwd)
        check_xml(content)
        return content


def read_xlsx(data: bytes) -> Workbook:
    """Read a workbook; whatever openpyxl raises for a damaged one is raised."""
    archive = _Package(BytesIO(data))
    _check_parts(archive, len(data))
    check_prologs(archive)
    reader = ExcelReader(BytesIO(data), keep_links=False)
    reader.archive = archive
    reader.read_manifest()
    reader.read_workbook()
    sheets = list(reader.parser.find_sheets())
    if len({relation.Target for _, relation in sheets}) < len(sheets) or not sheets:
        raise RefusedError(WorkbookFault("unreadable-workbook"))  # few bytes could be read as a million sheets

    parts = _parts(archive, reader.parser.workbook_part_name)
    builder = SheetsBuilder(len(data))
    strings = _strings(archive, parts["sharedStrings"]) if "sharedStrings" in parts else []
    formats = _formats(archive, parts["styles"], builder) if "styles" in parts else ["General"]
    for sheet, relation in sheets:
        if relation.Type.endswith("/worksheet"):
            sheet_reader = SheetReader(builder, strings, formats, from_1904=reader.wb.epoch == MAC_EPOCH)
            sheet_reader.read(archive, relation.Target)
            builder.end_sheet(clean(sheet.name), hidden=sheet.state != "visible")
    return builder.workbook()


def _check_parts(archive: ZipFile, size: int) -> None:
    """Raise RefusedError where the parts are larger than they may be, or two have one name."""
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > min(_UNPACKED, _UNPACKED_ANYWAY + _TIMES * size):
        raise RefusedError(WorkbookFault("too-large"))
    if len({part.filename for part in parts}) < len(parts):
        raise RefusedError(WorkbookFault("unreadable-workbook"))


def _parts(archive: ZipFile, workbook_part: str) -> dict[str, str]:
    """Return the workbook's parts by their kind: `styles`, `sharedStrings`."""
    folder, _, name = workbook_part.rpartition("/")
    relations = get_dependents(archive, f"{folder}/_rels/{name}.rels".lstrip("/"))
    return {relation.Type.rpartition("/")[2]: relation.Target for relation in relations}


def _strings(archive: ZipFile, part: str) -> list[str]:
    """Return the texts that cells refer to."""
    return [rich_text(element) for element in elements(archive, part, "sst/si")]


def _formats(archive: ZipFile, part: str, builder: SheetsBuilder) -> list[str]:
    """Return the number format of every cell style."""
    formats = {**EAST_ASIAN, **BUILTIN_FORMATS}
    styles: list[int] = []
    for element in elements(archive, part, "styleSheet/cellXfs/xf", "styleSheet/numFmts/numFmt"):
        number = index_of(element.get("numFmtId", "0"))
        if element.tag.endswith("}xf"):
            styles.append(number)
        else:
            formats[number] = element.get("formatCode", "")
            builder.take(len(formats[number]))
    return [formats.get(number, "General") for number in styles]
