"""`kpicard tidy`: the figures as they were understood, where they came from, and what was not."""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

import duckdb

Run = Callable[..., subprocess.CompletedProcess[str]]

ROLES: Final = Path(__file__).parents[1] / "data" / "roles"
MONTH: Final = """\
a title
考核周期,工号,姓名,岗位,speed,quality,奖金基数,任职占比
2026年10月,E1,Ann,support,30秒,90,8000,1%
2026-10,E2,Bo,support,oops,N/A,很多,50%
2026-10,,Cy,support,30,90,,

合计,,,,60,180,,
"""


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


def test_each_figure_is_a_row_by_id_with_its_place(kpicard: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(MONTH, "utf-8")
    done = kpicard("tidy", "a.csv", "--roles", ROLES, cwd=tmp_path)
    first = rows(done.stdout)[0]
    assert 1 == done.returncode
    assert ("2026-10", "E1", "support", "speed", "scored", "30") == tuple(first.values())[:6]
    assert {"name": "Ann", "base": "8000", "share": "1"} == {name: first[name] for name in ("name", "base", "share")}
    assert ("a.csv", "", "3", "5") == tuple(first.values())[-4:]


def test_what_is_not_understood_stays_as_a_row_that_says_so(kpicard: Run, tmp_path: Path) -> None:
    """A figure, a base whose card is known, and rows without an employee; a sum of others is none of them."""
    (tmp_path / "a.csv").write_text(MONTH, "utf-8")
    done = kpicard("tidy", "a.csv", "--roles", ROLES, cwd=tmp_path)
    wrong = [row for row in rows(done.stdout) if row["status"] == "not_understood"]
    assert [("E2", "speed", "4"), ("E2", "", "4"), ("", "speed", "5"), ("", "quality", "5")] == [
        (row["employee"], row["kpi"], row["line"]) for row in wrong
    ]


def test_scoring_it_withholds_the_same_cards_and_says_where_to_look(kpicard: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(MONTH, "utf-8")
    kpicard("tidy", "a.csv", "--roles", ROLES, "--output", "tidy.csv", cwd=tmp_path)
    done = kpicard("score", "tidy.csv", "--roles", ROLES, cwd=tmp_path)
    assert "Cards: 1 scored, 1 withheld." in done.stderr
    assert "run `kpicard tidy` again" in done.stderr
    assert "not-reported" not in done.stderr


def test_parquet_has_decimals(kpicard: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(MONTH, "utf-8")
    done = kpicard("tidy", "a.csv", "--roles", ROLES, "--employee", "E1", "--output", "t.parquet", cwd=tmp_path)
    kinds = duckdb.execute(f"DESCRIBE FROM '{tmp_path}/t.parquet'").fetchall()
    assert "Wrote 4 rows to t.parquet" in done.stderr
    assert {"actual": "DECIMAL(18,6)", "line": "BIGINT"} == {
        name: kind for name, kind, *_ in kinds if name in {"actual", "line"}
    }


def test_a_status_that_contradicts_its_actual_is_a_problem(kpicard: Run, tmp_path: Path) -> None:
    heading = "period,employee,role,kpi,actual,status\n"
    lines = "2026-10,E1,support,speed,30,not_applicable\n2026-10,E1,support,quality,,scored\n"
    (tmp_path / "a.csv").write_text(heading + lines, "utf-8")
    done = kpicard("score", "a.csv", "--roles", ROLES, cwd=tmp_path)
    assert 2 == done.stderr.count("[bad-status]")


def test_a_column_status_that_says_other_things_is_not_used(kpicard: Run, tmp_path: Path) -> None:
    lines = "2026-10,E1,support,speed,30,在职\n2026-10,E1,support,quality,90,在职\n"
    (tmp_path / "a.csv").write_text(f"period,employee,role,kpi,actual,状态\n{lines}", "utf-8")
    done = kpicard("score", "a.csv", "--roles", ROLES, "--format", "csv", cwd=tmp_path)
    assert (0, 3) == (done.returncode, len(done.stdout.splitlines()))
    assert "does not know the column `状态`" in done.stderr
