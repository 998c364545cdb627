"""Workbooks as the command reads them, with the extra that reads them and without."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

Run = Callable[..., subprocess.CompletedProcess[str]]

HERE = Path(__file__).parents[1]
ROLES = HERE.parent / "roles"
WITHOUT = (
    "import sys; sys.modules['{module}'] = None; from kpicard.__main__ import main; sys.argv[0] = 'kpicard'; main()"
)


@pytest.mark.parametrize(("case", "module"), [("xlsx-libreoffice", "openpyxl"), ("xls-libreoffice", "xlrd")])
def test_without_the_extra_a_workbook_says_what_to_install(case: str, module: str) -> None:
    """One problem that says how to fix it, and no traceback."""
    (file,) = (HERE / "cases" / "exports" / case).glob("*.xls*")
    command = [sys.executable, "-c", WITHOUT.format(module=module), "score", str(file), "--roles", str(ROLES)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, cwd=HERE)
    assert 2 == done.returncode
    assert "[missing-extra]" in done.stderr
    assert '`pip install "kpicard[excel]"`' in done.stderr
    assert "Traceback" not in done.stderr


def test_a_cell_of_a_workbook_is_named_as_the_workbook_names_it(kpicard: Run) -> None:
    """A problem's place is `path:Sheet!C7`, for people and for programs."""
    case = HERE / "cases" / "exports" / "xlsx-bad-value"
    (file,) = case.glob("*.xlsx")
    done = kpicard("score", file.name, "--roles", ROLES, cwd=case)
    place, _, _ = (case / "expected.txt").read_text("utf-8").partition(" bad-value")
    assert done.stderr.startswith(f"{place}: error: ")


def test_a_workbook_comes_through_a_pipe_as_well(kpicard: Run, tmp_path: Path) -> None:
    """Standard input may be a workbook: what it is shows in its bytes, not in a name."""
    case = HERE / "cases" / "exports" / "xlsx-libreoffice"
    (file,) = case.glob("*.xlsx")
    with file.open("rb") as stream:
        command = [sys.executable, "-m", "kpicard", "score", "-", "--roles", str(ROLES), "--format", "csv"]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", stdin=stream, check=False)
    assert (HERE / "cases" / "exports" / "month.csv").read_text("utf-8") == done.stdout
    copy = shutil.copy(file, tmp_path / "called-anything")
    assert done.stdout == kpicard("score", copy, "--roles", ROLES, "--format", "csv").stdout


def test_verbose_says_how_each_file_was_read(kpicard: Run) -> None:
    """Encoding, separator, heading and period stand on standard error, a line for each table."""
    case = HERE / "cases" / "exports"
    files = ["gbk-libreoffice/导出.csv", "xlsx-title-rows/考核.xlsx"]
    done = kpicard("score", *files, "--roles", ROLES, "--format", "csv", "--verbose", "--employee", "E017", cwd=case)
    lines = [line for line in done.stderr.splitlines() if line.endswith(" rows")]
    assert [
        "gbk-libreoffice/导出.csv: GB18030 with commas, heading in line 1, one row per KPI, 24 rows",
        "xlsx-title-rows/考核.xlsx:Sheet1: Excel, heading in line 5, one row per KPI, 24 rows",
    ] == lines


PROBLEM = re.compile(r"^2026-10\.xlsx(\S*): (?:error|warning): .* \[([a-z0-9-]+)\]$", re.MULTILINE)


@pytest.fixture
def scored(kpicard: Run, tmp_path: Path) -> Callable[..., tuple[dict[tuple[str, str], str], list[str]]]:
    """Fill a sheet, save it and score it: return the scores by employee and KPI, and the problems' places and codes."""

    def run(fill: Callable[[Worksheet], None], *options: str) -> tuple[dict[tuple[str, str], str], list[str]]:
        workbook = openpyxl.Workbook()
        fill(workbook.worksheets[0])
        workbook.save(tmp_path / "2026-10.xlsx")
        roles = ["--roles", HERE / "data" / "roles"]
        done = kpicard("score", "2026-10.xlsx", *roles, "--format", "csv", *options, cwd=tmp_path)
        assert "Traceback" not in done.stderr
        rows = csv.DictReader(StringIO(done.stdout))
        found = [f"{place.removeprefix(':')} {code}".strip() for place, code in PROBLEM.findall(done.stderr)]
        return {(row["employee"], row["kpi"]): row["score"] for row in rows}, found

    return run


Scored = Callable[..., tuple[dict[tuple[str, str], str], list[str]]]


def test_a_merged_target_counts_for_all_the_rows_that_it_spans(scored: Scored) -> None:
    """As does what a merged cell says of the employee, the role or the unit."""

    def fill(sheet: Worksheet) -> None:
        sheet.append(["employee", "role", "kpi", "actual", "target"])
        for employee in ("A", "B"):
            sheet.append([employee, "sales", "revenue", 9000, 9000 if employee == "A" else None])
        for employee in ("A", "B"):
            sheet.append([employee, "sales", "refunds", 0, None])
        sheet.merge_cells("E2:E3")
        sheet.merge_cells("B2:B5")

    scores, problems = scored(fill)
    assert "100.00" == scores["A", "revenue"] == scores["B", "revenue"]
    assert [] == problems


