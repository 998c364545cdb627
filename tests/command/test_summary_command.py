"""`kpicard summary`: the whole department as people and programs read it."""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Callable
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from rich.cells import cell_len

Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "2026-10.csv"
ROLES = ("--roles", ROOT / "roles")
HOSTILE = ("<script>alert(1)</script>", "=cmd|' /C calc'!A0", "[red]x", "| a | b |", "\x1b[31mx")

DEPARTMENT = """\
title: {en: Shop, zh: 店铺}
grades:
  - {grade: A, from: 90, coefficient: 1.2, label: {en: Good, zh: 优秀}}
  - {grade: B, from: 60, coefficient: 1.0, label: {en: Fair, zh: 合格}}
  - {grade: C, from: 0, coefficient: 0.5, label: {en: Poor, zh: 不合格}}
quota: {A: 20%, B: {up_to_5: 1, else: 2}, C: 1}
"""
CLERK = """\
id: clerk
title: {en: Clerk, zh: 文员}
kpis: [{id: speed, name: {en: Speed, zh: 速度}, weight: 100, better: higher, target: 10,
        veto: {score_below: 60, grade_at_most: B}}]
"""
PACKER = """\
id: packer
title: {en: Packer, zh: 打包员}
kpis: [{id: pace, name: {en: Pace, zh: 节奏}, weight: 100, better: higher, target: 10}]
"""
MONTH = """\
period,employee,role,kpi,actual,name,team,base,days
2026-10,E1,clerk,speed,10,林晓,一组,"8,000",10
2026-10,E1,packer,pace,11,林晓,一组,0.3万,12
2026-10,E2,clerk,speed,10,Wu,二组,9000.55,
2026-10,E3,clerk,speed,10,Xu,二组,7000,
2026-10,E4,clerk,speed,,Zhao,二组,7000,
2026-10,E5,clerk,speed,,Sun,二组,7000,3
2026-10,E5,packer,pace,7,Sun,二组,1,15
2026-10,E6,clerk,speed,N/A,He,,7000,3
2026-10,E6,packer,pace,7,He,,100,15
2026-10,E7,clerk,speed,5.9,Ma,,,1
2026-10,E7,packer,pace,12,Ma,,,20
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A folder with two roles, quotas, and a month of seven people of whom two have a figure missing."""
    (tmp_path / "roles").mkdir()
    for name, text in (("department", DEPARTMENT), ("clerk", CLERK), ("packer", PACKER)):
        (tmp_path / "roles" / f"{name}.yaml").write_text(text, "utf-8")
    (tmp_path / "2026-10.csv").write_text(MONTH, "utf-8")
    return tmp_path


@pytest.mark.parametrize(("language", "columns"), [("en", 100), ("zh", 60), ("en", 60), ("zh", 100)])
def test_the_terminal_shows_the_department(
    kpicard: Run, golden: Callable[[str, str], None], shop: Path, language: str, columns: int
) -> None:
    """Grades, totals by role and team, quotas, combined totals and the ranking, wide and narrow."""
    done = kpicard("summary", "2026-10.csv", "--lang", language, cwd=shop, env={"COLUMNS": str(columns)})
    assert 1 == done.returncode
    assert max(map(cell_len, done.stdout.splitlines())) <= columns
    golden(f"summary/shop-{language}-{columns}.txt", done.stdout)


@pytest.mark.parametrize(("format_", "ending"), [("markdown", "md"), ("json", "json"), ("csv", "csv")])
def test_other_formats_show_the_same(
    kpicard: Run, golden: Callable[[str, str], None], shop: Path, format_: str, ending: str
) -> None:
    """For documents, programs and spreadsheets."""
    golden(f"summary/shop.{ending}", kpicard("summary", "2026-10.csv", "--format", format_, cwd=shop).stdout)


