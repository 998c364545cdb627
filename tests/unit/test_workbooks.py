"""A workbook's cells are read as the texts that a person sees in them, and no file makes the reader fail."""

from __future__ import annotations

import datetime as dt
import io
import random
import re
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Final, TypeAlias

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH
from openpyxl.worksheet.worksheet import Worksheet

from kpicard.actuals.files.cell_text import Value, cell_text
from kpicard.actuals.files.workbook import CellFault, Merge, Sheet, Workbook, WorkbookFault, read_workbook
from kpicard.quantities import read_quantity
from kpicard.units import unit_of

DATA: Final = Path(__file__).parents[1] / "data" / "workbooks"
SHEET: Final = "xl/worksheets/sheet1.xml"

Rows: TypeAlias = tuple[tuple[str, ...], ...]
Edit: TypeAlias = Callable[[bytes], bytes | None]

FORMATS: Final = (
    *("General", "0", "0.00%", "yyyy-mm-dd", "[h]:mm:ss", "h:mm", "mm:ss.0", '"%', "[", "[<1]0%;[>=1]h:mm;@", ";;;"),
    *(
        'yyyy"年"m"月"',
        "\\",
        "_",
        "*",
        "",
        "@",
        "[=1e9]0;0",
        '0.0"万"',
        '0!.0,"万"',
        '[$¥-804]#,##0;("x"000)',
        '"1-"00',
    ),
)


def read(path: Path) -> Workbook:
    workbook = read_workbook(path)
    assert isinstance(workbook, Workbook), workbook
    return workbook


def rows_of(path: Path) -> Rows:
    return read(path).sheets[0].rows


def saved(path: Path, cells: dict[str, str | float | None], number_format: str = "General") -> Path:
    """Save a workbook with these cells, all of one format."""
    workbook = openpyxl.Workbook()
    sheet = first(workbook)
    for place, value in cells.items():
        sheet[place] = value
        sheet[place].number_format = number_format
    workbook.save(path)
    return path


def first(workbook: openpyxl.Workbook) -> Worksheet:
    sheet = workbook.worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def changed(path: Path, edits: dict[str, Edit]) -> Path:
    """Edit members of a zip file; those whose edit gives None are removed."""
    with zipfile.ZipFile(path) as old:
        members = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, member in members.items():
            content = edits[name](member) if name in edits else member
            if content is not None:
                new.writestr(name, content)
    return path


def with_sheet_data(path: Path, data: str, merged: str = "") -> Path:
    """Save a workbook with one sheet, whose rows are written as other programs may write them."""
    xml = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{data}</sheetData>'
    return changed(saved(path, {}), {SHEET: lambda _: f"{xml}{merged}</worksheet>".encode()})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "file.xlsx"


# Files of LibreOffice


@pytest.mark.parametrize("name", ["figures.xlsx", "figures.xls"])
@pytest.mark.parametrize("called", ["a.xlsx", "a.xls", "a.csv"])
def test_both_kinds_of_workbook_read_alike_whatever_their_names(tmp_path: Path, name: str, called: str) -> None:
    path = tmp_path / called
    path.write_bytes((DATA / name).read_bytes())
    rows = (
        ("2026年10月 客服绩效",),
        (),
        ("部门", "项目", "数值"),
        ("一组", "满意度", "98.5%"),
        ("", "日期", "2026-10-01"),
        ("", "月份", "2026-10-01"),
        ("", "时刻", "2026-10-01 08:30:00"),
        ("二组", "上班", "1:30"),
        ("", "工时", "26:15:00"),
        ("", "响应", "0:00:28.5"),
        ("", "合计", "0.3"),
        ("", "错误", "#DIV/0!"),
        ("", "达标", "TRUE"),
        ("", "备注", "第一行粗体 第二行"),
        ("", "工号", "0012"),
    )
    october = Sheet("十月", hidden=False, rows=rows, merged=(Merge(0, 0, 0, 2), Merge(3, 6, 0, 0), Merge(7, 8, 0, 0)))
    notes = Sheet("说明", hidden=True, rows=(("1001",),), merged=())
    assert Workbook((october, notes)) == read(path)


