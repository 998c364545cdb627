"""LibreOffice, which computes every formula of the workbook anew, comes to the same as `--format json`."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from tests import scores_workbook
from tests.formula_oracle import Calculator
from tests.oracle_months import Month

Run = Callable[..., subprocess.CompletedProcess[str]]

EXAMPLES = Path(__file__).parents[2] / "examples"
MONTHS = sorted(EXAMPLES.glob("2026-*.csv"))
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")

pytestmark = pytest.mark.skipif(
    OFFICE is None, reason="there is no LibreOffice here (soffice) to compute workbooks with"
)

# Without it, the results that the file brings along are believed.
_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def computed(path: Path, folder: Path) -> Path:
    """Return the workbook with the results that LibreOffice comes to."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS, "utf-8")
    command = [str(OFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    out = folder / "computed"
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return out / path.name


def check(kpicard: Run, folder: Path, *arguments: str | Path) -> None:
    """Score twice, and compare what LibreOffice comes to in every sheet with the cards in JSON."""
    book, told = folder / "cards.xlsx", folder / "cards.json"
    for path in (book, told):
        done = kpicard("score", *arguments, "--output", path)
        assert done.returncode in {0, 1}, done.stderr
    expected = scores_workbook.of_json(told)
    assert expected
    opened = load_workbook(computed(book, folder), data_only=True)
    value = Calculator(opened, Fraction).value
    assert expected == scores_workbook.of_workbook(opened, value)
    summary = scores_workbook.of_summary(opened, value)
    assert {number: card.total for number, card in expected.items()} == {n: card.total for n, card in summary.items()}
    assert {number: card.grade for number, card in expected.items()} == {n: card.grade for n, card in summary.items()}


def test_it_does_compute(kpicard: Run, tmp_path: Path) -> None:
    """A wrong result in the file is not believed; else all the other tests would say nothing."""
    path = tmp_path / "cards.xlsx"
    kpicard("score", *MONTHS[:1], "--output", path)
    book = load_workbook(path, data_only=True)
    right = book["Operations manager"]["F7"].value
    planted = tmp_path / "planted.xlsx"
    with_wrong_result(path, planted, f"<v>{right:.2f}</v>", "<v>1234.5</v>")
    believed = load_workbook(planted, data_only=True)["Operations manager"]["F7"].value
    assert (1234.5, right) == (
        believed,
        load_workbook(computed(planted, tmp_path), data_only=True)["Operations manager"]["F7"].value,
    )


def with_wrong_result(path: Path, planted: Path, right: str, wrong: str) -> None:
    """Copy a workbook, with one text for another in all of its sheets."""
    with ZipFile(path) as source, ZipFile(planted, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            changes = name.startswith("xl/worksheets/")
            target.writestr(name, content.replace(right.encode(), wrong.encode()) if changes else content)


def test_months(kpicard: Run, tmp_path: Path) -> None:
    """The example's three months."""
    check(kpicard, tmp_path, *MONTHS)


def test_wide(kpicard: Run, tmp_path: Path) -> None:
    """The example with a row per person."""
    check(kpicard, tmp_path, EXAMPLES / "wide" / "2026-10.csv")


@pytest.mark.parametrize("rollup", ["totals", "actuals"])
def test_quarter(kpicard: Run, tmp_path: Path, rollup: str) -> None:
    """The quarter from its months, by their totals and by their actuals."""
    check(kpicard, tmp_path, *MONTHS, "--by", "quarter", "--rollup", rollup)


def test_ties(kpicard: Run, tmp_path: Path) -> None:
    """Points that end in just half a hundredth are rounded away from zero."""
    check(kpicard, tmp_path, scores_workbook.write_ties(tmp_path), "--roles", tmp_path / "roles")


def test_random_cards(kpicard: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Random roles with adjustments, vetoes and values as large as they can be."""
    monkeypatch.setattr("tests.oracle_months.CASES", 4000)
    month = Month(tmp_path, "adjusted-extreme", "extreme")
    roles = month.folder / "roles"
    check(kpicard, tmp_path, month.folder / "2026-10.csv", "--roles", roles, "--missing", "exclude")
