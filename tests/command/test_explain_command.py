"""`kpicard explain`: what is printed for one card, in each format, and what it says where there is none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from rich.cells import cell_len

from kpicard.reports.formats.markdown import escape

ROOT = Path(__file__).parents[2]
OCTOBER = ROOT / "examples" / "2026-10.csv"

DEPARTMENT = """\
title: Shop
grades:
  - {grade: A, from: 95, coefficient: 1.2, label: {en: Excellent, zh: 优秀}}
  - {grade: B, from: 80, coefficient: 1}
  - {grade: C, from: 0, coefficient: 0.5}
adjustments:
  - {id: praise, name: {en: Praise, zh: 表扬}, points_each: 2, at_most: 5, unit: {en: times, zh: 次}}
  - {id: absence, name: {en: Absence, zh: 旷工}, points_each: -0.5}
"""

CLERK = """\
id: clerk
title: {en: Clerk, zh: 店员}
kpis:
  - id: speed
    name: {en: Speed, zh: 速度}
    weight: 40
    unit: s
    better: lower
    target: {2026-01: 35, 2026-07: 30}
    scoring: {method: linear, points: [[15, 120], [30, 100], [60, 60], [120, 0]]}
  - id: returns
    name: {en: Returns, zh: 回购率}
    weight: 20
    unit: "%"
    better: higher
    target: 25
    scoring: {method: ratio, zero_below: 60}
    veto: {score_below: 50, grade_at_most: C}
  - id: stock
    name: {en: Days of stock, zh: 库存天数}
    weight: 30
    unit: {en: days, zh: 天}
    better: within
    scoring: {method: bands, bands: [{from: 20, upto: 30, score: 100}, {from: 10, upto: 40, score: 66.666}]}
  - {id: sales, name: {en: Sales, zh: 销售额}, weight: 10, unit: {en: yuan, zh: 元}, better: higher, target: 1200000}
