"""Make this folder: one month of actuals in the many dresses in which such files arrive, and what is expected of each.

Run it from anywhere, with LibreOffice's `soffice` on the path and kpicard, DuckDB and openpyxl installed:

    python tests/cases/exports/make.py

It deletes and writes every folder here. The figures are those of examples/2026-10.csv. What is expected never comes
from reading the dresses: cards are scored from the same figures written plainly (`plain` is that file, `month.csv` its
cards), and problems are written down below, each beside the cell that is made wrong. The tests do not run this script.
"""

from __future__ import annotations

import csv
import io
import shlex
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple
from xml.sax.saxutils import escape, quoteattr

import duckdb
import openpyxl
import yaml

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parents[2]
ROLES: Final = ROOT / "roles"

Table = list[list[str]]


# The month


@dataclass(frozen=True)
class Row:
    """One figure; its fields are what the columns of a file may hold. `target` is the role's own."""

    period: str
    employee: str
    name: str
    team: str
    role: str
    role_en: str
    role_zh: str
    kpi: str
    kpi_en: str
    kpi_zh: str
    unit_en: str
    unit_zh: str
    target: str
    actual: str
    numerator: str = ""
    denominator: str = ""
    note: str = ""


def examples() -> list[Row]:
    """Return the example month, its figures written plainly."""
    roles = {}
    for file in ROLES.glob("*.yaml"):
        role = yaml.safe_load(file.read_text("utf-8"))
        roles[role.get("id")] = role
    rows = []
    with (ROOT / "examples" / "2026-10.csv").open(encoding="utf-8", newline="") as stream:
        for given in csv.DictReader(stream):
            role = roles[given["role"]]
            (kpi,) = (each for each in role["kpis"] if each["id"] == given["kpi"])
            unit = kpi["unit"]
            rows.append(
                Row(
                    period=given["period"],
                    employee=given["employee"],
                    name=given["name"],
                    team=given["team"],
                    role=given["role"],
                    role_en=role["title"]["en"],
                    role_zh=role["title"]["zh"],
                    kpi=given["kpi"],
                    kpi_en=kpi["name"]["en"],
                    kpi_zh=kpi["name"]["zh"],
                    unit_en=unit if isinstance(unit, str) else unit["en"],
                    unit_zh=unit if isinstance(unit, str) else unit["zh"],
                    target=str(kpi["target"]),
                    actual=given["actual"].replace(",", "").replace("%", ""),
                )
            )
    return rows


EXAMPLES: Final = examples()


def of(*employees: str) -> list[Row]:
    """Return the figures of some employees."""
    return [row for row in EXAMPLES if row.employee in employees]


MONTH: Final = of("E006", "E008", "E010", "E014", "E017", "E021")
"""Six people in five roles, so that every unit of the shipped roles occurs, a figure below 0 and one not applicable."""


def spelled(rows: Sequence[Row], spellings: str) -> list[Row]:
    """Return the rows with other spellings of the actuals: a line per person, a `|` between two KPIs."""
    texts = [text for line in spellings.strip().splitlines() for text in line.split("|")]
    return [replace(row, actual=text.strip(" ")) for row, text in zip(rows, texts, strict=True)]


def dated(rows: Sequence[Row], *periods: str) -> list[Row]:
    """Return the rows with other spellings of the period, one after the other and again from the first."""
    return [replace(row, period=periods[number % len(periods)]) for number, row in enumerate(rows)]


def changed(rows: Sequence[Row], employee: str, kpi: str, actual: str) -> list[Row]:
    """Return the rows with one actual changed."""
    return [replace(row, actual=actual) if (row.employee, row.kpi) == (employee, kpi) else row for row in rows]


# Tables of texts, and text files

Columns = Mapping[str, str]
"""The heading of each column, and the field of `Row` that it holds."""

PLAIN: Final = {each: each for each in ("period", "employee", "name", "team", "role", "kpi", "actual", "note")}
CHINESE: Final = {
    "考核周期": "period",
    "员工": "employee",
    "姓名": "name",
    "团队": "team",
    "岗位": "role_zh",
    "考核指标": "kpi_zh",
    "实际值": "actual",
    "备注": "note",
}
SHORT: Final = {
    "考核周期": "period",
    "员工": "employee",
    "岗位": "role_zh",
    "考核指标": "kpi_zh",
    "实际值": "actual",
}
PEOPLE: Final = {"考核周期": "period", "员工": "employee", "姓名": "name", "岗位": "role_zh"}


def long(rows: Iterable[Row], columns: Columns = SHORT) -> Table:
    """Return a heading, and a row per figure."""
    return [list(columns), *([str(getattr(row, field)) for field in columns.values()] for row in rows)]


def wide(rows: Sequence[Row], columns: Columns = PEOPLE, kpi: str = "{0.kpi_zh}") -> Table:
    """Return a heading, and a row per person with a column per KPI; `kpi` is how the latter is headed."""
    headings = list(dict.fromkeys(kpi.format(row) for row in rows))
    figures = {(row.employee, kpi.format(row)): row.actual for row in rows}
    people = {row.employee: row for row in rows}
    table = [[*columns, *headings]]
    for employee, row in people.items():
        cells = [str(getattr(row, field)) for field in columns.values()]
        table.append([*cells, *(figures.get((employee, heading), "") for heading in headings)])
    return table


def text_of(table: Table, separator: str = ",", end: str = "\n", *, quote_all: bool = False) -> str:
    """Return a table as the text of a CSV file."""
    stream = io.StringIO()
    csv.writer(
        stream, delimiter=separator, lineterminator=end, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    ).writerows(table)
    return stream.getvalue()


def at(path: str, text: str, cell: str) -> str:
    """Return the place of a cell in a text file, given by what it begins with, which stands there just once."""
    assert text.count(cell) == 1, (path, cell)
    before = text[: text.index(cell)].replace("\r\n", "\n")
    return f"{path}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


# Workbooks


class Cell(NamedTuple):
    """A typed cell of a workbook; a text that begins with `=` is a formula. `rows` and `columns` is what it spans."""

    value: str | Decimal | date | timedelta
    style: str = ""
    rows: int = 1
    columns: int = 1


SheetRows = list[list[Cell | str | None]]
"""The cells of a sheet; a text stands for a cell of it, and None for one that is covered by a merged one."""


class Sheet(NamedTuple):
    """A sheet of a workbook."""

    name: str
    rows: Sequence[Sequence[Cell | str | None]]
    hidden: bool = False