# The text of a cell


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (None, "0.0%", ""),
        ("1001", "0.0%", "1001"),
        ("a\r\nb\nc\x07", "General", "a b c"),
        ("  王 芳\u3000", "@", "  王 芳\u3000"),
        (True, "0%", "TRUE"),
        (False, "yyyy-mm-dd", "FALSE"),
        (0.1 + 0.2, "General", "0.3"),
        (1001.0, "0.00", "1001"),
        (-0.0, "General", "0"),
        (1e21, "General", "1.00000000000000E+21"),
        (1.5e-7, "0.00E+00", "0.00000015"),
        (110101199003070000, "0", "1.10101199003070E+17"),
        (1234.5, '#,##0.00" 元"', "1234.5元"),
        (0.125, "0.0%", "12.5%"),
        (0.07, "0%", "7%"),
        (1, "0%", "100%"),
        (0.57 * 100 / 100, "0%", "57%"),
        (-0.5, "0%;[Red]-0%", "-50%"),
        (0.5, '0.0"%"', "0.5%"),
        (0.5, r"0.0\%", "0.5%"),
        (0.5, "[$%-409]0.0", "%0.5"),
        (2, "[<=1]0%;0", "2"),
        (0.5, "[<=1]0%;0", "50%"),
        (-1, "0;0%", "-100%"),
        (0, "0;0;0%", "0%"),
        (46296, "yyyy-mm-dd", "2026-10-01"),
        (46296, "mm-dd-yy", "2026-10-01"),
        (46296, "yyyy-mm", "2026-10-01"),
        (46296, 'yyyy"年"m"月"', "2026-10-01"),
        (46296, '[$-804]yyyy"年"m"月"d"日";@', "2026-10-01"),
        (46296, "mmm-yy", "2026-10-01"),
        (46296, "mmmm", "2026-10-01"),
        (46296, "[$-804]aaaa;@", "2026-10-01"),
        (46296, "d h:mm", "2026-10-01"),
        (46296 + 8.5 / 24, "yyyy-mm-dd", "2026-10-01 08:30:00"),
        (46296 + 8.5 / 24, "m/d/yy h:mm", "2026-10-01 08:30:00"),
        (46296.9999999999, "yyyy-mm-dd hh:mm", "2026-10-02"),
        (1, "yyyy-mm-dd", "1900-01-01"),
        (59, "yyyy-mm-dd", "1900-02-28"),
        (60, "yyyy-mm-dd", "1900-02-29"),
        (61, "yyyy-mm-dd", "1900-03-01"),
        (0, "yyyy-mm-dd", "1900-01-00"),
        (2958465, "yyyy-mm-dd", "9999-12-31"),
        (2958466, "yyyy-mm-dd", "2958466"),
        (-1, "yyyy-mm-dd", "-1"),
        (0.0625, "h:mm", "1:30"),
        (0.5625, "h:mm AM/PM", "13:30"),
        (0.0625, "[$-409]hh:mm;@", "1:30"),
        (0.0625, r"h\:mm", "1:30"),
        (0.0625, "h:mm:ss", "1:30:00"),
        (0.0625, "[h]:mm", "1:30:00"),
        (0.0625, 'h"时"mm"分"', "1:30:00"),
        (0.0625, "[h]时mm分", "1:30:00"),
        (28 / 86400, "mm:ss", "0:00:28"),
        (28 / 86400, "h:mm", "0:00:28"),
        (-0.0625, "h:mm", "-1:30"),
        (1.09375, "[h]:mm:ss", "26:15:00"),
        (1.09375, "h:mm", "26:15"),
        (1.09375, "[mm]", "26:15:00"),
        (28.5 / 86400, "mm:ss.0", "0:00:28.5"),
        (28.0004 / 86400, "[s]", "0:00:28"),
        (-0.0625, "[h]:mm;@", "-1:30:00"),
        (-1e-12, "h:mm", "0:00"),
        (0, "h:mm", "0:00"),
    ],
)
def test_a_cell_is_read_as_it_is_seen(value: Value, number_format: str, text: str) -> None:
    assert text == cell_text(value, number_format)


