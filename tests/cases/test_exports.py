"""Files of actuals as they arrive from spreadsheets and other systems: each folder below cases/exports is one case.

A case has files, and where needed `args.txt` (otherwise all its files are given, sorted by name). `expected.csv` is
the whole output as CSV; where it is left out, the cards are those of `month.csv`: the case is the same month in another
dress. `expected.txt` has the place and the code of each problem. cases/exports/make.py makes them all.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

HERE = Path(__file__).parents[1]
FOLDER = HERE / "cases" / "exports"
_PROBLEM: Final = re.compile(r"^(\S.*?): (error|warning): .* \[([a-z0-9-]+)\]$", re.MULTILINE)
CASES = sorted(file.parent for file in FOLDER.glob("*/expected.txt"))


def score(kpicard: Run, case: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Score a case as its user would, in a copy that has nothing but what arrived."""
    copy = folder / case.name
    shutil.copytree(case, copy, ignore=shutil.ignore_patterns("args.txt", "expected.*"))
    file = case / "args.txt"
    given = shlex.split(file.read_text("utf-8")) if file.exists() else sorted(each.name for each in copy.iterdir())
    done = kpicard("score", *given, "--roles", HERE.parent / "roles", "--format", "csv", cwd=copy)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def cards_of(case: Path) -> str:
    """Return the cards that a case expects."""
    file = case / "expected.csv"
    return (file if file.exists() else FOLDER / "month.csv").read_bytes().decode()


def problems(stderr: str) -> list[tuple[str, str]]:
    """Return the place with the code of each problem, as `expected.txt` has it, and its severity."""
    return [(f"{place} {code}", severity) for place, severity, code in _PROBLEM.findall(stderr)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_cards_and_problems_are_as_expected(kpicard: Run, tmp_path: Path, case: Path) -> None:
    """Every card to the byte, and every problem at its place; exit status 1 or 2 for an error, 0 for warnings."""
    done = score(kpicard, case, tmp_path)
    found = problems(done.stderr)
    assert (case / "expected.txt").read_text("utf-8").splitlines() == [problem for problem, _ in found]
    assert cards_of(case) == done.stdout
    assert any(severity == "error" for _, severity in found) == bool(done.returncode)


def test_cases_are_found() -> None:
    """The folder of cases is there and has not lost its cases."""
    assert len(CASES) >= 40


def test_one_month_is_there_in_many_dresses() -> None:
    """At least eight cases are the same month without a problem, though none is spelt as another."""
    same = [case for case in CASES if not (case / "expected.csv").exists() and not (case / "expected.txt").read_bytes()]
    spelt = {
        tuple(file.read_bytes() for file in sorted(case.rglob("*")) if file.is_file() and file.name != "args.txt")
        for case in same
    }
    assert len(same) >= 8
    assert len(same) == len(spelt)
