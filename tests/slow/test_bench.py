"""The benchmarks compare like with like: every script beside kpicard comes to its scorecards. Nothing is timed."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.bench import office, scoring
from tests.bench.contest import Contest, hold
from tests.bench.measure import Failed, Job, compare
from tests.bench.versions import lacking

pytestmark = pytest.mark.skipif(bool(lacking()), reason="the extra `bench` is not installed")

_ROWS = 1000
_PEERS = {"DuckDB, checked", "Polars, checked", "pandas, checked", "DuckDB, bare", "Polars, bare", "pandas, bare"}


def _once(contests: Iterator[Contest]) -> dict[str, dict[str, str]]:
    """Run every job once and compare it; return what is said of each result."""
    held = {contest.title: hold(replace(contest, once=True), 1) for contest in contests}
    return {title: {line.job.name: line.remark for line in lines} for title, lines in held.items()}


def test_every_script_comes_to_the_same_totals_and_withholds_the_same_cards(tmp_path: Path) -> None:
    """It would fail otherwise: floats may be off by hundredths, which is told, and no more than that."""
    plain, faulty = _once(scoring.contests(tmp_path, [_ROWS])).values()
    assert _PEERS <= plain.keys()
    assert {name for name in _PEERS if "checked" in name} <= faulty.keys()
    assert plain["a loop over csv and decimal"] == "all totals exact"


@pytest.mark.skipif(office.OFFICE is None, reason="there is no LibreOffice here (soffice)")
def test_the_spreadsheet_is_computed_to_the_same_totals(tmp_path: Path) -> None:
    (spreadsheet,) = _once(office.contests(tmp_path, _ROWS)).values()
    assert {"kpicard", "kpicard, from a workbook", "LibreOffice"} == spreadsheet.keys()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (",47.51,D,", ",48.51,D,"),  # another total
        (",47.51,D,", ",47.51,C,"),  # another grade
        ("E00000000,", "E00000009,"),  # another card
        (",8.21,", ",8.22,"),  # another actual
    ],
)
def test_a_wrong_result_is_told_before_any_time_counts(tmp_path: Path, old: str, new: str) -> None:
    """Else the comparison would say nothing."""
    right = scoring.kpicard(scoring.month(tmp_path, _ROWS), tmp_path)
    subprocess.run(list(map(str, right.command)), check=True)
    assert right.out
    text = right.out.read_text("utf-8")
    assert old in text
    wrong = Job("wrong", [], tmp_path / "wrong.csv", "rows")
    (tmp_path / "wrong.csv").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(Failed, match="not kpicard's"):
        compare(right, wrong, tmp_path)
    (tmp_path / "wrong.csv").write_text(text, "utf-8")
    assert compare(right, wrong, tmp_path) == "all totals exact"