LITERALS: Final = (
    (3.2, '0.0"万"', "3.2万"),
    (1.2, '0.0"分钟"', "1.2分钟"),
    (1.2, '0.0"s"', "1.2s"),
    (1.5, r"0.0\h", "1.5h"),
    (12.5, '0"%"', "12.5%"),
    (7, '0" 次"', "7次"),
    (7, "0次", "7次"),
    (4.6, '0.0"/5"', "4.6/5"),
    (3, 'General"元"', "3元"),
    (1 / 3, '0.00"万"', "0.333333333333333万"),
    (9000, "[$$-409]#,##0.00", "$9000"),
    (1234.5, '"¥"#,##0.00', "¥1234.5"),
    (1234.5, "[$¥-804]#,##0", "¥1234.5"),
    (1234.5, "¥#,##0", "¥1234.5"),
    (1234.5, "#,##0.00\\ [$€-407]", "1234.5€"),
    (0.5, '# ?/?"万"', "0.5万"),
    (12000, '0.00E+00"元"', "12000元"),
    (1234567, '# ##0"元"', "1234567元"),
    # neither blanks, fillers, colours, conditions nor languages
    (5, '[Red][$-804]_ * "¥"\\ #,##0.00_ ', "¥5"),
    (5, '[Blue][>=1]0"万";0', "5万"),
    (0.5, '[>=1]0"万";0', "0.5"),
    (5, "[$-804]0", "5"),
    # signs are the number's own
    (-123, "#,##0;(#,##0)", "-123"),
    (-5, "0;0", "-5"),
    (5, '"+"0;"-"0', "5"),
    (5, "+0", "5"),
    (-5, '"¥"0.0', "-¥5"),
    (-3.2, '0.0"万";[Red](0.0"万")', "-3.2万"),
    (-3.2, '0.0"万";（0.0"万"）', "-3.2万"),
    (3, '0"（件）"', "3件"),
    # what is shown is another number
    (1500, '0.0,"k"', "1500"),
    (1500000, '0.00,,"M"', "1500000"),
    (1500, '0,.0"k"', "1500"),
    (32000, '0!.0,"万"', "32000"),
    (32000, r'0\.0,"万"', "32000"),
    (32000, '0"."0000"万"', "32000"),
    (5551234, "000-0000", "5551234"),
    (15000, '[>=10000]0!.0,"万";0"元"', "15000"),
    (9000, '[>=10000]0!.0,"万";0"元"', "9000元"),
    # no number is shown
    (0, '#,##0;-#,##0;"-"', "0"),
    (0, ';;"-"', "0"),
    (5, '"none"', "5"),
    (5, ";;;", "5"),
    (5, '@"元"', "5"),
    (5, '0"元";@', "5元"),
    (50, '[>100]0"a";[<0]0"b"', "50"),
    # of percentages alike
    (0.125, '"约"0.0%', "约12.5%"),
    (0.125, "%0.0", "%12.5"),
    (-0.125, '0.0%;(0.0%"!")', "-12.5%!"),
    (0.125, '0.0,%"x"', "12.5%"),
    (0.125, '0!.0%"x"', "12.5%"),
    (0, '0%;-0%;"-"%', "0%"),
    # zeros that lead are a part of ids
    (7, "000", "007"),
    (18, "00000", "00018"),
    (7, '"E"000', "E007"),
    (-7, "000", "-007"),
    (0, "000", "000"),
    (1234, "000", "1234"),
    (7.4, "000", "7.4"),
    (7, "000.0", "7"),
    (7, "0,000", "7"),
    (7, "#00", "7"),
    (0.07, "000%", "7%"),
    (7, "000E+00", "7"),
    (7, "00 00", "0007"),
    # no digit of a text becomes one of the number
    (7, '"2026-"000', "2026-007"),
    (7, '0" 12345"', "7 12345"),
)


@pytest.mark.parametrize(("value", "number_format", "text"), LITERALS)
def test_what_a_format_writes_around_a_number_is_read_with_it(value: float, number_format: str, text: str) -> None:
    assert text == cell_text(value, number_format)


def test_cells_of_a_file_have_the_texts_of_their_formats(file: Path) -> None:
    workbook = openpyxl.Workbook()
    for row, (value, number_format, _) in enumerate(LITERALS, 1):
        cell = first(workbook).cell(row, 1, value)
        cell.number_format = number_format
    workbook.save(file)
    assert [text for *_, text in LITERALS] == [text for (text,) in rows_of(file)]


def test_cells_of_an_old_file_have_the_texts_of_their_formats() -> None:
    """LibreOffice saved it: numbers in the first column, and in the second how they are to be read."""
    rows = rows_of(DATA / "formats.xls")
    assert len(rows) > 50
    assert [seen for seen, _ in rows] == [text for _, text in rows]