def test_the_example_agrees_with_its_scorecards(kpicard: Run) -> None:
    """Who has which grade, the highest and the lowest total, and the mean by hand."""
    scored = json.loads(kpicard("score", EXAMPLE, *ROLES, "--format", "json").stdout, parse_float=Decimal)
    found = json.loads(kpicard("summary", EXAMPLE, *ROLES, "--format", "json").stdout, parse_float=Decimal)
    totals = [card["total"] for card in scored["cards"]]
    (summary,) = found["summaries"]
    whole = summary["whole"]
    assert 24 == whole["cards"] == len(summary["ranking"])
    assert (max(totals), min(totals)) == (whole["highest"], whole["lowest"])
    assert abs(sum(totals) / 24 - whole["mean"]) <= Decimal("0.005")
    assert {grade: sum(card["grade"] == grade for card in scored["cards"]) for grade in "SABCD"} == whole["grades"]
    assert sorted({card["role"] for card in scored["cards"]}) == [each["role"] for each in summary["by_role"]]


def test_several_months_have_a_summary_each(kpicard: Run) -> None:
    """One after the other, as rows of the CSV too."""
    done = kpicard("summary", ROOT / "examples", *ROLES, "--format", "csv")
    rows = list(csv.DictReader(StringIO(done.stdout)))
    wholes = [row["period"] for row in rows if row["group"] == "all"]
    assert ["2026-08", "2026-09", "2026-10"] == wholes


@pytest.mark.parametrize("format_", ["terminal", "markdown", "json", "csv"])
def test_texts_of_users_come_out_as_text(kpicard: Run, tmp_path: Path, format_: str) -> None:
    """Names and teams with markup, formulas, tables and escape sequences do nothing."""
    file = tmp_path / "2026-10.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["employee", "name", "team", "role", "campaign-roi", "user-conversion-rate"])
        rows.writerows([f"E{number}", text, text, "marketing-specialist", 1, 1] for number, text in enumerate(HOSTILE))
    done = kpicard("summary", file, *ROLES, "--missing", "exclude", "--format", format_, env={"COLUMNS": "200"})
    assert "\x1b" not in done.stdout
    assert "script" in done.stdout
    if format_ == "terminal":
        assert all(text in done.stdout for text in HOSTILE[:4])
    if format_ == "markdown":
        assert "<script>" not in done.stdout
        assert "| a | b |" not in done.stdout
    if format_ == "csv":
        assert not any(cell.startswith("=") for row in csv.reader(StringIO(done.stdout)) for cell in row)


def test_a_bonus_stands_on_its_card(kpicard: Run, shop: Path) -> None:
    """So that it can be checked: base times coefficient."""
    one = ("score", "2026-10.csv", "--employee", "E2", "--format", "markdown")
    assert "Bonus: 9,000.55 × 1.2 = 10,800.66" in kpicard(*one, cwd=shop).stdout
    assert "奖金：9,000.55 × 1.2 = 10,800.66" in kpicard(*one, "--lang", "zh", cwd=shop).stdout


@pytest.mark.parametrize("choice", [("--employee", "E2"), ("--role", "packer")])
def test_no_quota_is_counted_among_chosen_people(kpicard: Run, shop: Path, choice: tuple[str, str]) -> None:
    """A tenth of one is nobody: of a choice of people nobody is over, and each report says why."""
    for command, format_ in (("summary", "terminal"), ("summary", "markdown"), ("score", "markdown")):
        out = kpicard(command, "2026-10.csv", *choice, "--format", format_, "--lang", "zh", cwd=shop).stdout
        assert ("等级名额按整个部门计算" in out, "超出名额" in out) == (True, False)
    found = json.loads(kpicard("summary", "2026-10.csv", *choice, "--format", "json", cwd=shop).stdout)
    assert found["summaries"][0]["quotas"] is None


def test_nothing_to_sum_up_is_no_summary(kpicard: Run, tmp_path: Path) -> None:
    """Where no card could be scored, the problems say why."""
    file = tmp_path / "2026-10.csv"
    file.write_text("employee,role,kpi,actual\nE1,nobody,x,1\n", "utf-8")
    done = kpicard("summary", file, *ROLES)
    assert (1, "") == (done.returncode, done.stdout)
    assert "[unknown-role]" in done.stderr


def test_an_output_by_its_ending(kpicard: Run, shop: Path) -> None:
    """As for the other reports."""
    kpicard("summary", "2026-10.csv", "--output", "summary.csv", cwd=shop)
    assert kpicard("summary", "2026-10.csv", "--format", "csv", cwd=shop).stdout == (shop / "summary.csv").read_text()
    assert 2 == kpicard("summary", "2026-10.csv", "--output", "summary.docx", cwd=shop).returncode