"""

ROWS = """\
employee,role,kpi,actual,numerator,denominator,target,name,base
E1,clerk,speed,41.7,,,,{name},5000
E1,clerk,returns,,7,85,,,
E1,clerk,stock,33,,,,,
E1,clerk,sales,1500000,,,,,
E1,clerk,praise,4,,,,,
E1,clerk,absence,1.5,,,,,
E2,clerk,speed,45,,,,,
E2,clerk,returns,24,,,28,,
E2,clerk,stock,N/A,,,,,
E2,clerk,sales,-,,,,,
E3,clerk,speed,N/A,,,,,
E3,clerk,returns,N/A,,,,,
E3,clerk,stock,N/A,,,,,
E3,clerk,sales,N/A,,,,,
"""

Run = Callable[..., CompletedProcess[str]]
Golden = Callable[[str, str], None]


@pytest.fixture
def explain(kpicard: Run, tmp_path: Path) -> Run:
    """Run `kpicard explain` on a small shop that has a bit of everything."""
    roles = tmp_path / "roles"
    roles.mkdir()
    (roles / "department.yaml").write_text(DEPARTMENT, "utf-8")
    (roles / "clerk.yaml").write_text(CLERK, "utf-8")

    def run(*options: str, name: str = "Ann") -> CompletedProcess[str]:
        (tmp_path / "2026-10.csv").write_text(ROWS.format(name=name), "utf-8")
        return kpicard("explain", "2026-10.csv", *options, cwd=tmp_path)

    return run


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("format_", ["terminal", "markdown"])
def test_a_card_of_the_examples(kpicard: Run, golden: Golden, language: str, format_: str) -> None:
    """One card of a month, as it is printed in 100 columns."""
    ran = kpicard("explain", OCTOBER, "--employee", "E017", "--lang", language, "--format", format_)
    assert (0, "") == (ran.returncode, ran.stderr)
    golden(f"explain/E017.{language}.{'txt' if format_ == 'terminal' else 'md'}", ran.stdout)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_all_fits_in_60_columns(kpicard: Run, golden: Golden, language: str) -> None:
    """No line is longer, whatever the role."""
    ran = kpicard("explain", OCTOBER, "--lang", language, env={"COLUMNS": "60"})
    assert all(cell_len(line) <= 60 for line in ran.stdout.splitlines())
    one = kpicard("explain", OCTOBER, "--employee", "E017", "--lang", language, env={"COLUMNS": "60"})
    golden(f"explain/E017.{language}.60.txt", one.stdout)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_everything_that_a_card_may_have(explain: Run, golden: Golden, language: str) -> None:
    """Divisions, targets by period and by row, bounds, vetoes, a bonus, weights scaled up, and nothing assessed."""
    ran = explain("--missing", "exclude", "--lang", language, "--format", "markdown")
    assert 0 == ran.returncode
    golden(f"explain/shop.{language}.md", ran.stdout)


def test_a_figure_not_reported_is_explained_as_0(explain: Run) -> None:
    """With `--missing zero` it stays in the weights."""
    printed = explain("--missing", "zero", "--employee", "E2").stdout
    assert "not reported, scored 0" in printed
    assert "0.00, since nothing was reported" in printed
    assert "0.00 × 14.2857 ÷ 100 = 0.00" in printed


def test_steps_as_data(explain: Run) -> None:
    """JSON has each step with its formula, the place on the curve, the lines of the drawing, and the advice."""
    values = json.loads(explain("--missing", "exclude", "--format", "json").stdout)
    assert "kpicard.explain/1" == values["format"]
    first, second, third = values["cards"]
    speed, returns, stock, sales = first["kpis"]
    assert {"value": 30, "from": "2026-07", "is_own": False} == speed["target"]
    assert {"formula": "100 × 41.7 ÷ 30", "unrounded": "139", "result": 139.0} == speed["ratio"]
    assert {"formula": "200 − 139.00", "unrounded": "61", "result": 61.0} == speed["attainment"]["from_ratio"]
    assert ("line", {"x": 30, "is_included": True, "score": 100}) == (speed["place"]["kind"], speed["place"]["low"])
    assert [[41.7, 84.4], [30, 100.0]] == [speed["curve"]["actual"], speed["curve"]["target"]]
    assert "8.2352941176…" == returns["actual"]["division"]["unrounded"]
    assert ("bands", 2) == (stock["place"]["rule"], stock["place"]["number"])
    assert ("cap", None) == (sales["place"]["rule"], sales["place"]["high"])
    assert {"side": "at-most", "points": 5} == first["adjustments"][0]["bound"]
    assert [{"kpi": "returns", "score": 0.0, "score_below": 50, "grade_at_most": "C"}] == first["vetoes"]
    assert "5000 × 0.5" == first["bonus"]["formula"]
    assert "B" == first["advice"]["grade"]
    assert {"value": 28, "from": None, "is_own": True} == second["kpis"][1]["target"]
    assert (None, None, None) == (third["total"], third["band"], third["kpis"][0]["place"])


def test_a_withheld_card_is_named_and_the_status_says_so(explain: Run) -> None:
    """Its problem is on standard error; JSON lists it."""
    ran = explain("--employee", "E2")
    assert 1 == ran.returncode
    assert "E2, Clerk, 2026-10: no card" in ran.stdout
    assert "not-reported" in ran.stderr
    withheld = json.loads(explain("--employee", "E2", "--format", "json").stdout)["withheld"]
    assert [{"period": "2026-10", "employee": "E2", "name": None, "role": "clerk"}] == withheld


def test_a_name_that_nobody_has_is_said(explain: Run) -> None:
    """Nothing is printed, and the reason is on standard error."""
    ran = explain("--employee", "E9")
    assert (2, "") == (ran.returncode, ran.stdout)
    assert "there are no rows for `E9`" in ran.stderr


@pytest.mark.parametrize("name", ["[red]x", "<script>alert(1)</script>", "| a | b |", "\x1b[31mred", "``` x"])
@pytest.mark.parametrize("format_", ["terminal", "markdown"])
def test_a_name_comes_out_as_text(explain: Run, name: str, format_: str) -> None:
    """Whatever it looks like."""
    printed = explain("--employee", "E1", "--format", format_, name=name).stdout
    assert (escape(name) if format_ == "markdown" else name.replace("\x1b", "\\x1b")) in printed
    assert "\x1b" not in printed
    assert format_ == "terminal" or "<script>" not in printed


def test_a_quarter_names_its_months(kpicard: Run) -> None:
    """The mean of the months' totals is a sum that one can check."""
    files = sorted((ROOT / "examples").glob("2026-0*.csv"))
    ran = kpicard("explain", *files, "--employee", "E017", "--by", "quarter")
    assert 0 == ran.returncode
    assert "(82.03 + 87.68) ÷ 2 = 84.855 ≈ 84.86" in ran.stdout