@pytest.mark.parametrize(
    ("value", "number_format", "unit", "read"),
    [
        (3.2, '0.0"万"', "元", "32000"),
        (32000, '0!.0,"万"', "元", "32000"),
        (1234.5, '"¥"#,##0.00', "元", "1234.5"),
        (-1234.5, '"¥"#,##0.00;("¥"#,##0.00)', "元", "-1234.5"),
        (9000, "[$$-409]#,##0.00", "元", None),
        (1.2, '0.0"分钟"', "s", "72"),
        (70 / 86400, "h:mm:ss", "s", "70"),
        (70 / 1440, "h:mm", "s", None),
        (12.5, '0"%"', "%", "12.5"),
        (7, '0" 次"', "次", "7"),
        (7, '0" 12345"', "次", None),
    ],
)
def test_a_figure_counts_as_it_is_shown(value: float, number_format: str, unit: str, read: str | None) -> None:
    found = read_quantity(cell_text(value, number_format), unit_of(unit))
    assert found.value == (None if read is None else Decimal(read))


@pytest.mark.parametrize(
    "piece",
    ["0,", ",", "0", '"', '0"x', "[", "[$", "[$-", "[<1", "h", "h:", "m", "/0", "%", ";", "!", "a/", "gener", "e"],
)
def test_a_long_format_is_read_in_one_pass(piece: str) -> None:
    """And it does not make the text of a cell long."""
    assert len(cell_text(7.5, f"0{piece * 100_000}x")) < 30


@pytest.mark.parametrize(("days", "text"), [(0, "1904-01-01"), (60, "1904-03-01"), (2957003, "9999-12-31")])
def test_days_may_count_from_1904(days: int, text: str) -> None:
    assert text == cell_text(days, "yyyy-mm-dd", from_1904=True)


@settings(max_examples=1000, deadline=None, derandomize=True)
@given(
    value=st.one_of(st.floats(), st.integers(), st.text(), st.booleans(), st.floats(-3e6, 3e6)),
    number_format=st.one_of(
        st.sampled_from(FORMATS), st.text(), st.text('ymdhsaegGM%;@[]<>=0123.,#?$!-()"\\_*年AP/: ', max_size=12)
    ),
    from_1904=st.booleans(),
)
@example(value=float("inf"), number_format="0%", from_1904=False)
@example(value=10**400, number_format="[<1]0%;yyyy", from_1904=True)
@example(value="\ud800", number_format="@", from_1904=False)
def test_any_value_in_any_format_has_a_text(value: Value, number_format: str, *, from_1904: bool) -> None:
    text = cell_text(value, number_format, from_1904=from_1904)
    assert not re.search("[\x00-\x1f\x7f-\x9f\ud800-\udfff]", text)
    assert text or isinstance(value, str)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(days=st.integers(0, 2958465), seconds=st.integers(0, 86399))
def test_every_second_of_the_calendar_is_exact(days: int, seconds: int) -> None:
    value = days + seconds / 86400
    moment = dt.datetime(1899, 12, 30) + dt.timedelta(days, seconds)  # noqa: DTZ001 - Excel knows no time zones
    shown = moment.isoformat(" ") if seconds else moment.date().isoformat()
    assert days <= 60 or shown == cell_text(value, "yyyy-mm-dd hh:mm")
    duration = f"{days * 24 + seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    assert duration == cell_text(value, "[h]:mm")


# Files of openpyxl, and parts of files as other programs write them


@pytest.mark.parametrize("epoch", [WINDOWS_EPOCH, MAC_EPOCH])
@pytest.mark.parametrize("iso_dates", [False, True])
def test_dates_and_durations_come_back_as_they_were_saved(file: Path, epoch: dt.datetime, *, iso_dates: bool) -> None:
    workbook = openpyxl.Workbook(iso_dates=iso_dates)
    workbook.epoch = epoch
    moments = (
        dt.date(2026, 10, 1),
        dt.datetime(2026, 10, 1, 8, 30),  # noqa: DTZ001 - Excel knows no time zones
        dt.time(8, 30),
        dt.timedelta(hours=26, minutes=15),
        dt.timedelta(seconds=28.5),
    )
    first(workbook).append(moments)
    workbook.save(file)
    assert (("2026-10-01", "2026-10-01 08:30:00", "8:30:00", "26:15:00", "0:00:28.5"),) == rows_of(file)