def test_a_target_merged_over_two_kpis_is_neithers(scored: Scored) -> None:
    """Which one it is the target of, is not clear."""

    def fill(sheet: Worksheet) -> None:
        sheet.append(["employee", "role", "kpi", "actual", "target"])
        sheet.append(["A", "sales", "revenue", 9000, 9000])
        sheet.append(["A", "sales", "refunds", 0, None])
        sheet.merge_cells("E2:E3")

    assert ({}, ["Sheet!E3 bad-target-value"]) == scored(fill)


@pytest.mark.parametrize("missing", ["refuse", "zero", "exclude"])
def test_a_merged_figure_is_nobodys(scored: Scored, missing: str) -> None:
    """Whose figure it is, is not clear: it is said at each of the cells, and never counts as 0."""

    def fill(sheet: Worksheet) -> None:
        sheet.append(["employee", "role", "revenue", "refunds"])
        sheet.append(["A", "sales", 10000, 2])
        sheet.append(["B", "sales", 10000, None])
        sheet.append(["C", "sales", "不适用", None])
        sheet.merge_cells("D2:D3")
        sheet.merge_cells("C4:D4")

    scores, problems = scored(fill, "--missing", missing)
    assert {} == scores
    assert ["Sheet!D2 bad-value", "Sheet!D3 bad-value", "Sheet!D4 bad-value"] == problems


def test_a_subtotal_below_a_merged_role_is_no_card(scored: Scored) -> None:
    """A row that is called a sum is taken out, though a merged cell gives it a role."""

    def fill(sheet: Worksheet) -> None:
        sheet.append(["role", "employee", "revenue", "refunds"])
        sheet.append(["sales", "A", 10000, 2])
        sheet.append([None, "小计", 10000, 2])
        sheet.merge_cells("A2:A3")

    scores, problems = scored(fill)
    assert {"A"} == {employee for employee, _ in scores}
    assert ["Sheet!B3 sum-row"] == problems


def test_an_id_is_what_its_cell_shows(scored: Scored) -> None:
    """A number in a format of zeros and letters is the text that people see: E007, not 7."""

    def fill(sheet: Worksheet) -> None:
        sheet.append(["employee", "role", "revenue", "refunds"])
        sheet.append([7, "sales", 1.2, 2])
        sheet["A2"].number_format = '"E"000'
        sheet["C2"].number_format = '0.0"万"'

    scores, problems = scored(fill)
    assert {("E007", "revenue"): "120.00", ("E007", "refunds"): "90.00"} == scores
    assert [] == problems


def test_hours_and_minutes_or_minutes_and_seconds_are_not_guessed_in_a_sheet_either(scored: Scored) -> None:
    """A duration that is shown as 0:28 is refused as the text is."""

    def fill(sheet: Worksheet) -> None:
        sheet.append(["employee", "role", "speed", "quality"])
        sheet.append(["A", "support", 28 / 1440, 90])
        sheet.append(["B", "support", 28 / 86400, 90])
        sheet["C2"].number_format, sheet["C3"].number_format = "h:mm", "h:mm:ss"

    scores, problems = scored(fill)
    assert {("B", "speed"): "106.67", ("B", "quality"): "100.00"} == scores
    assert ["Sheet!C2 bad-value"] == problems


def test_a_sheet_without_actuals_may_hold_the_figure_that_lacks(kpicard: Run, tmp_path: Path) -> None:
    """A table that is set aside is no reason to score 0."""
    workbook = openpyxl.Workbook()
    sheet, more = workbook.worksheets[0], workbook.create_sheet("more")
    sheet.append(["employee", "role", "revenue"])
    sheet.append(["A", "sales", 10000])
    more.append(["employee", "refunds"])
    more.append(["A", 2])
    workbook.save(tmp_path / "2026-10.xlsx")
    options = ["--roles", HERE / "data" / "roles", "--missing", "zero", "--format", "json"]
    done = kpicard("score", "2026-10.xlsx", *options, cwd=tmp_path)
    found = [(each["cell"], each["code"]) for each in json.loads(done.stdout)["problems"]]
    assert [("Sheet!A2", "maybe-unread"), ("more", "sheet-not-used")] == found
    assert "What follows from these is not listed: 1 more." in done.stderr
    assert [] == json.loads(done.stdout)["cards"]


def test_cells_far_to_the_right_are_refused_at_once(scored: Scored) -> None:
    """A few bytes that ask for billions of cells; one blank there does not matter."""

    def fill(sheet: Worksheet) -> None:
        sheet.append(["employee", "role", "revenue", "refunds"])
        sheet.append(["A", "sales", 10000, 2])
        for row in range(3, rows + 3):
            sheet.cell(row, 16384).value = text

    rows, text = 2200, "x"
    assert ({}, ["large-workbook"]) == scored(fill)
    rows, text = 1, " "
    assert ({("A", "revenue"): "100.00", ("A", "refunds"): "90.00"}, []) == scored(fill)
