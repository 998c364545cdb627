"""Workbooks and Parquet files that were made to bring a program down: a problem, in little time and memory."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from openpyxl import Workbook

from tests.hostile import run

ROLES: Final = ["--roles", str(Path(__file__).parents[1] / "data" / "roles")]
ROWS: Final = (
    ("period", "employee", "role", "kpi", "actual"),
    ("2026-10", "E1", "support", "speed", 30),
    ("2026-10", "E1", "support", "quality", 90),
)
SHEET: Final = "xl/worksheets/sheet1.xml"
END: Final = b"</sheetData>"
MANY: Final = 10_000_000

LAUGHS: Final = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (name + 1, b"&%c;" % name * 10) for name in range(97, 106))
    + b"]>"
)
OUTSIDE: Final = b'<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'


def _with(path: Path, part: str, edit: Callable[[bytes], bytes]) -> Path:
    """Save a workbook that has a card, with one part of it changed."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ROWS:
        sheet.append(row)
    book.save(path.with_suffix(".plain"))
    with (
        zipfile.ZipFile(path.with_suffix(".plain")) as plain,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for member in plain.infolist():
            content = plain.read(member)
            packed.writestr(member.filename, edit(content) if member.filename == part else content)
    return path


def _with_entity(types: bytes) -> Callable[[bytes], bytes]:
    return lambda sheet: types + sheet[sheet.index(b"<worksheet") :].replace(b"<v>30</v>", b"<v>&j;</v>")


def _behind(more: bytes) -> Callable[[bytes], bytes]:
    return lambda sheet: sheet.replace(END, more + END)


def _texts(count: int, text: bytes) -> bytes:
    """Return rows that all have a long text, which takes hardly any bytes once the file is packed."""
    cell = b'<c r="F%d" t="inlineStr"><is><t>' + text + b"</t></is></c>"
    return b"".join(b'<row r="%d">' % row + cell % row + b"</row>" for row in range(4, 4 + count))


def _formulas(count: int, formula: bytes) -> bytes:
    """Return rows that share a long formula, which reads differently in each."""
    first = b'<row r="4"><c r="F4"><f t="shared" ref="F4:F9" si="0">1' + formula + b"</f></c></row>"
    rows = range(5, 5 + count)
    return first + b"".join(b'<row r="%d"><c r="F%d"><f t="shared" si="0"/></c></row>' % (row, row) for row in rows)


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (_with_entity(LAUGHS), "doctype"),
        (_with_entity(OUTSIDE), "doctype"),
        (_behind(b"<row/>" * MANY), "large-workbook"),
        (_behind(b"<x/>" * MANY), "large-workbook"),
        (_behind(b"<row>" + b"<c/>" * MANY + b"</row>"), "large-workbook"),
        (_behind(b"<x>" * MANY), "large-workbook"),
        (_behind(b'<x a="' + b">" * MANY + b'"/>'), "large-workbook"),
        (_behind(b"<!--" + b">" * MANY + b"-->"), "large-workbook"),
        (_behind(b"<?x " + b">" * MANY + b"?>"), "large-workbook"),
        (_behind(b'<row r="4"><c r="A4"><v>' + b"1" * MANY + b"</v></c></row>"), "unreadable-cell"),
        (_behind(b'<row r="4"><c r="' + b"A" * 1_000_000 + b'4"><v>1</v></c></row>'), "unreadable-workbook"),
        (_behind(b'<row r="4"><c r="A4" t="s"><v>' + b"9" * 4000 + b"</v></c></row>"), "unreadable-workbook"),
        (_behind(_texts(3_000, b"=" * 32_000)), "large-workbook"),
        (_behind(_formulas(30_000, b"+A1" * 2_000)), "large-workbook"),
        (_behind(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), "large-workbook"),
        (_behind(b'<row r="6000"><c r="GIX6000"><v>1</v></c></row>'), "large-workbook"),
        (_behind(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "large-workbook"),
        (
            lambda sheet: sheet.replace(END, END + b"<mergeCells>" + b'<mergeCell ref="A1:B2"/>' * 1_000_000).replace(
                b"<pageMargins", b"</mergeCells><pageMargins"
            ),
            "large-workbook",
        ),
        (_behind(b'<row r="4"><c r="GZZ4"><v>1</v></c></row>'), "too-many-columns"),
    ],
    ids=[
        *("entities-of-entities", "an-entity-from-outside", "rows", "unknown-elements", "cells-of-a-row"),
        *("elements-in-elements", "an-attribute", "a-comment", "an-instruction", "digits", "letters-of-a-place"),
        *("digits-of-a-text", "long-texts", "shared-formulas", "a-cell-far-below", "a-cell-to-the-right"),
        *("a-cell-far-away", "merged-ranges", "a-cell-far-to-the-right"),
    ],
)
def test_a_few_bytes_ask_for_nothing_without_end(tmp_path: Path, edit: Callable[[bytes], bytes], code: str) -> None:
    """What unpacks to hundreds of megabytes, or names a far cell, is refused before it fills memory or disk."""
    file = _with(tmp_path / "a.xlsx", SHEET, edit)
    assert file.stat().st_size < 2_000_000
    done = run("score", file.name, *ROLES, cwd=tmp_path)
    assert f"[{code}]" in done.stderr
    assert "root:" not in done.stdout + done.stderr


def test_a_text_that_is_there_once_does_not_fill_every_cell(tmp_path: Path) -> None:
    """Cells refer to texts by number: a hundred kilobytes could ask for gigabytes."""
    cells = b"".join(b'<row r="%d"><c r="F%d" t="s"><v>0</v></c></row>' % (row, row) for row in range(4, 50_000))
    file = _with(tmp_path / "a.xlsx", SHEET, _behind(cells))
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    with zipfile.ZipFile(file) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    relations = "xl/_rels/workbook.xml.rels"
    more = f'<Relationship Id="texts" Type="{kind}" Target="/xl/texts.xml"/></Relationships>'
    parts[relations] = parts[relations].replace(b"</Relationships>", more.encode())
    parts["xl/texts.xml"] = f'<sst xmlns="{namespace}"><si><t>{"x" * 32_000}</t></si></sst>'.encode()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    assert "[large-workbook]" in run("score", file.name, *ROLES, cwd=tmp_path).stderr


def test_long_lists_of_sheets_are_not_read(tmp_path: Path) -> None:
    """What says which sheets there are is read whole, and so may not be large."""
    file = _with(tmp_path / "a.xlsx", "xl/workbook.xml", lambda book: book.replace(b"</sheets>", b"<sheet/>" * MANY))
    assert "[large-workbook]" in run("score", file.name, *ROLES, cwd=tmp_path).stderr


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(1_000_000), "unreadable-workbook"),
        ("a.parquet", b"PAR1" + b"\xff" * 1_000_000 + b"\xff\xff\xff\x7fPAR1", "unreadable-parquet"),
        ("b.parquet", b"PAR1" + bytes(100) + b"\x10\0\0\0PAR1", "unreadable-parquet"),
    ],
)
def test_other_files_with_nothing_behind_their_first_bytes(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    """Sizes that a file claims are not believed."""
    (tmp_path / name).write_bytes(content)
    assert f"[{code}]" in run("score", name, *ROLES, cwd=tmp_path).stderr