STYLES: Final = {
    "0%": '<number:percentage-style style:name="{}"><number:number number:decimal-places="0"'
    ' number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>',
    "0.00%": '<number:percentage-style style:name="{}"><number:number number:decimal-places="2"'
    ' number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>',
    "#,##0": '<number:number-style style:name="{}"><number:number number:decimal-places="0"'
    ' number:min-integer-digits="1" number:grouping="true"/></number:number-style>',
    "yyyy-mm": '<number:date-style style:name="{}"><number:year number:style="long"/><number:text>-</number:text>'
    '<number:month number:style="long"/></number:date-style>',
    "yyyy/m/d": '<number:date-style style:name="{}"><number:year number:style="long"/><number:text>/</number:text>'
    "<number:month/><number:text>/</number:text><number:day/></number:date-style>",
    "[h]:mm:ss": '<number:time-style style:name="{}" number:truncate-on-overflow="false"><number:hours/>'
    '<number:text>:</number:text><number:minutes number:style="long"/>'
    '<number:text>:</number:text><number:seconds number:style="long"/></number:time-style>',
}
"""The number formats that are used here, as spreadsheets call them and as OpenDocument has them."""

OCTOBER: Final = Cell(date(2026, 10, 1), "yyyy-mm")


def typed(row: Row, percent: str = "0.00%") -> Cell:
    """Return an actual as somebody who knows spreadsheets enters it: percent, duration, number or text."""
    try:
        value = Decimal(row.actual)
    except ArithmeticError:
        return Cell(row.actual)
    if row.unit_en == "%":
        return Cell(value / 100, percent)
    seconds = {"s": 1, "min": 60, "h": 3600}.get(row.unit_en)
    if seconds:
        return Cell(timedelta(milliseconds=int(value * seconds * 1000)), "[h]:mm:ss")
    return Cell(value, "#,##0" if value >= 1000 else "")


def typed_rows(rows: Sequence[Row], columns: Columns = SHORT, percent: str = "0.00%") -> SheetRows:
    """Return a long table with typed periods and actuals."""
    found: SheetRows = [[*columns]]
    for row in rows:
        cells = {"period": OCTOBER, "actual": typed(row, percent)}
        found.append([cells.get(field, getattr(row, field)) for field in columns.values()])
    return found


def numbered(table: Table) -> SheetRows:
    """Return a table whose numbers are numbers, as a spreadsheet takes them from a text file."""

    def cell(text: str) -> Cell | str:
        return Cell(Decimal(text)) if text.lstrip("-").replace(".", "", 1).isdecimal() else text

    return [[cell(text) for text in row] for row in table]


def opendocument(sheets: Sequence[Sheet]) -> str:
    """Return a workbook as flat OpenDocument, for LibreOffice to compute and to save."""
    styles = "".join(xml.format(f"N{number}") for number, xml in enumerate(STYLES.values()))
    styles += "".join(
        f'<style:style style:name="c{number}" style:family="table-cell" style:data-style-name="N{number}"/>'
        for number in range(len(STYLES))
    )
    tables = "".join(
        f'<table:table table:name={quoteattr(sheet.name)} table:style-name="{"hidden" if sheet.hidden else "shown"}">'
        + "".join(f"<table:table-row>{''.join(map(_cell_xml, row)) or _EMPTY}</table:table-row>" for row in sheet.rows)
        + "</table:table>"
        for sheet in sheets
    )
    names = ("office", "table", "text", "style")
    spaces = "".join(f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document{spaces} office:version="1.2"'
        ' xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"'
        ' xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"'
        ' office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
        f"<office:automatic-styles>{styles}"
        '<style:style style:name="shown" style:family="table"><style:table-properties table:display="true"/>'
        '</style:style><style:style style:name="hidden" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document>"
    )


_EMPTY: Final = "<table:table-cell/>"


def _cell_xml(cell: Cell | str | None) -> str:
    if cell is None:
        return "<table:covered-table-cell/>"
    value, style, rows, columns = cell if isinstance(cell, Cell) else Cell(cell)
    attributes = f' table:style-name="c{list(STYLES).index(style)}"' if style else ""
    if (rows, columns) != (1, 1):
        attributes += f' table:number-rows-spanned="{rows}" table:number-columns-spanned="{columns}"'
    if isinstance(value, Decimal):
        kind = "percentage" if style.endswith("%") else "float"
        return f'<table:table-cell{attributes} office:value-type="{kind}" office:value="{value}"/>'
    if isinstance(value, date):
        return f'<table:table-cell{attributes} office:value-type="date" office:date-value="{value}"/>'
    if isinstance(value, timedelta):
        time = f"PT{value.total_seconds():.3f}S"
        return f'<table:table-cell{attributes} office:value-type="time" office:time-value="{time}"/>'
    if value.startswith("="):
        return f"<table:table-cell{attributes} table:formula={quoteattr('of:' + value)}/>"
    if not value:
        return f"<table:table-cell{attributes}/>"
    return (
        f'<table:table-cell{attributes} office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
    )


def libreoffice(sheets: Sequence[Sheet], target: str) -> bytes:
    """Return a workbook as LibreOffice saves it; `target` is as `--convert-to` has it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "source.fods"
        source.write_text(opendocument(sheets), "utf-8")
        command = ["soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
        options = ["--convert-to", target, "--outdir", str(folder / "saved"), str(source)]
        subprocess.run([*command, *options], check=True, capture_output=True)
        (file,) = (folder / "saved").iterdir()
        return file.read_bytes()


def xlsx(*sheets: Sheet) -> bytes:
    """Return an .xlsx workbook, saved by LibreOffice."""
    return libreoffice(sheets, "xlsx:Calc MS Excel 2007 XML")


def xls(*sheets: Sheet) -> bytes:
    """Return an .xls workbook, saved by LibreOffice."""
    return libreoffice(sheets, "xls:MS Excel 97")


UTF_8: Final = 76
GBK: Final = 67
GB18030: Final = 85
UTF_16: Final = 65535
"""Character sets, as LibreOffice numbers them."""


def saved_csv(sheet: Sheet, charset: int = UTF_8, separator: str = ",", *, quote_all: bool = False) -> bytes:
    """Return a CSV file, saved by LibreOffice with the cells as they are shown."""
    options = f"{ord(separator)},34,{charset},1,,0,{str(quote_all).lower()},true"
    return libreoffice([sheet], f"csv:Text - txt - csv (StarCalc):{options}")


def openpyxl_xlsx(*sheets: Sheet) -> bytes:
    """Return an .xlsx workbook, written by openpyxl: formulas are without results."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        page.sheet_state = "hidden" if sheet.hidden else "visible"
        for row, cells in enumerate(sheet.rows, start=1):
            for column, each in enumerate(cells, start=1):
                if each is None:
                    continue
                value, style, rows, columns = each if isinstance(each, Cell) else Cell(each)
                cell = page.cell(row, column, (float(value) if isinstance(value, Decimal) else value) or None)
                cell.number_format = style or cell.number_format
                if (rows, columns) != (1, 1):
                    page.merge_cells(None, row, column, row + rows - 1, column + columns - 1)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def docx(text: str) -> bytes:
    """Return a document of a text processor: a zip archive, as an .xlsx is."""
    office = "http://schemas.openxmlformats.org"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{office}/package/2006/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{office}/package/2006/relationships"><Relationship Id="rId1"'
        f' Type="{office}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/document.xml": f'<w:document xmlns:w="{office}/wordprocessingml/2006/main"><w:body><w:p><w:r>'
        f"<w:t>{escape(text)}</w:t></w:r></w:p></w:body></w:document>",
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{xml}')
    return stream.getvalue()


