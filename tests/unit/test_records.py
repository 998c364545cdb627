"""The CSV reader with places takes the same records from a file as DuckDB does, and any text whatsoever."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import kpicard
from kpicard.actuals.files.encodings import Inspection
from kpicard.actuals.files.records import places, read_records
from kpicard.actuals.files.tables import Source, Table
from kpicard.actuals.header_vocabulary import KnownHeadings
from kpicard.actuals.load import load_all
from kpicard.engines.duckdb import connect

RULES = kpicard.load(Path(__file__).parents[1] / "data" / "roles").rules
HEADING: Final = "employee,role,quality"
WIDTH: Final = 3

# Pieces that matter to a CSV reader, and a few characters that others take for line ends or blanks.
PIECES: Final = (
    *(",", '"', '""', "\n", "\r\n", "\r", " ", "\t", "a", "中", "1,5", "\ufeff", "\u2028", "\x85", "\x0b", "\x0c"),
    *("\x1c", "\xa0", "\u3000", "\\", "'", "#", ";", "|", "NULL", "N/A", "-", "\U0001f600", 'a"b', '"a,b"', '"a\nb"'),
)
anything = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)

plain = st.text("ab 中.\u2028\x85\x1c\xa0'\\#;", max_size=4)
quoted = st.text('ab,"\n 中\r', max_size=6).map(lambda text: '"' + text.replace('"', '""') + '"')
before = st.sampled_from(["", "", "", " "])
after = st.sampled_from(["", "", "", " ", "  "])
cell = st.one_of(plain, quoted, st.tuples(before, quoted, after).map("".join))
row = st.lists(cell, min_size=WIDTH, max_size=WIDTH).map(",".join)


@st.composite
def nearly_regular(draw: st.DrawFn) -> str:
    """Rows of the right width and one kind of line end, some of them blank, in most cases."""
    end = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    rows = draw(st.lists(st.one_of(row, row, row, st.sampled_from(["", ",,", '"",,', " "])), max_size=8))
    return end.join(rows) + draw(st.sampled_from(["", end, end + end]))


def write(path: Path, text: str) -> Path:
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return path


def table(path: Path, separator: str = ",") -> Table:
    return Table(path, str(path), Inspection(), "UTF-8", separator)


def as_loaded(path: Path) -> tuple[bool, list[tuple[str, ...]], list[str]]:
    """Load a file as the program does: whether DuckDB read it by itself, its rows behind the heading, and the codes."""
    with connect() as database, tempfile.TemporaryDirectory() as folder:
        loaded = load_all(database, [Source.of(path)], KnownHeadings(RULES), Path(folder))
        rows = database.execute("SELECT COLUMNS('c[0-9]+') FROM raw_0 ORDER BY rowid").fetchall()
        by_duckdb = not any(Path(folder).iterdir())
        codes = [problem.code for problem in loaded.problems]
        return by_duckdb, [tuple(cell or "" for cell in row) for row in rows], codes


def by_reader(table: Table) -> list[tuple[str, ...]]:
    """Return the rows behind the heading, as wide as it, with line breaks of one kind and no blanks around cells."""
    rows = [tuple(_comparable(cell) for cell in record.cells) for record in read_records(table)][1:]
    return [(*row[:WIDTH], *[""] * (WIDTH - len(row))) for row in rows]


def _comparable(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A path to write to, again and again."""
    return tmp_path_factory.mktemp("records") / "file.csv"


@pytest.mark.slow
@settings(max_examples=700, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    text=st.one_of(nearly_regular(), nearly_regular(), anything),
    line_end=st.sampled_from(["\n", "\r\n"]),
    separator=st.sampled_from([",", ",", "\t", ";"]),
)
@example(text='1,\t"a,b"\n', line_end="\n", separator=",")
@example(text='1,2,  "3"\n', line_end="\n", separator=",")
@example(text='1,"2" ,3\n4, "5",6', line_end="\n", separator=";")
@example(text=",,\n1,2,3\n", line_end="\n", separator="\t")
def test_both_readers_read_the_same(file: Path, text: str, line_end: str, separator: str) -> None:
    """Whether DuckDB reads a file or the reader that knows places: the same rows, and no ragged one passes."""
    write(file, (HEADING + line_end + text).replace(",", separator))
    by_duckdb, rows, codes = as_loaded(file)
    records = list(read_records(table(file, separator)))[1:]
    assert by_reader(table(file, separator)) == [tuple(map(_comparable, row)) for row in rows]
    assert (by_duckdb and "ragged-row" not in codes) or not by_duckdb
    assert all(len(record.cells) == WIDTH for record in records) or {"ragged-row", "bad-quote"} & set(codes)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("1,2,3\n4,5,6\n", 2),
        ("1,2,3\r\n4,5,6\r\n", 2),
        ('"1","2","a,\nb"\n4,5,6', 2),
        ("1,2,3\n\n\n4,5,6\n", 2),
        (",,\n", 1),
        ("", 0),
    ],
)
def test_regular_files_are_left_to_duckdb(file: Path, text: str, rows: int) -> None:
    """The comparison above is not empty: these are read by DuckDB itself."""
    write(file, HEADING + ("\r\n" if "\r" in text else "\n") + text)
    by_duckdb, found, _ = as_loaded(file)
    assert by_duckdb
    assert rows == len(found)


def unquoted(written: str) -> str:
    """Return the cell's text for what is written from its place on, up to where a plain reader sees it end."""
    opening = re.match(r' ?"((?:[^"]|"")*)" *', written)
    if opening:
        return opening[1].replace('""', '"')
    return re.split("[,\r\n]", written, maxsplit=1)[0]


@settings(max_examples=500, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(text=nearly_regular())
def test_a_place_points_at_the_cell(file: Path, text: str) -> None:
    """Whoever goes to the line and the column of a cell finds the cell's text there."""
    write(file, text)
    lines = re.split("\r\n|\r|\n", text)
    cells = dict(enumerate(read_records(table(file))))
    wanted = {row: set(range(len(record.cells))) for row, record in cells.items()}
    for (row, column), (line, character) in places(table(file), wanted, skip=0).items():
        rest = "\n".join([lines[line - 1][character - 1 :], *lines[line:]])
        assert cells[row].cells[column].replace("\r\n", "\n").replace("\r", "\n") == unquoted(rest)


@settings(max_examples=700, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(text=st.one_of(anything, st.text(st.characters(exclude_categories=["Cs"]), max_size=60)))
def test_any_text_gives_records(file: Path, text: str) -> None:
    """Whatever is in a file, every record has a place on a line that is there, and no letter is dropped."""
    write(file, text)
    records = list(read_records(table(file)))
    lines = len(re.split("\r\n|\r|\n", text))
    assert all(1 <= record.place(column)[0] <= lines for record in records for column in range(len(record.cells)))
    letters = re.sub(r'[\s,"\ufeff]', "", text)
    assert letters == re.sub(r'[\s,"\ufeff]', "", "".join(cell for record in records for cell in record.cells))


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    ['"never closed\n', 'x,"never closed,\n', '"a"b\n', '"' * 79 + "\n", "a,b,c\n", '"a\nb""\n', ' \t"', '""', '"x",'],
)
def test_5_mb_of_odd_quotes_are_read_to_their_end(file: Path, line: str) -> None:
    """Whether quotes are closed or not, no line is lost; a reader that went back over them would take hours."""
    text = "a,b\n" + line * (5_000_000 // len(line))
    records = list(read_records(table(write(file, text))))
    assert text.strip() == "\n".join(record.text for record in records).strip()
