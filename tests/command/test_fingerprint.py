"""The fingerprint of rules: the same for what scores the same, another for all else."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import kpicard as library

Run = Callable[..., subprocess.CompletedProcess[str]]

DEPARTMENT = """\
title: Shop
grades:
  - {grade: A, from: 90, coefficient: 1.2}
  - {grade: B, from: 60, coefficient: 1}
  - {grade: C, from: 0, coefficient: 0}
"""
CLERK = """\
id: clerk
title: Clerk
kpis:
  - {id: speed, name: Speed, weight: 60, unit: s, better: lower, target: 30,
     scoring: {method: linear, points: [[15, 120], [30, 100], [60, 0]]}}
  - {id: errors, name: Errors, weight: 40, better: higher, target: 10, veto: {score_below: 60, grade_at_most: B}}
adjustments:
  - {id: ideas, name: Ideas, points_each: 2, at_most: 5}
"""
MONTH = "period,employee,role,kpi,actual\n2026-10,E1,clerk,speed,30\n2026-10,E1,clerk,errors,10\n"


def fingerprint(folder: Path, clerk: str, department: str = DEPARTMENT) -> str:
    """Return the fingerprint on the card of a month."""
    roles = folder / "roles"
    roles.mkdir(exist_ok=True)
    (roles / "clerk.yaml").write_text(clerk, "utf-8")
    (roles / "department.yaml").write_text(department, "utf-8")
    (folder / "a.csv").write_text(MONTH, "utf-8")
    result = library.score(library.load(roles).rules, folder / "a.csv")
    assert () == result.problems
    (card,) = result.cards
    return card.rules


REWRITTEN = """\
# comments, order, style, names, duties and definitions make no difference
adjustments: [{at_most: 5.00, points_each: "2.0", id: ideas, name: {en: Ideas adopted, zh: 采纳建议}}]
kpis:
- id: errors
  name: {en: Faultless orders, zh: 无误订单}
  definition: Orders without a fault.
  source: Order system
  better: higher
  scoring: {method: ratio, zero_below: 0, cap: 120}
  target: 10.0
  weight: 40.000
  veto:
    grade_at_most: "B"
    score_below: 60.0
- {id: speed, name: Pace, better: lower, unit: 秒, weight: 60, target: 30,
   scoring: {points: [[15, 120], [30, 100], [45, 50], [60, 0]], method: linear, axis: actual}}
purpose: To be quick.
responsibilities: [{id: orders, title: Orders}]
title: {en: Order clerk, zh: 文员}
id: clerk
"""


@pytest.mark.parametrize(
    "same",
    [
        CLERK,
        REWRITTEN,
        CLERK + "from: 2026-01\n",
        CLERK.replace("target: 10,", "target: {2025-01: 20, 2026-05: 10, 2027-01: 5},"),
        CLERK.replace("[60, 0]]", "[45, 50], [60, 0]]"),
        CLERK.replace("unit: s,", "unit: s, range: {from: 0, upto: 3600},"),
    ],
    ids=["itself", "rewritten", "dated", "target-by-period", "point-on-the-line", "range"],
)
def test_the_same_rules_have_the_same_fingerprint(same: str, tmp_path: Path) -> None:
    """Whatever the comments, the order, the style and the names."""
    assert fingerprint(tmp_path, CLERK) == fingerprint(tmp_path, same)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("weight: 60", "weight: 60.5"),
        ("target: 30", "target: 29.999999"),
        ("[15, 120]", "[15, 119]"),
        ("score_below: 60", "score_below: 61"),
        ("grade_at_most: B", "grade_at_most: C"),
        ("points_each: 2", "points_each: 3"),
        ("at_most: 5", "at_most: 6"),
        ("unit: s", "unit: min"),
        ("id: ideas", "id: idea"),
        ("from: 60", "from: 61"),
        ("coefficient: 1.2", "coefficient: 1.3"),
        ("title: Shop", "title: Shop\ncap: 110"),
        ("title: Shop", "title: Shop\nadjustments: [{id: praise, name: Praise, points_each: 1}]"),
    ],
)
def test_what_scores_otherwise_has_another_fingerprint(old: str, new: str, tmp_path: Path) -> None:
    """Each figure that can change a card's points, grade or coefficient counts."""
    clerk, department = CLERK.replace(old, new, 1), DEPARTMENT.replace(old, new, 1)
    clerk = clerk.replace("weight: 40", "weight: 39.5") if "60.5" in new else clerk
    assert (clerk, department) != (CLERK, DEPARTMENT)
    assert fingerprint(tmp_path, CLERK) != fingerprint(tmp_path, clerk, department)


def test_what_scores_others_makes_no_difference(tmp_path: Path) -> None:
    """A role beside it, and the department's name, are not what scored the card."""
    before = fingerprint(tmp_path, CLERK)
    (tmp_path / "roles" / "porter.yaml").write_text(
        CLERK.replace("id: clerk", "id: porter").replace("Clerk", "Porter"), "utf-8"
    )
    assert before == fingerprint(tmp_path, CLERK, DEPARTMENT.replace("title: Shop", "title: Store"))


def test_the_fingerprint_is_the_same_in_every_release(tmp_path: Path) -> None:
    """Cards of years ago name it: it is part of the format."""
    assert "d1d323a33374323a" == fingerprint(tmp_path, CLERK)


def test_score_refuses_the_cards_of_other_rules(kpicard: Run, tmp_path: Path) -> None:
    """`--expect-rules` withholds a card that other rules score, says whose and which, and keeps those expected."""
    own = fingerprint(tmp_path, CLERK)
    expected = kpicard("score", "a.csv", "--expect-rules", own.upper(), cwd=tmp_path)
    assert (0, "") == (expected.returncode, expected.stderr)
    assert own in expected.stdout
    other = kpicard("score", "a.csv", "--format", "json", "--expect-rules", "0123456789abcdef", cwd=tmp_path)
    assert other.returncode == 1
    report = json.loads(other.stdout)
    assert [] == report["cards"]
    assert [("a.csv", 2, 12, "other-rules")] == [
        tuple(each[key] for key in ("path", "line", "column", "code")) for each in report["problems"]
    ]
    assert own in other.stderr
    two = kpicard("score", "a.csv", "--expect-rules", "0123456789abcdef", "--expect-rules", own, cwd=tmp_path)
    assert two.returncode == 0


def test_what_is_no_fingerprint_is_a_wrong_use(kpicard: Run, tmp_path: Path) -> None:
    """A slip while copying it is found before anything is scored."""
    fingerprint(tmp_path, CLERK)
    done = kpicard("score", "a.csv", "--expect-rules", "abc", cwd=tmp_path)
    assert (2, "") == (done.returncode, done.stdout)
    assert "16 digits" in done.stderr