def parquet(select: str, rows: Sequence[Row]) -> bytes:
    """Return a Parquet file, written by DuckDB from a SELECT; `figures` has the rows, all texts."""
    database = duckdb.connect()
    fields = [*SHORT.values(), "name", "team"]
    database.execute(f"CREATE TABLE figures ({', '.join(f'{field} VARCHAR' for field in fields)})")
    values = [[getattr(row, field) for field in fields] for row in rows]
    database.executemany(f"INSERT INTO figures VALUES ({', '.join('?' for _ in fields)})", values)
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "figures.parquet"
        database.execute(f"COPY ({select}) TO '{file}' (FORMAT parquet)")
        return file.read_bytes()


# What is expected


def scored(rows: Sequence[Row]) -> str:
    """Return the cards of figures that are written plainly, as CSV."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "plain.csv"
        file.write_text(text_of(long(rows, PLAIN)), "utf-8")
        command = [sys.executable, "-m", "kpicard", "score", str(file), "--roles", str(ROLES), "--format", "csv"]
        done = subprocess.run(command, check=True, capture_output=True, cwd=name)
        assert not done.stderr, done.stderr
        return done.stdout.decode()


CARDS: Final = scored(MONTH)


def without(*employees: str) -> str:
    """Return the cards of the month, but those of some employees, which are withheld."""
    return "".join(line for line in CARDS.splitlines(True) if line.split(",")[1] not in employees)


def only(*employees: str) -> str:
    """Return the cards of the month of some employees."""
    return without(*{row.employee for row in MONTH} - {*employees})


NO_CARDS: Final = only()


Files = Mapping[str, str | bytes]


def case(
    name: str,
    files: Files,
    problems: Sequence[str] = (),
    cards: str | None = None,
    args: Sequence[str] = (),
) -> None:
    """Write a case. Without `cards` those of the month are expected; without `args` all its files are given."""
    folder = HERE / name
    assert not folder.exists(), name
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    (folder / "expected.txt").write_bytes("".join(f"{problem}\n" for problem in problems).encode())
    if cards is not None:
        (folder / "expected.csv").write_bytes(cards.encode())
    if args:
        (folder / "args.txt").write_bytes(f"{shlex.join(args)}\n".encode())


# 1. Encodings and separators


def encodings() -> None:
    """The month as CSV in every encoding that spreadsheets write."""
    case("plain", {"actuals.csv": text_of(long(MONTH, PLAIN))})
    shown = Sheet("Sheet1", [*_shown(MONTH)])
    case("utf-8-libreoffice", {"导出.csv": saved_csv(shown)})
    case("utf-8-bom", {"导出.csv": b"\xef\xbb\xbf" + saved_csv(shown)})
    case("utf-16-le-libreoffice", {"导出.csv": saved_csv(shown, UTF_16)})
    case("utf-16-be", {"导出.csv": b"\xfe\xff" + text_of(long(MONTH, CHINESE)).encode("utf-16-be")})
    case("gbk-libreoffice", {"导出.csv": saved_csv(shown, GBK)})
    noted = [replace(row, note="𠮷祥店铺" if row.employee == "E017" else "") for row in MONTH]
    four_bytes = saved_csv(Sheet("Sheet1", [*_shown(noted)]), GB18030)
    assert "𠮷".encode("gb18030") in four_bytes
    case("gb18030-libreoffice", {"导出.csv": four_bytes})

    text = text_of(long(changed(MONTH, "E017", "response-time", "28公斤"), CHINESE))
    problem = f"{at('导出.csv', text, '28公斤')} bad-value"
    case("gbk-bad-value", {"导出.csv": text.encode("gbk")}, [problem], without("E017"))
    with_bom = b"\xff\xfe" + text.replace("\n", "\r\n").encode("utf-16-le")
    case("utf-16-bad-value", {"导出.csv": with_bom}, [problem], without("E017"))


def _shown(rows: Sequence[Row]) -> SheetRows:
    """Return cells whose look says all that they hold: times are numbers, since a look rounds them to seconds."""
    found: SheetRows = [[*CHINESE]]
    for row in rows:
        cell = typed(row)
        actual = Cell(Decimal(row.actual)) if isinstance(cell.value, timedelta) else cell
        cells = {"period": OCTOBER, "actual": actual}
        found.append([cells.get(field, getattr(row, field)) for field in CHINESE.values()])
    return found


def separators() -> None:
    """The month with other separators, quotes and line ends."""
    shown = Sheet("Sheet1", _shown(MONTH))
    case("tabs-tsv", {"导出.tsv": saved_csv(shown, UTF_8, "\t")})
    case("tabs-csv-utf-16", {"导出.csv": saved_csv(shown, UTF_16, "\t")})
    case("semicolons", {"导出.csv": saved_csv(shown, UTF_8, ";")}, args=("导出.csv", "--decimal", "."))
    case("semicolons-gbk-wide", {"导出.csv": text_of(wide(MONTH), ";", "\r\n").encode("gbk")})
    case("all-quoted-libreoffice", {"导出.csv": saved_csv(shown, quote_all=True)})
    case("all-quoted-crlf", {"导出.csv": text_of(long(MONTH, CHINESE), end="\r\n", quote_all=True)})
    case("crlf-bom", {"导出.csv": b"\xef\xbb\xbf" + text_of(long(MONTH), end="\r\n").encode()})
    heading, rows = text_of(long(MONTH)).split("\n", 1)
    case("full-width-commas-in-the-heading", {"导出.csv": f"{heading.replace(',', '，')}\n{rows}"})
    case("sep-line", {"导出.csv": "sep=;\r\n" + text_of(long(MONTH, CHINESE), ";", "\r\n")})

    wrong = long(changed(MONTH, "E017", "response-time", "约28"))
    text = "sep=;\n" + text_of(wrong, ";")
    case("sep-line-bad-value", {"导出.csv": text}, [f"{at('导出.csv', text, '约28')} bad-value"], without("E017"))
    text = text_of(wrong, "\t")
    case("tabs-bad-value", {"导出.tsv": text}, [f"{at('导出.tsv', text, '约28')} bad-value"], without("E017"))


# 2. Workbooks and Parquet


def workbooks() -> None:
    """The month in workbooks, as they are laid out by people and by programs."""
    rows = typed_rows(MONTH)
    case("xlsx-libreoffice", {"考核.xlsx": xlsx(Sheet("Sheet1", rows))})
    case("xls-libreoffice", {"考核.xls": xls(Sheet("Sheet1", rows))})
    case("xlsx-openpyxl", {"考核.xlsx": openpyxl_xlsx(Sheet("Sheet1", typed_rows(MONTH, CHINESE, "0%")))})
    case("xlsx-wide", {"考核.xlsx": xlsx(Sheet("Sheet1", numbered(wide(dated(MONTH, "2026年10月")))))})
    texts = Sheet("Sheet1", long(spelled(MONTH, UNITS), CHINESE))
    case("xlsx-numbers-as-texts", {"考核.xlsx": openpyxl_xlsx(texts)})

    merged = Sheet("Sheet1", _merged(MONTH))
    case("xlsx-merged-cells", {"考核.xlsx": xlsx(merged)})
    case("xls-merged-cells", {"考核.xls": xls(merged)})
    case("xlsx-openpyxl-merged-cells", {"考核.xlsx": openpyxl_xlsx(merged)})

    title: list[Cell | str | None] = [Cell("淘宝天猫电子商务部 2026年10月绩效考核实际值", columns=6), *[None] * 5]
    above: SheetRows = [title, ["", "制表人：人力资源部"], [], []]
    indented: SheetRows = [["", *row] for row in rows]
    case("xlsx-title-rows", {"考核.xlsx": xlsx(Sheet("Sheet1", [*above, *rows]))})
    case("xls-title-rows-and-blank-column", {"考核.xls": xls(Sheet("Sheet1", [*above, *indented]))})
    case("xlsx-formulas", {"考核.xlsx": xlsx(Sheet("Sheet1", _formulas()))})
    days = [[Cell(date(2026, 10, 31), "yyyy/m/d") if cell == OCTOBER else cell for cell in row] for row in rows]
    case("xlsx-last-day", {"考核.xlsx": xlsx(Sheet("Sheet1", days))})


def _merged(rows: Sequence[Row]) -> SheetRows:
    """Return the long form with the period merged over all rows, and each role and employee over the rows of his."""
    found: SheetRows = [["考核周期", "岗位", "员工", "考核指标", "实际值"]]
    before: Row | None = None
    for row in rows:
        cells: list[Cell | str | None] = []
        for field in ("period", "role_zh", "employee"):
            value = getattr(row, field)
            count = sum(getattr(each, field) == value for each in rows)
            is_first = before is None or getattr(before, field) != value
            cells.append(Cell(value, rows=count) if is_first else None)
        found.append([*cells, row.kpi_zh, typed(row)])
        before = row
    return found


def _formulas() -> SheetRows:
    """Return the month with formulas where people have them: sums, shares, joined texts, dates."""
    formulas = {
        ("E008", "campaign-participants"): Cell("=SUM(2390;1500;890)"),
        ("E010", "content-reads"): Cell("=ROUND(128499.6;0)", "#,##0"),
        ("E017", "repurchase-rate"): Cell("=47/200", "0.00%"),
        ("E017", "response-time"): Cell("=5.7/0.2"),
        ("E017", "complaint-resolution-time"): Cell("=TIME(7;42;0)+1", "[h]:mm:ss"),
        ("E021", "business-metric-attainment"): Cell("=1-0.25", "0%"),
    }
    found = typed_rows(MONTH)
    for cells, row in zip(found[1:], MONTH, strict=True):
        cells[0] = Cell("=DATE(2026;10;1)", "yyyy-mm")
        cells[1] = Cell(f'="E0"&"{row.employee[2:]}"')
        cells[4] = formulas.get((row.employee, row.kpi), cells[4])
    return found


def sheets() -> None:
    """Workbooks with more than one sheet."""
    rows = typed_rows(MONTH)
    notes = [["填写说明"], ["1. 每人每指标一行"], ["2. 不适用请填“不适用”"]]
    lists = [["部门", "主管"], ["客服组", "张"], ["内容组", "李"]]
    case("xlsx-hidden-sheet", {"考核.xlsx": xlsx(Sheet("Sheet1", rows), Sheet("名单", lists, hidden=True))})
    case("xls-hidden-sheet", {"考核.xls": xls(Sheet("Sheet1", rows), Sheet("名单", lists, hidden=True))})
    unused = ["考核.xlsx:说明 sheet-not-used"]
    case("xlsx-instructions-sheet", {"考核.xlsx": xlsx(Sheet("说明", notes), Sheet("实际值", rows))}, unused)
    unused = ["考核.xls:说明 sheet-not-used"]
    case("xls-instructions-sheet", {"考核.xls": xls(Sheet("实际值", rows), Sheet("说明", notes))}, unused)

    service = [row for row in MONTH if row.role == "customer-service"]
    others = [row for row in MONTH if row.role != "customer-service"]
    both = xlsx(Sheet("客服", typed_rows(service)), Sheet("其他", typed_rows(others)))
    case("xlsx-two-sheets", {"考核.xlsx": both}, ["考核.xlsx which-sheet"], NO_CARDS)
    chosen = only("E014", "E017")
    case("xlsx-two-sheets-chosen", {"考核.xlsx": both}, [], chosen, ["考核.xlsx", "--sheet", "客服"])
    missing = ["考核.xlsx no-such-sheet"]
    case("xlsx-no-such-sheet", {"考核.xlsx": both}, missing, NO_CARDS, ["考核.xlsx", "--sheet", "技术"])
    book = xls(Sheet("客服", typed_rows(service)), Sheet("其他", typed_rows(others)))
    case("xls-two-sheets-chosen", {"考核.xls": book}, [], without("E014", "E017"), ["考核.xls", "--sheet", "其他"])


def wrong_cells() -> None:
    """Workbooks with a cell that is wrong: it is named as the spreadsheet names it."""

    def with_cell(employee: str, kpi: str, cell: Cell | str) -> SheetRows:
        found = typed_rows(MONTH)
        for cells, row in zip(found[1:], MONTH, strict=True):
            if (row.employee, row.kpi) == (employee, kpi):
                cells[4] = cell
        return found

    def placed(rows: SheetRows, employee: str, kpi: str, column: str = "E") -> str:
        number = next(number for number, row in enumerate(MONTH) if (row.employee, row.kpi) == (employee, kpi))
        return f"Sheet1!{column}{len(rows) - len(MONTH) + number + 1}"

    slow = ("E017", "response-time")
    rows = with_cell(*slow, "28公斤")
    problem = f"考核.xlsx:{placed(rows, *slow)} bad-value"
    case("xlsx-bad-value", {"考核.xlsx": xlsx(Sheet("Sheet1", rows))}, [problem], without("E017"))
    lower: SheetRows = [["一线人员考核"], [], *(["", "", *row] for row in rows)]
    problem = f"考核.xls:{placed(lower, *slow, 'G')} bad-value"
    case("xls-bad-value-below-a-title", {"考核.xls": xls(Sheet("Sheet1", lower))}, [problem], without("E017"))
    rows = with_cell("E017", "repurchase-rate", Cell("=1/0", "0.00%"))
    problem = f"考核.xlsx:{placed(rows, 'E017', 'repurchase-rate')} bad-value"
    case("xlsx-error-value", {"考核.xlsx": xlsx(Sheet("Sheet1", rows))}, [problem], without("E017"))
    problem = problem.replace("xlsx", "xls")
    case("xls-error-value", {"考核.xls": xls(Sheet("Sheet1", rows))}, [problem], without("E017"))
    rows = with_cell("E017", "repurchase-rate", Cell("=47/200", "0.00%"))
    problem = f"考核.xlsx:{placed(rows, 'E017', 'repurchase-rate')} bad-value"
    case("formula-without-result", {"考核.xlsx": openpyxl_xlsx(Sheet("Sheet1", rows))}, [problem], without("E017"))
    rows = with_cell(*slow, "")
    problem = f"考核.xlsx:{placed(rows, *slow)} not-reported"
    case("xlsx-not-reported", {"考核.xlsx": xlsx(Sheet("Sheet1", rows))}, [problem], without("E017"))
    rows = with_cell("E017", "repurchase-rate", Cell(Decimal("0.235")))
    problem = f"考核.xlsx:{placed(rows, 'E017', 'repurchase-rate')} unit-slip"
    cards = scored(changed(MONTH, "E017", "repurchase-rate", "0.235"))
    case("xlsx-unit-slip", {"考核.xlsx": xlsx(Sheet("Sheet1", rows))}, [problem], cards)


def parquet_files() -> None:
    """The month as Parquet: a typed column has no place for what is not applicable."""
    long_form = """SELECT CAST(period || '-01' AS DATE) AS period, employee, name, team, role_zh AS role,
        kpi_zh AS kpi, CAST(actual AS {}) AS actual FROM figures"""
    figures = [row for row in MONTH if row.employee != "E014"]
    case("parquet-double", {"actuals.parquet": parquet(long_form.format("DOUBLE"), figures)}, [], without("E014"))
    decimals = parquet(long_form.format("DECIMAL(18, 4)"), figures)
    case("parquet-decimal", {"actuals.parquet": decimals}, [], without("E014"))
    texts = """SELECT period AS 考核周期, employee AS 员工, role_zh AS 岗位, kpi_zh AS 考核指标, actual AS 实际值
        FROM figures"""
    case("parquet-texts", {"actuals.parquet": parquet(texts, spelled(MONTH, UNITS))})
    kpis = ", ".join(
        f"""CAST(MAX(actual) FILTER (kpi_zh = '{row.kpi_zh}') AS DOUBLE) AS "{row.kpi_zh}\"""" for row in figures
    )
    person = "CAST(period || '-01' AS DATE) AS 月份, employee AS 工号, name AS 姓名, role_zh AS 岗位"
    pivoted = f"SELECT {person}, {kpis} FROM figures GROUP BY ALL ORDER BY employee"
    case("parquet-wide", {"actuals.parquet": parquet(pivoted, figures)}, [], without("E014"))


