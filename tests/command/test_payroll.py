"""`kpicard summary --per card`: one row for each card, with what payroll needs of it, the same in every format."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

ROLES = ["--roles", str(Path(__file__).parents[1] / "data" / "roles")]


@pytest.fixture
def month(tmp_path: Path) -> Path:
    """Somebody with a bonus, somebody for whom a KPI does not apply, and a name that a spreadsheet would compute."""
    file = tmp_path / "2026-10.csv"
    file.write_text(
        "period,employee,name,team,role,speed,quality,base,share,comment\n"
        "2026-10,E1,王芳,一组,support,20,99,8000,,稳定\n2026-10,E2,=1+1,,support,N/A,81,,,\n",
        "utf-8",
    )
    return file


def test_each_card_has_a_row_with_the_figures_of_the_json(kpicard: Run, month: Path) -> None:
    """Ids, in no language; a bonus is exact, and what was left out is named with its reason."""
    cards = json.loads(kpicard("score", month, *ROLES, "--format", "json").stdout, parse_float=Decimal)["cards"]
    done = kpicard("summary", month, *ROLES, "--per", "card", "--format", "csv")
    found = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [str(card["total"]) for card in cards] == [row["total"] for row in found]
    assert [card["grade"] for card in cards] == [row["grade"] for row in found]
    assert ["9600", ""] == [row["bonus"] for row in found]
    assert ["", "speed not_applicable"] == [row["left_out"] for row in found]
    assert ["稳定", ""] == [row["comment"] for row in found]
    assert ["王芳", "'=1+1"] == [row["name"] for row in found]


def test_parquet_and_a_workbook_have_the_same_rows(kpicard: Run, month: Path, tmp_path: Path) -> None:
    """Parquet has decimals; the workbook has names, and numbers that one can add up."""
    for name in ("a.parquet", "a.xlsx"):
        done = kpicard("summary", month, *ROLES, "--per", "card", "--output", tmp_path / name, "--lang", "zh")
        assert done.stderr.endswith(f"已将 2 张考核表写入 {tmp_path / name}\n")
    query = f"SELECT name, total, bonus, left_out FROM '{tmp_path / 'a.parquet'}'"
    rows = duckdb.connect().execute(query).fetchall()
    assert ("王芳", Decimal(9600), None) == (rows[0][0], rows[0][2], rows[0][3])
    assert ("=1+1", None, "speed not_applicable") == (rows[1][0], rows[1][2], rows[1][3])
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    heading, first, second = list(sheet.iter_rows(min_row=3, values_only=True))[:3]
    assert ("考核周期", "员工", "姓名") == heading[:3]
    assert 9600 == first[heading.index("奖金")]
    assert float(rows[0][1]) == first[heading.index("总分")]
    assert "响应时间 不适用" == second[heading.index("未计入的指标")]
    assert "=1+1" == second[2]
    assert "s" == sheet.cell(5, 3).data_type


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--format", "xlsx"], "Error: Invalid value for --format: xlsx has one row per card: add `--per card`\n"),
        (
            ["--per", "card", "--format", "json"],
            "Error: Invalid value for --format: json is a summary of periods: leave out `--per card`\n",
        ),
    ],
)
def test_a_format_of_the_other_kind_is_refused(kpicard: Run, month: Path, words: list[str], said: str) -> None:
    """Status 2, with the way on."""
    done = kpicard("summary", month, *ROLES, *words)
    assert (2, True) == (done.returncode, done.stderr.endswith(said))


def test_it_can_be_read_too(kpicard: Run, month: Path) -> None:
    """On the terminal and as a page, without the columns that nobody fills in."""
    for format_ in ("terminal", "html", "markdown"):
        shown = kpicard("summary", month, *ROLES, "--per", "card", "--format", format_).stdout
        assert "9,600" in shown
        assert "Share" not in shown
