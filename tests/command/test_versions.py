"""Rules in time: a period is scored by what held then, and history stays as it was."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

import kpicard
from tests.random_rules import random_cell, random_department, random_role

Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).parents[2]
FORMATS = ("json", "csv", "markdown", "terminal")

THIS_YEAR = """\
id: customer-service
from: 2027-01
title: {en: Customer care specialist, zh: 客户服务专员}
kpis:
  - {id: satisfaction, name: {en: Satisfaction, zh: 满意度}, weight: 70, better: higher, target: 4.8}
  - {id: response-time, name: {en: Response time, zh: 响应时间}, weight: 30, unit: s, better: lower, target: 20,
     veto: {score_below: 50, grade_at_most: C}}
adjustments:
  - {id: praise, name: {en: Letters of praise, zh: 表扬信}, points_each: 1, at_most: 5}
"""
DEPARTMENT = """\
title: Shop
grades:
  - {grade: A, from: 90, coefficient: 1.2}
  - {grade: B, from: 60, coefficient: 1}
  - {grade: C, from: 0, coefficient: 0.5}
"""
CLERK = """\
id: clerk
title: Clerk
kpis:
  - {id: speed, name: Speed, weight: 100, better: higher, target: {2026-01: 10, 2026-07: 20}}
"""


def write(folder: Path, **texts: str) -> Path:
    """Write files of a folder `roles`; in their names, two underscores stand for a point and one for a hyphen."""
    roles = folder / "roles"
    roles.mkdir(exist_ok=True)
    for name, text in texts.items():
        (roles / f"{name.replace('__', '.').replace('_', '-')}.yaml").write_text(text, "utf-8")
    return roles


def test_last_years_cards_are_the_same_bytes_after_this_years_rules(kpicard: Run, tmp_path: Path) -> None:
    """New targets, weights, names, vetoes, adjustments, grades and a new version change no byte of what was."""
    shutil.copytree(ROOT / "roles", tmp_path / "roles")
    shutil.copytree(ROOT / "examples", tmp_path / "actuals")

    def cards() -> list[tuple[int, str, str]]:
        runs = [kpicard("score", "actuals", "--format", each, "--lang", "zh", cwd=tmp_path) for each in FORMATS]
        return [(done.returncode, done.stdout, done.stderr) for done in runs]

    before = cards()
    assert [0] * len(FORMATS) == [code for code, _, _ in before]
    roles = write(tmp_path, customer_service__2027_01=THIS_YEAR)
    (roles / "department.2027-01.yaml").write_text(
        (roles / "department.yaml").read_text("utf-8").replace("from: 95", "from: 98").replace("cap: 120", "cap: 110")
        + "from: 2027-01\nadjustments:\n  - {id: ideas, name: Ideas, points_each: 2}\n",
        "utf-8",
    )
    analyst = roles / "data-analyst.yaml"
    text = analyst.read_text("utf-8")
    assert "target: 99 " in text
    analyst.write_text(text.replace("target: 99 ", "target: {2026-01: 99, 2027-01: 99.5} ", 1), "utf-8")
    assert kpicard("validate", "roles", cwd=tmp_path).returncode == 0
    assert before == cards()


def test_a_period_is_scored_by_what_held_then(tmp_path: Path) -> None:
    """Each month finds its version and its target, and those before the first target find none."""
    newer = CLERK.replace("{2026-01: 10, 2026-07: 20}", "40").replace("title", "from: 2026-10\ntitle")
    roles = write(tmp_path, department=DEPARTMENT, clerk=CLERK, clerk__2026_10=newer)
    months = ["2025-12", "2026-01", "2026-06", "2026-07", "2026-09", "2026-10", "2031-01"]
    rows = [f"{month},E1,clerk,speed,10" for month in months]
    (tmp_path / "a.csv").write_text("period,employee,role,kpi,actual\n" + "\n".join(rows) + "\n", "utf-8")
    result = kpicard.score(kpicard.load(roles).rules, tmp_path / "a.csv")
    found = {card.period: (f"{card.kpis[0].target}", f"{card.total}") for card in result.cards}
    assert {
        "2026-01": ("10", "100.00"),
        "2026-06": ("10", "100.00"),
        "2026-07": ("20", "50.00"),
        "2026-09": ("20", "50.00"),
        "2026-10": ("40", "25.00"),
        "2031-01": ("40", "25.00"),
    } == found
    assert [(2, 12, "no-rules-yet")] == [(each.line, each.column, each.code) for each in result.problems]


def test_a_kpi_may_have_another_name_in_every_version(tmp_path: Path) -> None:
    """Rows and columns are understood by the names that held in their period, and by no others."""
    newer = CLERK.replace("Speed", "Pace").replace("{2026-01: 10, 2026-07: 20}", "20")
    older = CLERK.replace("Speed", "Tempo").replace("{2026-01: 10, 2026-07: 20}", "10")
    roles = write(tmp_path, department=DEPARTMENT, clerk=older, clerk__2026_07=newer + "from: 2026-07\n")
    rules = kpicard.load(roles).rules
    (tmp_path / "wide.csv").write_text(
        "period,employee,role,Tempo,Pace\n2026-06,E1,Clerk,10,\n2026-07,E1,Clerk,,20\n2026-08,E1,Clerk,20,\n", "utf-8"
    )
    result = kpicard.score(rules, tmp_path / "wide.csv")
    assert [("2026-06", "100.00"), ("2026-07", "100.00")] == [(card.period, f"{card.total}") for card in result.cards]
    assert [(4, "kpi-not-in-role")] == [(each.line, each.code) for each in result.problems]


def test_a_wrong_version_withholds_the_role_in_all_periods(kpicard: Run, tmp_path: Path) -> None:
    """An older version never stands in for a newer one that cannot be read."""
    write(tmp_path, department=DEPARTMENT, clerk=CLERK, clerk__2026_10=CLERK + "from: 2026-10\nweight: 3\n")
    (tmp_path / "a.csv").write_text("period,employee,role,kpi,actual\n2026-11,E1,clerk,speed,10\n", "utf-8")
    done = kpicard("score", "a.csv", cwd=tmp_path)
    assert done.returncode == 1
    assert "roles/clerk.2026-10.yaml:6:1: error: unknown key `weight`" in done.stderr
    assert "[broken-role]" in done.stderr


def test_one_file_is_checked_with_the_other_versions_beside_it(kpicard: Run, tmp_path: Path) -> None:
    """In an editor or a hook, what clashes with a neighbour is found too."""
    roles = write(tmp_path, department=DEPARTMENT, clerk=CLERK, clerk__2026_07=CLERK + "from: 2026-07\n")
    done = kpicard("validate", roles / "clerk.yaml", "--select", "target-overlap", cwd=tmp_path)
    assert done.returncode == 1
    assert ":4:81: error: this target from 2026-07 never holds" in done.stdout


def test_duty_sheets_and_templates_are_those_of_a_month(kpicard: Run, tmp_path: Path) -> None:
    """`--period` shows the version and the target of that month; without it the newest is shown, and since when."""
    newer = CLERK.replace("Speed", "Pace").replace("{2026-01: 10, 2026-07: 20}", "30") + "from: 2026-10\n"
    write(tmp_path, department=DEPARTMENT, clerk=CLERK, clerk__2026_10=newer)
    newest = kpicard("roles", "clerk", cwd=tmp_path).stdout
    assert "Clerk  clerk  from 2026-10" in newest
    assert "Target   30" in newest
    assert "Target   20" in kpicard("roles", "clerk", "--period", "2026-09", cwd=tmp_path).stdout
    template = kpicard("template", "--period", "2026-06", cwd=tmp_path).stdout
    assert "2026-06,,Clerk,Speed,10,,," in template
    for command in (("roles", "clerk"), ("template",)):
        done = kpicard(*command, "--period", "2025-12", cwd=tmp_path)
        assert (2, "") == (done.returncode, done.stdout)
        assert "no role has rules for 2025-12" in done.stderr


@pytest.mark.parametrize("seed", range(8))
def test_versions_score_as_their_own_rules_alone_would(seed: int, tmp_path: Path) -> None:
    """Random versions and targets by period: each month's cards are those of a folder with just that month's rules."""
    random = Random(seed)  # noqa: S311 - the same numbers each time are wanted
    months = ["2026-01", "2026-04", "2026-07", "2026-10"]
    alone: dict[str, dict[str, Any]] = {month: random_role(random, "clerk", "ordinary") for month in months}
    departments = {month: random_department(random) for month in (months[0], months[2])}
    together = tmp_path / "roles"
    together.mkdir()
    for start, department in departments.items():
        (together / f"department.{start}.yaml").write_text(json.dumps({**department, "from": start}), "utf-8")
    for start, role in alone.items():
        kpis = [{**kpi, "target": {start: kpi["target"]}} if "target" in kpi else kpi for kpi in role["kpis"]]
        (together / f"clerk.{start}.yaml").write_text(json.dumps({**role, "from": start, "kpis": kpis}), "utf-8")
    lines = ["period,employee,role,kpi,actual,target"]
    for month, role in alone.items():
        for number in range(12):
            for kpi in role["kpis"]:
                actual, target = random_cell(random, kpi, "ordinary")
                lines.append(f"{month},E{number:02},clerk,{kpi['id']},{actual},{target}")
    (tmp_path / "a.csv").write_text("\n".join(lines) + "\n", "utf-8")
    loaded = kpicard.load(together)
    assert () == loaded.problems
    for month, role in alone.items():
        folder = tmp_path / month
        folder.mkdir()
        department = departments[months[0] if month < months[2] else months[2]]
        (folder / "department.yaml").write_text(json.dumps(department), "utf-8")
        (folder / "clerk.yaml").write_text(json.dumps(role), "utf-8")
        own = kpicard.score(kpicard.load(folder).rules, tmp_path / "a.csv", periods=month, missing="exclude")
        all_ = kpicard.score(loaded.rules, tmp_path / "a.csv", periods=month, missing="exclude")
        for number, result in enumerate((own, all_)):
            result.write_csv(tmp_path / f"{number}.csv")
        assert own.count > 0
        assert (tmp_path / "0.csv").read_bytes() == (tmp_path / "1.csv").read_bytes()
        assert [card.rules for card in own.cards] == [card.rules for card in all_.cards]


def test_a_version_whose_file_is_misnamed_withholds_its_role(kpicard: Run, tmp_path: Path) -> None:
    """A slip in a file's name never leaves the month to the older rules, the department's neither."""
    roles = write(tmp_path, department=DEPARTMENT, clerk=CLERK)
    (tmp_path / "a.csv").write_text("period,employee,role,kpi,actual\n2026-11,E1,clerk,speed,10\n", "utf-8")
    for name, text in (
        ("clerk.2026-9.yaml", CLERK.replace("{2026-01: 10, 2026-07: 20}", "40") + "from: 2026-09\n"),
        ("Clerk.2026-09.yaml", CLERK.replace("{2026-01: 10, 2026-07: 20}", "40") + "from: 2026-09\n"),
        ("department.2026-9.yaml", DEPARTMENT + "from: 2026-09\n"),
        ("Department.2026-09.yaml", DEPARTMENT),
    ):
        (roles / name).write_text(text, "utf-8")
        done = kpicard("score", "a.csv", "--format", "csv", cwd=tmp_path)
        assert (1, 1) == (done.returncode, len(done.stdout.splitlines())), name
        (roles / name).unlink()