# 3. Headings


def headings() -> None:
    """The month under other headings."""
    tables: dict[str, Columns] = {
        "headings-month-and-number": {
            "月份": "period",
            "工号": "employee",
            "姓名": "name",
            "部门": "team",
            "岗位名称": "role_zh",
            "指标名称": "kpi_zh",
            "完成值": "actual",
            "目标": "target",
            "说明": "note",
        },
        "headings-cycle-and-post": {
            "周期": "period",
            "工号": "employee",
            "姓名": "name",
            "小组": "team",
            "职位": "role_zh",
            "指标": "kpi_zh",
            "目标值": "target",
            "实绩": "actual",
            "备注": "note",
        },
        "headings-date": {
            "日期": "period",
            "员工": "employee",
            "团队": "team",
            "岗位": "role_zh",
            "考核指标": "kpi_zh",
            "实际完成": "actual",
        },
        "headings-upper-case-and-blanks": {
            " PERIOD": "period",
            "Employee ID": "employee",
            "NAME": "name",
            "Team": "team",
            " Role ": "role_en",
            " KPI ": "kpi_en",
            "Actual Value": "actual",
            "NOTE ": "note",
        },
    }
    for name, columns in tables.items():
        case(name, {"导出.csv": text_of(long(MONTH, columns))})
    columns = {"考核周期": "period", "姓名": "name", "岗位": "role_zh", "考核指标": "kpi_zh", "实际值": "actual"}
    named = scored([replace(row, employee=row.name) for row in MONTH])
    case("headings-name-alone", {"导出.csv": text_of(long(MONTH, columns))}, [], named)
    case("headings-wide", {"导出.csv": text_of(wide(MONTH, {"月份": "period", "工号": "employee", "职位": "role_zh"}))})
    units = text_of(wide(MONTH, kpi="{0.kpi_zh}（{0.unit_zh}）"))
    case("headings-wide-units", {"导出.csv": units})
    english = {"Period": "period", "Employee ID": "employee", "Role": "role_en"}
    units = text_of(wide(MONTH, english, kpi="{0.kpi_en} ({0.unit_en})"))
    case("headings-wide-units-english", {"export.csv": units})

    doubled = {
        "two-employees": {"考核周期": "period", "工号": "employee", "员工": "employee"},
        "two-periods": {"月份": "period", "日期": "period", "员工": "employee"},
        "two-teams": {"考核周期": "period", "员工": "employee", "部门": "team", "小组": "team"},
    }
    rest = {"岗位": "role_zh", "考核指标": "kpi_zh", "实际值": "actual"}
    for (name, columns), second in zip(doubled.items(), ("员工", "日期", "小组"), strict=True):
        text = text_of(long(MONTH, columns | rest))
        code = "unclear-column" if name == "two-teams" else "doubled-column"
        problem = f"{at('导出.csv', text, second)} {code}"
        case(f"headings-{name}", {"导出.csv": text}, [problem], None if name == "two-teams" else NO_CARDS)