def test_chinese_built_in_formats_need_not_be_written_in_the_file(file: Path) -> None:
    saved(file, {"A1": 46296}, 'yyyy"年"m"月"')
    own = re.compile(b"<numFmts.*?</numFmts>")
    changed(file, {"xl/styles.xml": lambda xml: own.sub(b"", xml).replace(b'numFmtId="164"', b'numFmtId="57"')})
    assert (("2026-10-01",),) == rows_of(file)


@pytest.mark.parametrize(
    "stored", ["4_4", "４４", "٤٤", " 44", "44\n", "inf", "nan", "1e400", "0x2C", "1" * 310, "N/A"]
)
def test_what_python_alone_takes_for_a_number_is_none(file: Path, stored: str) -> None:
    """And it says in which cell."""
    with_sheet_data(file, f'<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>{stored}</v></c></row>')
    assert (CellFault(0, 1, "unreadable-cell", stored[:100]),) == read(file).sheets[0].faults


@pytest.mark.parametrize(
    ("stored", "text"), [("44", "44"), ("-4.5", "-4.5"), ("+44", "44"), (".5", "0.5"), ("5.", "5"), ("4.4E+1", "44")]
)
def test_numbers_of_any_spreadsheet_are_numbers(file: Path, stored: str, text: str) -> None:
    with_sheet_data(file, f'<row r="1"><c r="A1"><v>{stored}</v></c></row>')
    assert ((((text,),), ())) == (rows_of(file), read(file).sheets[0].faults)


@pytest.mark.parametrize(
    "cell",
    [
        *('<c r="A1" t="s"><v>-1</v></c>', '<c r="A1" t="s"><v>0_0</v></c>', '<c r="A1" t="s"><v>０</v></c>'),
        *('<c r="A1" s="-1"><v>1</v></c>', '<c r="A1" s=" 0"><v>1</v></c>', '<c r="A1" s="0_0"><v>1</v></c>'),
        *('<c r="A１"><v>1</v></c>', '<c r="A1_0"><v>1</v></c>', '<c r=" A1"><v>1</v></c>', '<c r="$A$1"><v>1</v></c>'),
    ],
)
def test_an_index_that_python_alone_takes_for_one_is_damage(file: Path, cell: str) -> None:
    """Of the list of texts, −1 would be the last one."""
    with_sheet_data(file, f'<row r="1">{cell}</row>')
    texts = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>a</t></si></sst>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = f'<Relationship Id="t" Type="{kind}" Target="/xl/sharedStrings.xml"/></Relationships>'
    changed(file, {"xl/_rels/workbook.xml.rels": lambda xml: xml.replace(b"</Relationships>", relation.encode())})
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", texts)
    assert code_of(file) == "unreadable-workbook"


@pytest.mark.parametrize("row", ["0_2", "２", " 2", "-1", "2.0", "1e0", "0"])
def test_a_row_that_python_alone_takes_for_one_is_damage(file: Path, row: str) -> None:
    with_sheet_data(file, f'<row r="{row}"><c><v>1</v></c></row>')
    assert code_of(file) == "unreadable-workbook"


@pytest.mark.parametrize(
    ("data", "row", "column"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', 0, 0),
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>', 0, 0),
        ('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>', 0, 0),
        ('<row r="2"><c r="B2"><v>1</v></c></row><row r="1"><c r="B1"><v>2</v></c></row>', 0, 1),
        ('<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>', 0, 0),
        ('<row r="1"><c r="A1"><v>1</v></c></row><row><c r="A1"/></row>', 0, 0),
    ],
    ids=["in-a-row", "in-a-row-that-is-twice", "behind-the-next", "in-a-row-behind", "its-value", "empty"],
)
def test_a_cell_that_is_there_twice_is_not_clear(file: Path, data: str, row: int, column: int) -> None:
    """Programs differ in which of the two they show."""
    with_sheet_data(file, data)
    assert [(row, column, "doubled-cell")] == [fault[:3] for fault in read(file).sheets[0].faults]


