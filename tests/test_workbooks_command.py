"""Workbooks as the command reads them, with the extra that reads them and without."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

HERE = Path(__file__).parent
ROLES = HERE.parent / "roles"
WITHOUT = (
    "import sys; sys.modules['{module}'] = None; from kpicard.__main__ import main; sys.argv[0] = 'kpicard'; main()"
)


@pytest.mark.parametrize(("case", "module"), [("xlsx-libreoffice", "openpyxl"), ("xls-libreoffice", "xlrd")])
def test_without_the_extra_a_workbook_says_what_to_install(case: str, module: str) -> None:
    """One problem that says how to mend it, and no traceback."""
    (file,) = (HERE / "cases" / "exports" / case).glob("*.xls*")
    command = [sys.executable, "-c", WITHOUT.format(module=module), "score", str(file), "--roles", str(ROLES)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, cwd=HERE)
    assert 1 == done.returncode
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
    lines = [line for line in done.stderr.splitlines() if " rows" in line]
    assert [
        "gbk-libreoffice/导出.csv: GB18030 with commas, heading in line 1, one row per KPI, 24 rows",
        "xlsx-title-rows/考核.xlsx:Sheet1: Excel, heading in line 5, one row per KPI, 24 rows",
    ] == lines