# 4. Periods


def periods() -> None:
    """The month as people write it, in cells and in names of files."""
    spellings = ["2026/10", "2026.10", "202610", "2026年10月", "2026年10月份", "Oct 2026", "October 2026"]
    spellings += ["2026-10-01", "2026/10/1", "2026-10-31 00:00:00", "2026-１０", "２０２６年１０月"]
    case("periods-in-every-spelling", {"导出.csv": text_of(long(dated(MONTH, *spellings)))})
    case("periods-timestamps", {"导出.csv": text_of(wide(dated(MONTH, "2026-10-31 00:00:00")))})
    case("periods-english", {"export.csv": text_of(long(dated(MONTH, "Oct 2026", "October 2026"), PLAIN))})

    undated = {heading: field for heading, field in CHINESE.items() if field != "period"}
    case("period-in-name-chinese", {"客服_2026年10月.csv": text_of(long(MONTH, undated))})
    case("period-in-name-digits", {"kpi_202610.csv": text_of(long(MONTH, undated)).encode("gbk")})
    rows = [cells[1:] for cells in typed_rows(MONTH)]
    case("period-in-name-point", {"KPI 2026.10.xlsx": xlsx(Sheet("Sheet1", rows))})

    people = of("E013", "E014", "E015", "E016", "E017", "E018")
    wrong = ("2026.1", "10月", "46296", "2026-13", "01/10/2026", "2026-10")
    periods = dict(zip(dict.fromkeys(row.employee for row in people), wrong, strict=True))
    columns = {"员工": "employee", "月份": "period", "岗位": "role_zh"}
    text = text_of(wide([replace(row, period=periods[row.employee]) for row in people], columns))
    problems = [f"{at('导出.csv', text, f'{period},客服')} bad-period" for period in wrong[:-1]]
    case("periods-bad", {"导出.csv": text}, problems, scored(of("E018")))


