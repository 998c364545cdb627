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


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (_with_entity(LAUGHS), "unreadable-workbook"),
        (_with_entity(OUTSIDE), "unreadable-workbook"),
        (_behind(b"<row/>" * MANY), "unreadable-workbook"),
        (_behind(b"<x/>" * MANY), "large-workbook"),
        (_behind(b"<row>" + b"<c/>" * MANY + b"</row>"), "large-workbook"),
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