def test_a_cell_of_an_old_workbook_that_is_there_twice_is_not_clear(file: Path) -> None:
    """Here, C4 is written over B4."""
    content = (DATA / "figures.xls").read_bytes()
    cell = struct.pack("<HHHH", 0xFD, 10, 3, 0)
    assert content.count(cell) == 1
    file.write_bytes(content.replace(cell, struct.pack("<HHHH", 0xFD, 10, 2, 2)))
    (fault,) = read(file).sheets[0].faults
    assert CellFault(2, 2, "doubled-cell", "一组") == fault


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
@pytest.mark.parametrize(
    "part",
    [
        *(SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "[Content_Types].xml"),
        *("_rels/.rels", "docProps/core.xml", "xl/theme/theme1.xml"),
    ],
)
def test_a_doctype_is_refused_in_every_part_and_encoding(file: Path, part: str, encoding: str) -> None:
    """The same part without it is read, where it is one that is read at all."""

    def written(content: bytes, doctype: str) -> bytes:
        root = re.sub(r"^<\?xml.*?\?>\s*", "", content.decode("utf-8-sig"))
        return f'<?xml version="1.0" encoding="{encoding}"?>{doctype}{root}'.encode(encoding)

    changed(saved(file, {"A1": 1}), {part: lambda content: written(content, "")})
    assert (("1",),) == rows_of(file)
    changed(saved(file, {"A1": 1}), {part: lambda content: written(content, "<!-- --><!DOCTYPE x>")})
    assert code_of(file) == "doctype"


def test_two_parts_of_one_name_are_damage(file: Path) -> None:
    saved(file, {"A1": 1})
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(SHEET, archive.read(SHEET))
    assert code_of(file) == "unreadable-workbook"


def test_a_row_that_is_no_row_of_the_sheet_is_none(file: Path) -> None:
    """Programs keep copies and remarks of their own behind the cells."""
    row = '<row r="2"><c r="A2"><v>2</v></c></row>'
    with_sheet_data(file, '<row r="1"><c r="A1"><v>1</v></c></row>', f"<extLst><ext>{row}</ext></extLst>")
    assert (("1",),) == rows_of(file)


def test_a_formula_without_a_result_is_its_own_text(file: Path) -> None:
    saved(file, {"A1": 1, "A2": 2, "A3": "=SUM(A1:A2)"})
    assert (("1",), ("2",), ("=SUM(A1:A2)",)) == rows_of(file)


def test_a_formula_with_a_result_is_its_result(file: Path) -> None:
    with_sheet_data(
        file,
        '<row r="1"><c r="A1"><f>1+2</f><v>3</v></c><c r="B1" t="str"><f>""</f><v></v></c>'
        '<c r="C1" t="b"><f>1&gt;0</f><v>1</v></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="E1" t="str"><f>"a"</f><v>a</v></c></row>',
    )
    assert (("3", "", "TRUE", "#DIV/0!", "a"),) == rows_of(file)


def test_a_shared_formula_is_shown_as_it_reads_in_each_cell(file: Path) -> None:
    with_sheet_data(
        file,
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">B1*2</f></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/></c></row>'
        '<row r="3"><c r="A3"><f t="shared" si="0"/><v>6</v></c></row>',
    )
    assert (("=B1*2",), ("=B2*2",), ("6",)) == rows_of(file)


def test_cells_need_not_say_where_they_are(file: Path) -> None:
    with_sheet_data(file, '<row><c><v>1</v></c><c/><c><v>2</v></c></row><row/><row><c r="B5"><v>3</v></c></row>')
    assert (("1", "", "2"), (), (), (), ("", "3")) == rows_of(file)


def test_an_inline_text_is_a_text_like_any_other(file: Path) -> None:
    with_sheet_data(
        file,
        '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c><c r="B1" t="inlineStr"><is/></c>'
        '<c r="C1" t="inlineStr"><is><r><t>a</t></r><r><t xml:space="preserve"> b</t></r>'
        "<rPh><t>no</t></rPh></is></c></row>",
    )
    assert (("甲", "", "a b"),) == rows_of(file)