# 5. Quantities

UNITS: Final = """
-3.7%  | 0.71次/月 | 33.33％  | 4.62分
2.79倍 | 2.81%     | 8.3 %    | 4780人
12.85万次 | 6.1%   | 2.38%    | 4.70 分
4.53分 | 不适用    | 25.8秒   | 26.1%
4.42分 | 31.7小时  | 28.5 秒  | 23.5%
96.97% | 91.67%    | 43.5分钟 | 75%
"""
ENGLISH_UNITS: Final = """
-3.7 percent | 0.71 turns/month | 33.33% | 4.62 points
2.79 times | 2.81% | 8.3% | 4780 People
128500 reads | 6.1% | 2.38% | 4.70points
4.53 points | N/A | 25.8 s | 26.1%
4.42 points | 31.7 hours | 28.5s | 23.5%
96.97% | 91.67% | 43.5 mins | 75%
"""
DURATIONS: Final = """
-3.7 | 0.71 | 33.33 | 4.62
2.79 | 2.81 | 8.3 | 4780
128500 | 6.1 | 2.38 | 4.70
4.53 | N/A | 25.8s | 26.1
4.42 | 31h42m | 28.5 s | 23.5
96.97 | 91.67 | 43m 30s | 75
"""
CHINESE_DURATIONS: Final = """
-3.7 | 0.71 | 33.33 | 4.62
2.79 | 2.81 | 8.3 | 4780
128500 | 6.1 | 2.38 | 4.70
4.53 | 不适用 | 25.8秒 | 26.1
4.42 | 1天7小时42分钟 | 0分28.5秒 | 23.5
96.97 | 91.67 | 43分30秒 | 75
"""
CLOCKS: Final = """
-3.7 | 0.71 | 33.33 | 4.62
2.79 | 2.81 | 8.3 | 4780
128500 | 6.1 | 2.38 | 4.70
4.53 | N/A | 0:00:25.8 | 26.1
4.42 | 31:42:00 | 00:00:28.5 | 23.5
96.97 | 91.67 | 0:43:30 | 75
"""
FULL_WIDTH: Final = """
－３．７ | ０．７１ | ３３．３３％ | ４．６２
２．７９ | ２．８１％ | ８．３ | ４７８０
１２８，５００ | ６．１ | ２．３８ | ４．７０
４．５３ | 不适用 | ２５．８ | ２６．１
４．４２ | ３１．７ | ２８．５ | ２３．５％
９６．９７％ | ９１．６７ | ４３．５ | ７５
"""
GROUPED: Final = """
(3.7) | +0.71 | 33.330 | 4.62
2.79 | 2.81 | 8.3 | 4,780
128,500.00 | 6.1 | 2.38 | 4.7
4.53 | n/a | 25.8 | 26.1
4.42 | 31.70 | 28.50 | 23.50
96.97 | 91.67 | 43.5 | 75.0
"""
BLANKS: Final = """
- 3.7 | \u00a00.71 | 33.33\u3000 | \u30004.62\u3000
2.79\u00a0 | 2.81 % | 8.3\u3000% | 4 780
128\u00a0500 | \t6.1 | 2.38\t | 4.70
4.53 | \u00a0N/A\u00a0 | 25.8 | 26.1
4.42 | 31.7\u00a0h | 28.5\u3000s | 23.5\u00a0%
96.97 | 91.67 | 43.5 | 75
"""
SCIENTIFIC: Final = """
-3.7E+00 | 7.1E-01 | 3.333E+01 | 4.62E0
2.79E+00 | 2.81e0 | 8.3e0 | 4.78E+03
1.285E+05 | 6.1E+00 | 2.38E+00 | 4.7E+00
4.53E+00 | N/A | 2.58E+01 | 2.61e+1
4.42E+00 | 3.17E+01 | 2.85E+01 | 235E-1
9.697E+01 | 9.167E+01 | 4.35E+01 | 7.5E+01
"""
PER_MILLE: Final = """
-37‰ | 0.71 | 333.3‰ | 4.62
2.79 | 28.1‰ | 83‰ | 4780
128500 | 61‰ | 23.8‰ | 4.70
4.53 | N/A | 25.8 | 261 ‰
4.42 | 31.7 | 28.5 | 235‰
969.7‰ | 916.7‰ | 43.5 | 750‰
"""
OUT_OF_FIVE: Final = """
-3.7 | 0.71 | 33.33 | 4.62/5
2.79 | 2.81 | 8.3 | 4780
128500 | 6.1 | 2.38 | 4.70 / 5
4.53分/5分 | N/A | 25.8 | 26.1
4.42/5分 | 31.7 | 28.5 | 23.5
96.97 | 91.67 | 43.5 | 75
"""


