"""Files of actuals that were made to bring a program down: a problem at its place, in little time and memory."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from tests.hostile import run

ROLES: Final = ["--roles", str(Path(__file__).parents[1] / "data" / "roles")]
HEAD: Final = b"period,employee,role,kpi,actual\n"
CARD: Final = b"2026-10,E1,support,speed,30\n2026-10,E1,support,quality,90\n"
ROW: Final = b"2026-10,E2,support,speed,"
HUGE: Final = 100_000_000


def _wide(columns: int) -> bytes:
    headings = b",".join(b"c%d" % number for number in range(columns))
    return b"period,employee,role,speed,quality," + headings + b"\n2026-10,E1,support,30,90" + b",1" * columns + b"\n"


def score(folder: Path) -> tuple[list[str], list[str]]:
    """Score the file in a folder; return the places and codes of the problems, and whose cards there are."""
    report: dict[str, Any] = json.loads(run("score", "a.csv", *ROLES, "--format", "json", cwd=folder).stdout)
    problems = [f"{each['line']}:{each['column']} {each['code']}" for each in report["problems"]]
    return problems, [card["employee"] for card in report["cards"]]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (lambda: HEAD + CARD + ROW + b"x" * HUGE + b"\n", "4:1 endless-line"),
        (lambda: b"x" * HUGE, "1:1 endless-line"),
        (lambda: HEAD + b"," * HUGE, "2:1 endless-line"),
        (lambda: b'"' * HUGE, "1:1 endless-line"),
        (lambda: b"\xff\xfe" + b"x\0" * (HUGE // 2), "1:1 endless-line"),
        (lambda: b"\xb0\xa1" * (HUGE // 2), "1:1 endless-line"),
        (lambda: HEAD + CARD + ROW + b'"' + b"xxxxxxx\n" * (HUGE // 8), "4:26 bad-quote"),
        (lambda: _wide(1_000_000), "1:1 endless-line"),
        (lambda: b"period,employee,role,speed,quality" + b"," * 1_000_000 + b"\n", "1:5031 too-many-columns"),
        (lambda: HEAD + CARD + b",x" * 1_000_000 + b"\n", "4:1 too-long"),
        (lambda: HEAD + b"2026-10,E1,support,speed,1e999999999999\n", "2:26 out-of-range"),
        (lambda: HEAD + ROW + b"9" * 900_000 + b"\n", "2:26 out-of-range"),
        (lambda: HEAD + b"2026-10,E1," + b"r" * 900_000 + b",speed,30\n", "2:12 unknown-role"),
        (lambda: HEAD[:-1] + b"," + b"h" * 900_000 + b"\n" + CARD[:-1], "1:33 unknown-column"),
        (lambda: b"\n" * HUGE, "None:None empty-file"),
        (lambda: b"\xff" * HUGE, "1:1 unknown-encoding"),
        (lambda: HEAD + CARD + b"\0" * HUGE, "4:1 control-character"),
    ],
    ids=[
        *("a-line-of-100-MB", "nothing-but-a-line", "100-MB-of-commas", "100-MB-of-quotes", "utf-16", "gb18030"),
        *("a-quote-that-is-never-closed", "a-million-columns", "a-million-columns-without-a-heading"),
        *("a-million-cells-in-a-row", "an-exponent-of-12-digits", "a-number-of-900-000-digits", "a-long-role"),
        *("a-long-heading", "100-MB-of-blank-lines", "100-MB-of-no-utf-8", "100-MB-of-nul"),
    ],
)
def test_what_is_no_table_is_said_at_once(tmp_path: Path, content: Callable[[], bytes], problem: str) -> None:
    """Neither the size of a line nor the number of columns keeps the command busy, or its memory."""
    (tmp_path / "a.csv").write_bytes(content())
    assert problem in score(tmp_path)[0]


def test_a_line_too_long_for_any_row_withholds_no_card_in_silence(tmp_path: Path) -> None:
    """The file is not read at all, and that is an error; what is in other files is scored."""
    (tmp_path / "a.csv").write_bytes(HEAD + CARD + b"x" * 3_000_000)
    (tmp_path / "b.csv").write_bytes(HEAD + CARD.replace(b"E1", b"E2"))
    done = run("score", "a.csv", "b.csv", *ROLES, "--format", "json", cwd=tmp_path)
    report = json.loads(done.stdout)
    assert [("endless-line", "error")] == [(each["code"], each["severity"]) for each in report["problems"]]
    assert ["E2"] == [card["employee"] for card in report["cards"]]
    assert done.returncode == 1


def test_many_columns_that_are_not_used_are_no_matter(tmp_path: Path) -> None:
    """A table as wide as the limit is read, and each column that is not used is said."""
    (tmp_path / "a.csv").write_bytes(_wide(4_995))
    problems, people = score(tmp_path)
    assert ["E1"] == people
    assert 4_995 == len(problems)


def test_lines_of_every_length_up_to_the_limit_are_rows(tmp_path: Path) -> None:
    """Rows that together are longer than any piece of the file that is looked at are read all the same."""
    note = b"x" * 300_000
    rows = b"".join(line + b"," + note + b"\n" for line in CARD.replace(b"E1", b"E2").splitlines())
    (tmp_path / "a.csv").write_bytes(HEAD[:-1] + b",note\n" + rows + CARD.replace(b"\n", b",\n"))
    assert ([], ["E1", "E2"]) == score(tmp_path)
