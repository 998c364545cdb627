"""Single lines of a large file, against reading it through."""

from __future__ import annotations

import csv
import json
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicard.actuals.files.records import pick_lines

Run = Callable[..., subprocess.CompletedProcess[str]]

TEXTS = st.lists(st.text(st.characters(exclude_characters="\r\n\ufeff", exclude_categories=["Cs"]), max_size=12))


@given(TEXTS, st.sampled_from(["\n", "\r\n"]), st.booleans(), st.integers(1, 40), st.data())
def test_any_lines_are_those_of_the_file_read_through(
    texts: list[str], end: str, is_ended: bool, piece: int, data: st.DataObject
) -> None:
    """Whatever the line ends, with one behind the last line or not, and however the pieces of the file fall."""
    texts = [*texts, "last"]
    wanted = data.draw(st.sets(st.integers(1, len(texts))))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        path.write_bytes((end.join(texts) + (end if is_ended else "")).encode())
        assert {number: texts[number - 1] for number in wanted} == pick_lines(path, wanted, len(texts), piece)
        assert pick_lines(path, wanted, len(texts) + 1, piece) is None


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("blank", [False, True])
def test_a_problem_far_down_has_its_line_with_and_without_blank_lines(
    kpicard: Run, tmp_path: Path, end: str, blank: bool
) -> None:
    """A file with blank lines, whose lines are not its rows, is read through."""
    (tmp_path / "department.yaml").write_text("title: Shop\ngrades: [{grade: A, from: 0, coefficient: 1}]\n")
    (tmp_path / "seller.yaml").write_text(
        "id: seller\ntitle: Seller\nkpis: [{id: sales, name: Sales, weight: 100, better: higher, target: 10}]\n"
    )
    rows = [f"2026-10,E{number},seller,sales,{number}" for number in range(5000)]
    rows[4000] = '2026-10,"E4000",seller,sales,many'
    above = ["", ""] if blank else []
    (tmp_path / "2026-10.csv").write_bytes(end.join(["period,employee,role,kpi,actual", *above, *rows, ""]).encode())
    done = kpicard("score", "2026-10.csv", "--roles", ".", "--format", "json", cwd=tmp_path)
    (problem,) = [each for each in json.loads(done.stdout)["problems"] if each["severity"] == "error"]
    assert (4002 + len(above), 30, "bad-value") == (problem["line"], problem["column"], problem["code"])


def test_texts_that_need_quotes_have_them_in_the_csv(kpicard: Run, tmp_path: Path) -> None:
    """Employees and grades are anybody's words."""
    (tmp_path / "department.yaml").write_text(
        'title: Shop\ngrades: [{grade: "A, \\"best\\"", from: 0, coefficient: 1}]\n'
    )
    (tmp_path / "seller.yaml").write_text(
        "id: seller\ntitle: Seller\nkpis: [{id: sales, name: Sales, weight: 100, better: higher, target: 10}]\n"
    )
    employees = ['a "b" c', "#x", "'q'", "a,b", "x;y"]
    with (tmp_path / "2026-10.csv").open("w", encoding="utf-8", newline="") as out:
        rows = [[employee, "seller", "5"] for employee in employees]
        csv.writer(out).writerows([["employee", "role", "sales"], *rows])
    done = kpicard("score", "2026-10.csv", "--roles", ".", "--format", "csv", cwd=tmp_path)
    found = list(csv.DictReader(done.stdout.splitlines()))
    assert sorted(employees) == [row["employee"] for row in found]
    assert {'A, "best"'} == {row["grade"] for row in found}
    figures = "100,100,10,5,50.00,50.00,50.0000,scored,50.00"
    assert f'2026-10,"a ""b"" c",seller,sales,{figures},"A, ""best""",1' in done.stdout