def quantities() -> None:
    """The month with its figures spelt otherwise, and figures whose spelling leaves a doubt."""
    for name, spellings in (
        ("units-chinese", UNITS),
        ("units-english", ENGLISH_UNITS),
        ("durations", DURATIONS),
        ("durations-chinese", CHINESE_DURATIONS),
        ("clocks", CLOCKS),
        ("full-width", FULL_WIDTH),
        ("grouped-and-accounting", GROUPED),
        ("blanks", BLANKS),
        ("scientific", SCIENTIFIC),
        ("per-mille", PER_MILLE),
        ("scores-out-of-five", OUT_OF_FIVE),
    ):
        case(name, {"导出.csv": text_of(long(spelled(MONTH, spellings)))})
    case("units-chinese-wide", {"导出.csv": text_of(wide(spelled(MONTH, UNITS)), ",", "\r\n").encode("gbk")})
    _other_figures()

    wrong = {
        "decimal-commas": [("E008", "campaign-roi", "1,5"), ("E010", "content-reads", "1.234,5")],
        "clock": [("E017", "complaint-resolution-time", "1:30")],
        "words": [("E014", "response-time", "约28"), ("E017", "response-time", "28公斤")],
        "excel-error": [("E017", "repurchase-rate", "#DIV/0!")],
        "full-mark": [("E017", "customer-satisfaction", "4.42/100")],
        "money": [("E010", "content-reads", "¥128500")],
        "unit-of-another-kind": [("E014", "response-time", "25.8%"), ("E017", "repurchase-rate", "23.5s")],
    }
    for name, cells in wrong.items():
        rows = list(MONTH)
        for cell in cells:
            rows = changed(rows, *cell)
        text = text_of(long(rows))
        # A cell with a comma is quoted, and its place is that of the quote.
        written = [f'"{actual}"' if "," in actual else f"{actual}\n" for _, _, actual in cells]
        problems = [f"{at('导出.csv', text, each)} bad-value" for each in written]
        case(f"bad-{name}", {"导出.csv": text}, problems, without(*(employee for employee, _, _ in cells)))


def _other_figures() -> None:
    """Figures that the month does not have, in several spellings that mean the same."""
    analysts = of("E019", "E020", "E021")
    ninety = [("E019", "1h30m"), ("E020", "1:30:00"), ("E021", "1小时30分")]
    shown, plain = analysts, analysts
    for employee, text in ninety:
        shown = changed(shown, employee, "monitoring-response-time", text)
        plain = changed(plain, employee, "monitoring-response-time", "90")
    case("ninety-minutes", {"导出.csv": text_of(long(shown))}, [], scored(plain))

    service = of("E015", "E016", "E017")
    shown, plain = service, service
    for employee, text, hours in (("E015", "2天", "48"), ("E016", "20h", "20"), ("E017", "20小时", "20")):
        shown = changed(shown, employee, "complaint-resolution-time", text)
        plain = changed(plain, employee, "complaint-resolution-time", hours)
    case("days-and-hours", {"导出.csv": text_of(long(shown))}, [], scored(plain))

    writers = of("E010", "E011", "E012")
    shown = writers
    for employee, text in (("E010", "0.001285亿"), ("E011", "97.2k"), ("E012", "86.9千")):
        shown = changed(shown, employee, "content-reads", text)
    case("magnitudes", {"导出.csv": text_of(long(shown))}, [], scored(writers))


# 6. Numerators and denominators

RATIO: Final = {"分子": "numerator", "分母": "denominator"}
SHARES: Final = {
    ("E021", "report-accuracy"): ("32", "33", "96.969697"),
    ("E021", "decision-support-timeliness"): ("11", "12", "91.666667"),
    ("E021", "business-metric-attainment"): ("9", "12", "75"),
    ("E017", "repurchase-rate"): ("47", "200", "23.5"),
    ("E014", "repurchase-rate"): ("261", "1,000", "26.1"),
}
"""Percentages as what they are made of, and what they come to."""


def ratios() -> None:
    """Percentages given as a numerator and a denominator."""
    people = of("E014", "E017", "E021")

    def shared(shares: Mapping[tuple[str, str], tuple[str, str, str]]) -> tuple[list[Row], list[Row]]:
        shown, plain = [], []
        for row in people:
            above, below, value = shares.get((row.employee, row.kpi), ("", "", row.actual))
            is_share = (row.employee, row.kpi) in shares
            shown.append(replace(row, actual="" if is_share else row.actual, numerator=above, denominator=below))
            plain.append(replace(row, actual=value))
        return shown, plain

    shown, plain = shared(SHARES)
    both = SHORT | RATIO
    case("ratio-columns-beside-actual", {"导出.csv": text_of(long(shown, both))}, [], scored(plain))
    columns = {heading: field for heading, field in both.items() if field != "actual"}
    shares = text_of(long([row for row in shown if row.numerator], columns))
    others = text_of(long([row for row in shown if not row.numerator]))
    case("ratio-columns-in-place-of-actual", {"比率.csv": shares, "其他.csv": others}, [], scored(plain))
    english = {**PLAIN, "numerator": "numerator", "denominator": "denominator"}
    case("ratio-columns-english", {"export.csv": text_of(long(shown, english))}, [], scored(plain))
    book = xlsx(Sheet("Sheet1", numbered(long(shown, both))))
    case("ratio-columns-xlsx", {"考核.xlsx": book}, [], scored(plain))

    shown, plain = shared({**SHARES, ("E017", "repurchase-rate"): ("0", "0", "N/A")})
    case("ratio-both-zero", {"导出.csv": text_of(long(shown, both))}, [], scored(plain))
    withheld = [row for row in plain if row.employee != "E017"]
    shown, _ = shared({**SHARES, ("E017", "repurchase-rate"): ("47", "0", "")})
    text = text_of(long(shown, both))
    line, column = at("导出.csv", text, ",47,0\n").split(":")[1:]
    problem = f"导出.csv:{line}:{int(column) + len(',47,')} zero-denominator"
    case("ratio-zero-denominator", {"导出.csv": text}, [problem], scored(withheld))
    shown, _ = shared({**SHARES, ("E017", "repurchase-rate"): ("47", "", "")})
    text = text_of(long(shown, both))
    line, column = at("导出.csv", text, ",47,\n").split(":")[1:]
    problem = f"导出.csv:{line}:{int(column) + len(',47,')} half-ratio"
    case("ratio-without-denominator", {"导出.csv": text}, [problem], scored(withheld))
    shown, _ = shared({**SHARES, ("E017", "repurchase-rate"): ("", "200", "")})
    text = text_of(long(shown, both))
    line, column = at("导出.csv", text, ",,200\n").split(":")[1:]
    problem = f"导出.csv:{line}:{int(column) + len(',')} half-ratio"
    case("ratio-without-numerator", {"导出.csv": text}, [problem], scored(withheld))


# 7. Slips of unit


def slips() -> None:
    """Figures that are likely in another unit: they are scored as written, unless they cannot be true."""
    for name, kpi, actual, code in (
        ("fraction-for-percent", "repurchase-rate", "0.235", "unit-slip"),
        ("milliseconds-for-seconds", "response-time", "28500", "impossible-figure"),
    ):
        rows = changed(MONTH, "E017", kpi, actual)
        text = text_of(long(rows))
        line, column = at("导出.csv", text, f",{actual}\n").split(":")[1:]
        problem = f"导出.csv:{line}:{int(column) + 1} {code}"
        cards = scored(rows) if code == "unit-slip" else without("E017")
        case(f"slip-{name}", {"导出.csv": text}, [problem], cards)


# 8. Several files


