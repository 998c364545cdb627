"""The workbook's formulas come to what the cards say: exactly computed, in plain binary numbers, and as written."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests import scores_workbook
from tests.formula_oracle import Calculator
from tests.oracle_months import Month

Run = Callable[..., subprocess.CompletedProcess[str]]

EXAMPLES = Path(__file__).parents[2] / "examples"
MONTHS = sorted(EXAMPLES.glob("2026-*.csv"))


def report(kpicard: Run, folder: Path, *arguments: str | Path) -> tuple[Path, dict[int, scores_workbook.Figures]]:
    """Score twice; return the workbook, and the cards as JSON has them."""
    book, told = folder / "cards.xlsx", folder / "cards.json"
    for path in (book, told):
        done = kpicard("score", *arguments, "--output", path)
        assert done.returncode in {0, 1}, done.stderr
    return book, scores_workbook.of_json(told)


def check(path: Path, expected: dict[int, scores_workbook.Figures]) -> None:
    """Compare the formulas and the results beside them with the cards."""
    written = Calculator(load_workbook(path, data_only=True), Fraction)
    formulas = load_workbook(path)
    for value in (
        written.value,
        Calculator(formulas, Fraction).value,
        Calculator(formulas, float).value,
    ):
        assert expected == scores_workbook.of_workbook(formulas, value)
        summary = scores_workbook.of_summary(formulas, value)
        assert {number: card.total for number, card in expected.items()} == {n: c.total for n, c in summary.items()}
        assert {number: card.grade for number, card in expected.items()} == {n: c.grade for n, c in summary.items()}


@pytest.mark.parametrize(
    "arguments",
    [
        MONTHS,
        [EXAMPLES / "wide" / "2026-10.csv"],
        [*MONTHS, "--by", "quarter"],
        [*MONTHS, "--by", "quarter", "--rollup", "actuals"],
    ],
    ids=["months", "wide", "totals", "actuals"],
)
def test_examples(kpicard: Run, tmp_path: Path, arguments: Sequence[str | Path]) -> None:
    """Points, totals, grades and coefficients of every example are those of `--format json`."""
    path, expected = report(kpicard, tmp_path, *arguments)
    assert expected
    check(path, expected)


def test_ties(kpicard: Run, tmp_path: Path) -> None:
    """Half a hundredth is rounded away from zero, also with weights like 33.33, below 0, and by fewer weights."""
    path, expected = report(kpicard, tmp_path, scores_workbook.write_ties(tmp_path), "--roles", tmp_path / "roles")
    assert len(expected) == 400
    check(path, expected)


@pytest.mark.parametrize(
    ("seed", "missing"), [("ordinary-1", "zero"), ("extreme-1", "exclude"), ("adjusted-1", "zero")]
)
def test_random_cards(kpicard: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: str, missing: str) -> None:
    """Random roles, with vetoes and adjustments and with values as large as they can be, come to the same."""
    monkeypatch.setattr("tests.oracle_months.CASES", 2000)
    month = Month(tmp_path, seed, "extreme" if "extreme" in seed else "ordinary")
    path, expected = report(
        kpicard, tmp_path, month.folder / "2026-10.csv", "--roles", month.folder / "roles", "--missing", missing
    )
    assert len(expected) > 50
    check(path, expected)


def test_a_changed_score_changes_the_total(kpicard: Run, tmp_path: Path) -> None:
    """The formulas are alive: whoever types another score sees other points, another total and another grade."""
    path, expected = report(kpicard, tmp_path, *MONTHS[:1])
    book = load_workbook(path)
    sheet = book["Customer service specialist"]
    words = [cell.value for cell in sheet[6]]
    number = int(str(sheet["A7"].value))
    sheet.cell(7, words.index("Score") + 1).value = 0
    card = scores_workbook.of_workbook(book, Calculator(book, float).value)[number]
    assert (0, *expected[number].points[1:]) == card.points
    total = Fraction(str(expected[number].total)) - Fraction(str(expected[number].points[0]))
    assert float(total) == card.total
    assert expected[number].grade != card.grade


def test_a_sorted_sheet_keeps_the_summary_right(kpicard: Run, tmp_path: Path) -> None:
    """The summary finds a card by its number, so that a sheet of a role may be sorted."""
    path, expected = report(kpicard, tmp_path, *MONTHS[:1])
    book = load_workbook(path)
    sheet = book["Operations manager"]
    first, last = ([cell.value for cell in sheet[row]] for row in (7, sheet.max_row))
    for row, values, moved in ((7, last, sheet.max_row), (sheet.max_row, first, 7)):
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column).value = str(value).replace(str(moved), str(row)) if _is_formula(value) else value
    summary = scores_workbook.of_summary(book, Calculator(book, Fraction).value)
    assert {number: card.total for number, card in expected.items()} == {n: c.total for n, c in summary.items()}


def _is_formula(value: object) -> bool:
    return isinstance(value, str) and value.startswith("=")
