"""More problems than anybody reads: the first ones of a kind are listed, the rest counted, and every card withheld."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

ROLE = """\
id: seller
title: Seller
kpis:
  - {id: sales, name: Sales, weight: 50, better: higher, target: 10}
  - {id: visits, name: Visits, weight: 50, better: higher, target: 10}
"""
LISTED = 10_000


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "department.yaml").write_text("title: Shop\ngrades: [{grade: A, from: 0, coefficient: 1}]\n")
    (tmp_path / "seller.yaml").write_text(ROLE)
    return tmp_path


@pytest.mark.parametrize(
    ("code", "row", "count"),
    [
        ("bad-value", "E{0},seller,sales,many\nE{0},seller,visits,3\n", 12_000),
        ("unknown-role", "E{0},seler,sales,3\n", 12_000),
        ("not-reported", "E{0},seller,sales,3\n", 12_000),
        ("doubled-figure", "E{0},seller,sales,3\nE{0},seller,sales,4\nE{0},seller,visits,4\n", 12_000),
    ],
)
def test_the_first_of_a_kind_are_listed_and_the_rest_counted(
    kpicard: Run, shop: Path, code: str, row: str, count: int
) -> None:
    """None of their cards is scored; one that is right is."""
    rows = "".join(row.format(number) for number in range(count))
    right = "R1,seller,sales,3\nR1,seller,visits,3\n"
    (shop / "2026-10.csv").write_text(f"employee,role,kpi,actual\n{rows}{right}")
    done = kpicard("score", "2026-10.csv", "--roles", ".", "--format", "json", cwd=shop)
    report = json.loads(done.stdout)
    assert (1, ["R1"]) == (done.returncode, [card["employee"] for card in report["cards"]])
    (more,) = [problem for problem in report["problems"] if problem["code"] == "more-like-these"]
    listed = [problem for problem in report["problems"] if problem is not more]
    assert [code] * LISTED == [problem["code"] for problem in listed]
    assert f"from here on there are {count - LISTED} more like `{code}`" == more["message"]
    assert more["line"] == listed[-1]["line"]
    assert f"… and {count - 100} more problems" in kpicard("score", "2026-10.csv", "--roles", ".", cwd=shop).stderr


def test_warnings_are_counted_as_well_and_withhold_nothing(kpicard: Run, shop: Path) -> None:
    """A month whose ids came along with a character that is not seen is scored as it stands."""
    rows = "".join(f"E{number}\u200b,seller,sales,9\nE{number}\u200b,seller,visits,9\n" for number in range(10_500))
    (shop / "2026-10.csv").write_text(f"employee,role,kpi,actual\n{rows}")
    done = kpicard("score", "2026-10.csv", "--roles", ".", "--format", "json", cwd=shop)
    report = json.loads(done.stdout)
    codes = [problem["code"] for problem in report["problems"]]
    assert (0, 10_500) == (done.returncode, len(report["cards"]))
    assert {"hidden-character": LISTED, "more-warnings": 1} == {code: codes.count(code) for code in codes}


def test_a_code_is_counted_as_its_own_kind(kpicard: Run, shop: Path) -> None:
    """Of numbers about cards too, each kind is called what it is."""
    rows = "".join(f"E{number},seller,5,5,many\n" for number in range(10_500))
    (shop / "2026-10.csv").write_text(f"employee,role,sales,visits,days\n{rows}")
    done = kpicard("score", "2026-10.csv", "--roles", ".", "--format", "json", cwd=shop)
    messages = [problem["message"] for problem in json.loads(done.stdout)["problems"]]
    assert 1 == messages.count("from here on there are 500 more like `bad-days`")
