"""Files of actuals as people really have them: each folder below cases/actuals is one case.

A case has files, `expected.txt`, where needed `args.txt` (otherwise all its CSV files are scored) and where needed
its own `roles/` (otherwise data/roles). `expected.txt` has a line for each problem, as printed, and then for each card.
"""

from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kpicard.messages import codes_of

Run = Callable[..., subprocess.CompletedProcess[str]]

HERE = Path(__file__).parents[1]
CASES = sorted(file.parent for file in (HERE / "cases" / "actuals").glob("*/expected.txt"))
EXPORTS = sorted((HERE / "cases" / "exports").glob("*/expected.txt"))
CODES = codes_of("sources", "tables", "actuals", "figures", "people")

NOT_AS_A_FILE = {
    "too-long": "a row of more than 100,000 characters would only bloat the folder: it is written below",
    "endless-line": "likewise: see test_hostile_csv.py",
    "too-many-columns": "likewise: see test_hostile_csv.py",
    "large-workbook": "is too large to keep: see test_workbooks_command.py",
    "remote-path": "is about what stands on the command line: see test_supply_chain.py",
    "changed-while-read": "is about what happens meanwhile: see test_faults_reading.py",
    "missing-extra": "is about what is installed: see test_workbooks_command.py",
    "no-report": "is about what `diff` and `verify` read: see test_closing.py",
    "more-like-these": "counts what is beyond the first ten thousand: see test_many_problems.py",
    "more-warnings": "likewise",
}
"""Codes that no case has, and why."""


def score(kpicard: Run, case: Path) -> tuple[int, dict[str, Any]]:
    """Score a case as its user would; return the exit status and the JSON report."""
    file = case / "args.txt"
    given = shlex.split(file.read_text("utf-8")) if file.exists() else sorted(each.name for each in case.glob("*.csv"))
    roles = [] if (case / "roles").is_dir() else ["--roles", HERE / "data" / "roles"]
    done = kpicard("score", *given, *roles, "--format", "json", cwd=case)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, json.loads(done.stdout, parse_float=Decimal)


def lines(report: dict[str, Any]) -> list[str]:
    """Return the report as `expected.txt` has it: a cell of a workbook by its name there."""
    found = []
    for problem in report["problems"]:
        cell = [problem["cell"]] if "cell" in problem else [problem["line"], problem["column"]]
        place = [problem["path"], *cell]
        found.append(f"{':'.join(str(part) for part in place if part is not None)} {problem['code']}")
    for card in report["cards"]:
        total = "-" if card["total"] is None else card["total"]
        found.append(f"card {card['period']} {card['role']} {card['employee']} {total} {card['grade'] or '-'}")
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_problems_and_cards_are_as_expected(kpicard: Run, case: Path) -> None:
    """Every problem at its place and every other card; exit status 1 for an error, 0 for warnings."""
    status, report = score(kpicard, case)
    assert (case / "expected.txt").read_text("utf-8").splitlines() == lines(report)
    assert any(problem["severity"] == "error" for problem in report["problems"]) == bool(status)


def test_cases_are_found() -> None:
    """The folder of cases is there and has not lost its cases."""
    assert len(CASES) >= 60


def test_every_problem_of_actuals_has_a_case() -> None:
    """No code of the catalogue is without a case, but for those that are explained."""
    files = [*(case / "expected.txt" for case in CASES), *EXPORTS]
    expected = "\n".join(file.read_text("utf-8") for file in files)
    seen = {line.rpartition(" ")[2] for line in expected.splitlines() if not line.startswith("card ")}
    assert CODES == (seen & CODES) | set(NOT_AS_A_FILE)


def test_a_column_may_be_a_kpis_of_a_role_whose_file_is_wrong(kpicard: Run) -> None:
    """Nobody is told to head it `note`, nor that the table lacks the columns of another form."""
    _, report = score(kpicard, HERE / "cases" / "actuals" / "column-of-a-broken-role")
    assert [
        "it may be a KPI of sales, where the role's file has errors: fix that first",
        "columns of KPIs of sales are not known, since the role's file has errors: fix that first",
    ] == [each["hint"] for each in report["problems"] if each["code"] in {"unknown-column", "missing-column"}]


def test_a_numerator_with_a_unit_is_told_that_it_has_none(kpicard: Run, tmp_path: Path) -> None:
    """Though the KPI has that very unit, and its actual might be written with it."""
    row = "2026-10,E1,sales,refunds,90%,100\n"
    (tmp_path / "a.csv").write_text(f"period,employee,role,kpi,numerator,denominator\n{row}", "utf-8")
    done = kpicard("score", "a.csv", "--roles", HERE / "data" / "roles", "--format", "json", cwd=tmp_path)
    found = {each["code"]: each["hint"] for each in json.loads(done.stdout)["problems"]}
    assert "90 is understood, but not `%`: the numerator is an amount without a unit" == found["bad-value"]


@pytest.mark.parametrize(
    ("period", "hint"),
    [
        ("2026.1", "2026.1 may be month 1 or, with its 0 lost, month 10: write it as 2026-01 or 2026-10"),
        ("2026.2", "write year and month, such as 2026-10"),
    ],
)
def test_a_month_that_may_have_lost_its_0_is_not_guessed(kpicard: Run, tmp_path: Path, period: str, hint: str) -> None:
    """A spreadsheet makes 2026.1 of 2026.10."""
    (tmp_path / "a.csv").write_text(f"period,employee,role,speed,quality\n{period},E1,support,30,90\n", "utf-8")
    done = kpicard("score", "a.csv", "--roles", HERE / "data" / "roles", "--format", "json", cwd=tmp_path)
    assert [hint] == [each["hint"] for each in json.loads(done.stdout)["problems"]]


@pytest.mark.parametrize("first_line", ["", "\n"], ids=["regular", "blank-line-first"])
@pytest.mark.parametrize("missing", ["refuse", "zero", "exclude"])
def test_a_row_that_is_too_long_is_said(kpicard: Run, tmp_path: Path, missing: str, first_line: str) -> None:
    """A row of more than a million bytes is a problem at its beginning, whatever the rest of the file is like."""
    rows = f"2026-10,E1,support,speed,30,\n2026-10,E1,support,quality,90,{'x' * 1_000_000}\n"
    (tmp_path / "a.csv").write_bytes(f"{first_line}period,employee,role,kpi,actual,note\n{rows}".encode())
    options = ["--roles", HERE / "data" / "roles", "--format", "json", "--missing", missing]
    done = kpicard("score", "a.csv", *options, cwd=tmp_path)
    assert [f"a.csv:{3 + len(first_line)}:1 too-long"] == lines(json.loads(done.stdout, parse_float=Decimal))
    assert done.returncode == 1


def test_a_row_just_short_enough_is_read_in_an_irregular_file_too(kpicard: Run, tmp_path: Path) -> None:
    """The longest row that may be scored is scored, though its copy with quotes is longer."""
    row = "2026-10,E1,support,quality,90,"
    note = 'x"' * ((1_000_000 - len(row)) // 2)
    rows = f"2026-10,E1,support,speed,30,\n{row}{note}\n"
    (tmp_path / "a.csv").write_bytes(f"\nperiod,employee,role,kpi,actual,note\n{rows}".encode())
    done = kpicard("score", "a.csv", "--roles", HERE / "data" / "roles", "--format", "json", cwd=tmp_path)
    assert ["card 2026-10 support E1 100.00 A"] == lines(json.loads(done.stdout, parse_float=Decimal))
    assert done.returncode == 0