def several() -> None:
    """The month in more files than one."""
    half = len(MONTH) // 2
    first, second = MONTH[:half], MONTH[half:]
    files: Files = {"客服/一.csv": text_of(long(first)), "客服/二.csv": text_of(long(second)).encode("gbk")}
    case("folder", files, [], None, ["客服"])
    files = {"a.tsv": text_of(long(first), "\t"), "b.xls": xls(Sheet("Sheet1", typed_rows(second)))}
    case("folder-dot", files, [], None, ["."])
    files = {"a.csv": text_of(long(first)), "b.xlsx": xlsx(Sheet("Sheet1", typed_rows(second)))}
    case("half-csv-half-xlsx", files)
    notes = docx("十月份数据由各组组长填报。")
    files = {"actuals/a.csv": text_of(long(first)), "actuals/b.csv": text_of(long(second)), "actuals/notes.docx": notes}
    case("folder-with-a-document", files, ["actuals/notes.docx ignored-file"], None, ["actuals"])
    files = {"a.csv": text_of(long(first)), "b.csv": text_of(wide(second)), "notes.docx": notes}
    case("glob", files, [], None, ["*.csv"])

    table = {row.employee: [each for each in MONTH if each.employee == row.employee] for row in MONTH}
    select = "SELECT period, employee, role_zh AS role, kpi_zh AS kpi, CAST(actual AS DOUBLE) AS actual FROM figures"
    files = {
        "1.csv": text_of(long(table["E006"])),
        "2.csv": text_of(long(table["E008"]), "\t").encode("gbk"),
        "3.xlsx": xlsx(Sheet("Sheet1", typed_rows(table["E010"]))),
        "4.xls": xls(Sheet("Sheet1", typed_rows(table["E014"]))),
        "5.tsv": text_of(long(table["E017"]), "\t"),
        "6.parquet": parquet(select, table["E021"]),
    }
    case("every-kind-of-file", {f"2026-10/{name}": content for name, content in files.items()}, [], None, ["2026-10"])

    again = text_of(long([*second, MONTH[0]]))
    begin = text_of(long(first))
    doubled = f"{at('b.csv', again, MONTH[0].actual)} doubled-figure"
    case("same-row-in-two-files", {"a.csv": begin, "b.csv": again}, [doubled], without("E006"))
    doubled = f"{at('a.csv', begin, MONTH[0].actual)} doubled-figure"
    case(
        "same-row-in-two-files-other-order",
        {"a.csv": begin, "b.csv": again},
        [doubled],
        without("E006"),
        ["b.csv", "a.csv"],
    )
    rows = typed_rows([*second, MONTH[0]])
    doubled = f"b.xlsx:Sheet1!E{len(rows)} doubled-figure"
    book = xlsx(Sheet("Sheet1", rows))
    case("same-row-in-csv-and-xlsx", {"a.csv": begin, "b.xlsx": book}, [doubled], without("E006"))


# 9. Broken files


def broken() -> None:
    """Files that cannot be read."""
    text = text_of(long(MONTH))
    case("broken-empty-file", {"a.csv": text, "b.csv": b""}, ["b.csv empty-file"])
    book = xlsx(Sheet("Sheet1", typed_rows(MONTH)))
    case("broken-truncated-xlsx", {"考核.xlsx": book[: len(book) // 2]}, ["考核.xlsx unreadable-workbook"], NO_CARDS)
    document = docx("十月份实际值见附件。")
    unreadable = ["考核.xlsx unreadable-workbook"]
    case("broken-docx-called-xlsx", {"考核.xlsx": document, "其他.csv": text}, unreadable)

    # What stands before the bad byte in its line is ASCII: its column is the same in whatever encoding.
    mixed = {
        "考核周期": "period",
        "员工": "employee",
        "备注": "note",
        "岗位": "role",
        "考核指标": "kpi",
        "实际值": "actual",
    }
    rows = [
        replace(row, note="$" if (row.employee, row.kpi) == ("E017", "response-time") else row.name) for row in MONTH
    ]
    text = text_of(long(rows, mixed))
    problem = f"{at('导出.csv', text, '$')} unknown-encoding"
    case("broken-no-encoding", {"导出.csv": text.encode("gbk").replace(b"$", b"\xff")}, [problem], NO_CARDS)
    rows = [replace(row, note=f"{row.name}$" if row.note == "$" else row.note) for row in rows]
    text = text_of(long(rows, mixed))
    problem = f"{at('导出.csv', text, '$')} not-utf8"
    case("broken-byte-in-utf-8", {"导出.csv": text.encode().replace(b"$", b"\xff")}, [problem], NO_CARDS)


# 10. What other systems export


def back_ends() -> None:
    """The month as shops' and companies' systems write it, so that spreadsheets keep ids as texts."""
    heading, *rows = text_of(long(MONTH, CHINESE)).splitlines()
    ids = {row.employee for row in MONTH}
    lines = []
    for line in rows:
        period, employee, rest = line.split(",", 2)
        assert employee in ids
        lines.append((period, employee, rest))
    formulas = [f'="{period}",="{employee}",{rest}' for period, employee, rest in lines]
    case("backend-formula-texts", {"导出.csv": "\r\n".join([heading, *formulas, ""]).encode("gbk")})
    quoted = [f'{period},"{employee}",{rest}' for period, employee, rest in lines]
    case("backend-quoted-ids", {"导出.csv": "\n".join([heading, *quoted, ""])})
    tabs = "".join(",".join(f"{cell}\t" for cell in row) + "\r\n" for row in long(MONTH, CHINESE))
    case("backend-tabs-behind-cells", {"导出.csv": tabs.encode("gbk")})

    table = [*long(MONTH, CHINESE), ["", "合计", "", "", "", "", "133280", ""]]
    text = text_of(table)
    case("sum-row", {"导出.csv": text}, [f"{at('导出.csv', text, '合计')} sum-row"])
    table = wide(MONTH)
    count = len(table[0]) - len(PEOPLE)
    table.append(["2026-10", "总计", "", "", *["1"] * count])
    text = text_of(table)
    case("sum-row-wide", {"导出.csv": text}, [f"{at('导出.csv', text, '总计')} sum-row"])
    book = typed_rows(MONTH)
    book.append(["", "合计", "", "", Cell("=SUM([.E2:.E25])")])
    case("sum-row-xlsx", {"考核.xlsx": xlsx(Sheet("Sheet1", book))}, [f"考核.xlsx:Sheet1!B{len(book)} sum-row"])


def main() -> None:
    """Write all cases anew."""
    for folder in HERE.iterdir():
        if folder.is_dir():
            shutil.rmtree(folder)
    (HERE / "month.csv").write_bytes(CARDS.encode())
    encodings()
    separators()
    workbooks()
    sheets()
    wrong_cells()
    parquet_files()
    headings()
    periods()
    quantities()
    ratios()
    slips()
    several()
    broken()
    back_ends()


if __name__ == "__main__":
    main()