def test_rich_texts_links_and_comments_show_their_text_alone(file: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = first(workbook)
    sheet["A1"] = CellRichText("王", TextBlock(InlineFont(b=True), "芳"))
    sheet["B1"] = "link"
    sheet["B1"].hyperlink = "https://example.org/"
    sheet["C1"] = 1
    sheet["C1"].comment = Comment("note", "author")
    workbook.save(file)
    assert (("王芳", "link", "1"),) == rows_of(file)


def test_escapes_of_excel_are_decoded(file: Path) -> None:
    saved(file, {"A1": "a_x000D_\nb", "B1": "_x005F_x000D_", "C1": "_xD83D__xDE00_", "D1": "_xD83D_!", "E1": "_x_"})
    assert (("a b", "_x000D_", "\U0001f600", "!", "_x_"),) == rows_of(file)


def test_empty_cells_at_the_end_are_left_out(file: Path) -> None:
    saved(file, {"B2": "x", "D2": "", "A4": "y", "F9": None})
    assert ((), ("", "x"), (), ("y",)) == rows_of(file)


def test_only_the_top_left_cell_of_a_merged_range_has_a_text(file: Path) -> None:
    cells = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{column}{row}"><v>{row}</v></c>' for column in "ABC") + "</row>"
        for row in (1, 2, 3)
    )
    ranges = "".join(f'<mergeCell ref="{each}"/>' for each in ("A1:B1", "B2:C4", "A3:A3", "A3"))
    merged = f"<mergeCells>{ranges}</mergeCells>"
    with_sheet_data(file, cells, merged)
    sheet = read(file).sheets[0]
    assert (("1", "", "1"), ("2", "2"), ("3",)) == sheet.rows
    assert (Merge(0, 0, 0, 1), Merge(1, 3, 1, 2)) == sheet.merged


def test_hidden_sheets_rows_and_columns_are_read_and_charts_are_not(file: Path) -> None:
    workbook = openpyxl.Workbook()
    for name in ("hidden", "veryHidden"):
        workbook.create_sheet(name).sheet_state = name
    workbook.create_chartsheet("chart").add_chart(BarChart())
    sheet = first(workbook)
    sheet.append(["a", "b"])
    sheet.row_dimensions[1].hidden = True
    sheet.column_dimensions["A"].hidden = True
    workbook.save(file)
    sheets = read(file).sheets
    assert [("Sheet", False), ("hidden", True), ("veryHidden", True)] == [(each.name, each.hidden) for each in sheets]
    assert (("a", "b"),) == sheets[0].rows


def test_odd_fonts_filters_and_properties_hinder_nobody(file: Path) -> None:
    saved(file, {"A1": 0.5}, "0%")
    changed(
        file,
        {
            "xl/styles.xml": lambda xml: re.sub(b"<fills>.*?</fills>", b"<fills><fill/></fills>", xml),
            "docProps/core.xml": lambda _: b"none",
            "xl/theme/theme1.xml": lambda _: None,
            SHEET: lambda xml: xml.replace(b"</sheetData>", b'</sheetData><autoFilter ref="?"><x/></autoFilter>'),
        },
    )
    assert (("50%",),) == rows_of(file)


# Files that are no workbooks


def code_of(path: Path) -> str:
    fault = read_workbook(path)
    assert isinstance(fault, WorkbookFault), fault
    return fault.code


@pytest.mark.parametrize("name", ["protected.xlsx", "protected.xls"])
def test_a_password_is_named_as_the_reason(name: str) -> None:
    assert WorkbookFault("protected-workbook") == read_workbook(DATA / name)


@pytest.mark.parametrize("content", [b"", b"PK", b"a,b\n1,2\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"<html></html>"])
def test_other_files_are_no_workbooks(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert code_of(file) == "unreadable-workbook"


def test_documents_of_other_programs_are_no_workbooks(tmp_path: Path) -> None:
    """A zip file or an OLE file may be anything."""
    word = saved(tmp_path / "letter.docx", {})
    changed(
        word, {"[Content_Types].xml": lambda xml: xml.replace(b"spreadsheetml.sheet", b"wordprocessingml.document")}
    )
    old_word = tmp_path / "letter.doc"
    names = ("Workbook".encode("utf-16-le"), "Document".encode("utf-16-le"))
    old_word.write_bytes((DATA / "figures.xls").read_bytes().replace(*names))
    assert [code_of(word), code_of(old_word)] == ["unreadable-workbook", "unreadable-workbook"]


@pytest.mark.parametrize("content", [None, b"", b"<worksheet/>"])
def test_a_sheet_that_is_gone_is_not_left_out_silently(file: Path, content: bytes | None) -> None:
    changed(saved(file, {"A1": 1}), {SHEET: lambda _: content})
    assert code_of(file) == "unreadable-workbook"


def test_a_file_that_cannot_be_opened_says_why(tmp_path: Path) -> None:
    missing = read_workbook(tmp_path / "missing.xlsx")
    assert WorkbookFault("unreadable-file", "No such file or directory") == missing
    assert code_of(tmp_path) == "unreadable-file"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(file: Path) -> None:
    saved(file, {"A1": 1})
    with (
        zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/image1.png", "w") as member,
    ):
        for _ in range(513):
            member.write(bytes(1 << 20))
    assert file.stat().st_size < 1 << 20
    assert code_of(file) == "too-large"


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_a_huge_file_is_refused_before_it_is_read(file: Path, start: bytes) -> None:
    with file.open("wb") as stream:
        stream.write(start)
        stream.truncate(513 << 20)
    assert code_of(file) == "too-large"


def test_few_bytes_cannot_ask_for_billions_of_cells(file: Path) -> None:
    with_sheet_data(file, "".join(f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in range(1, 5000)))
    assert code_of(file) == "too-large"
    everything = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    with_sheet_data(file, '<row r="1"><c r="A1"><v>1</v></c></row>', everything)
    assert (Merge(0, 1048575, 0, 16383),) == read(file).sheets[0].merged


@pytest.mark.parametrize("place", ["XFE1", "A1048577", "A0", "A99999999999", "1", "A"])
def test_a_cell_where_no_sheet_has_one_is_damage(file: Path, place: str) -> None:
    with_sheet_data(file, f'<row><c r="{place}"><v>1</v></c></row>')
    assert code_of(file) == "unreadable-workbook"


# Damaged files


def cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def flipped(content: bytes, chance: random.Random) -> bytes:
    """Change some bytes, but not those that say what the file is."""
    damaged = bytearray(content)
    for _ in range(chance.choice([1, 2, 20, 100])):
        damaged[chance.randrange(4, len(damaged))] = chance.choice([0, 255, chance.randrange(256)])
    return bytes(damaged)


def without_parts(content: bytes, chance: random.Random) -> bytes:
    """Remove some members of a zip file, and change bytes of another."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        gone = chance.sample(old.namelist(), chance.randrange(3))
        broken = chance.choice(old.namelist())
        for name in old.namelist():
            if name not in gone:
                member = old.read(name)
                new.writestr(name, flipped(member, chance) if name == broken else member)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("figures.xlsx", cut),
        ("figures.xlsx", flipped),
        ("figures.xlsx", without_parts),
        ("figures.xls", cut),
        ("figures.xls", flipped),
        ("protected.xlsx", flipped),
    ],
)
def test_a_damaged_file_gives_a_workbook_or_a_fault(
    file: Path, capfd: pytest.CaptureFixture[str], name: str, damage: Callable[[bytes, random.Random], bytes]
) -> None:
    """And nothing is said on the terminal."""
    content = (DATA / name).read_bytes()
    chance = random.Random(7)  # noqa: S311 - the same damages every time
    for _ in range(300):
        file.write_bytes(damage(content, chance))
        assert isinstance(read_workbook(file), Workbook | WorkbookFault)
    assert ("", "") == tuple(capfd.readouterr())


def test_a_chain_of_sectors_that_never_ends_is_not_followed(file: Path) -> None:
    """A small .xls is a chain of 64-byte sectors; here, each sector is its own successor."""
    content = (DATA / "figures.xls").read_bytes()
    chains, sectors = 512 * (1 + int.from_bytes(content[60:64], "little")), 128
    around = b"".join(sector.to_bytes(4, "little") for sector in range(sectors))
    file.write_bytes(content[:chains] + around + content[chains + len(around) :])
    assert code_of(file) == "unreadable-workbook"


# The extra


def run(*lines: str) -> str:
    command = [sys.executable, "-c", "; ".join(("import sys", "from pathlib import Path", *lines))]
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout.strip()


@pytest.mark.parametrize(("library", "name"), [("openpyxl", "figures.xlsx"), ("xlrd", "figures.xls")])
def test_a_missing_library_is_named_by_the_extra_that_brings_it(library: str, name: str) -> None:
    said = run(
        f"sys.modules[{library!r}] = None",
        "from kpicard.actuals.files.workbook import read_workbook",
        f"print(*read_workbook(Path({str(DATA / name)!r})))",
    )
    assert said == "missing-extra kpicard[excel]"


def test_the_libraries_are_not_loaded_before_a_workbook_is_read() -> None:
    assert run("import kpicard.actuals.files.workbook", "print({'openpyxl', 'xlrd'} & set(sys.modules))") == "set()"
