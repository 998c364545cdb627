"""`kpicard test`: whole cards that the rules must give, recorded from real ones, and checked by `validate`."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.impact_repository import CLERK, DEPARTMENT, SELLER

Run = Callable[..., subprocess.CompletedProcess[str]]

ON_TARGET = """\
role: clerk
period: 2026-10
cards:
  - name: a month on target
    actuals: {speed: 30, quality: 90}
    total: 100
    grade: A
    scores: {speed: 100}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A folder with `roles/`, and one test in it."""
    (tmp_path / "roles" / "tests").mkdir(parents=True)
    for name, text in {"department": DEPARTMENT, "clerk": CLERK, "seller": SELLER, "tests/clerk": ON_TARGET}.items():
        (tmp_path / "roles" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_what_holds_is_silent(kpicard: Run, shop: Path) -> None:
    """The rules give what is expected: nothing is said but how many files there were."""
    done = kpicard("test", cwd=shop)
    assert (0, "1 file checked: no problems.\n", "") == (done.returncode, done.stdout, done.stderr)


def test_each_figure_that_is_another_is_told_at_its_place(kpicard: Run, shop: Path) -> None:
    """A changed target moves the score and the total: both are told where they are expected."""
    clerk = shop / "roles" / "clerk.yaml"
    clerk.write_text(clerk.read_text("utf-8").replace("target: 30", "target: 24"), encoding="utf-8")
    done = kpicard("test", cwd=shop)
    assert 1 == done.returncode
    assert [
        "roles/tests/clerk.yaml:6:12: error: a month on target: total is 90, and 100 is expected [test-fails]",
        "roles/tests/clerk.yaml:7:12: error: a month on target: grade is B, and A is expected [test-fails]",
        "roles/tests/clerk.yaml:8:21: error: a month on target: scores.speed is 75, and 100 is expected [test-fails]",
    ] == re.findall("^roles.*$", done.stdout, re.MULTILINE)


def test_actuals_that_cannot_be_scored_are_told_at_their_place(kpicard: Run, shop: Path) -> None:
    """A figure that is none, and one that is not there: at the figure, and at the card's first."""
    test = shop / "roles" / "tests" / "clerk.yaml"
    test.write_text(ON_TARGET.replace("speed: 30, quality: 90", "speed: soon"), encoding="utf-8")
    found = kpicard("test", cwd=shop).stdout
    assert "roles/tests/clerk.yaml:5:22: error: `soon` is not a number" in found
    assert "Quality of a month on target is not reported for 2026-10 [not-reported]" in found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("role: clerk", "role: clark", ("1:7", "unknown-role")),
        ("speed: 30", "sped: 30", ("5:15", "unknown-kpi")),
        ("grade: A", "grade: S", ("7:12", "unknown-grade")),
        ("total: 100", "total: many", ("6:12", "not-a-number")),
        ("total: 100", "sum: 100", ("6:5", "unknown-key")),
        ("period: 2026-10", "period: October", ("2:9", "not-a-period")),
    ],
)
def test_what_is_wrong_with_a_test_is_known_to_validate(
    kpicard: Run, shop: Path, old: str, new: str, said: tuple[str, str]
) -> None:
    """`validate` of the folder, of the file, and `test` say the same, with the place."""
    test = shop / "roles" / "tests" / "clerk.yaml"
    test.write_text(ON_TARGET.replace(old, new), encoding="utf-8")
    for words in (("validate",), ("validate", "roles/tests/clerk.yaml"), ("test",)):
        done = kpicard(*words, "--format", "json", cwd=shop)
        (problem,) = [each for each in json.loads(done.stdout)["problems"] if each["severity"] == "error"]
        assert (1, "roles/tests/clerk.yaml") == (done.returncode, problem["path"])
        assert said == (f"{problem['line']}:{problem['column']}", problem["code"])


def test_a_recorded_card_holds_and_names_nobody(kpicard: Run, shop: Path) -> None:
    """A real card with a ratio, an own target and N/A becomes a test, which holds, and does not say whose it is."""
    rows = (
        "period,employee,name,role,kpi,actual,numerator,denominator,target",
        "2026-10,E77,Ann Lee,clerk,speed,28,,,25",
        "2026-10,E77,Ann Lee,clerk,quality,,180,190,",
        "2026-10,E78,Bob Ray,seller,revenue,1100,,,",
        "2026-10,E78,Bob Ray,seller,refunds,N/A,,,",
    )
    (shop / "october.csv").write_text("\n".join(rows), encoding="utf-8")
    for employee, role in {"E77": "clerk", "E78": "seller"}.items():
        done = kpicard("test", "--record", "october.csv", "--employee", employee, cwd=shop)
        written = Path("roles", "tests", f"{role}-2026-10.yaml")
        assert (0, f"Wrote the test to {written}\n") == (done.returncode, done.stderr)
        text = (shop / written).read_text("utf-8")
        assert not re.search("E7|Ann|Bob", text)
    assert "quality: [180, 190]" in (shop / "roles" / "tests" / "clerk-2026-10.yaml").read_text("utf-8")
    assert "speed: 25" in (shop / "roles" / "tests" / "clerk-2026-10.yaml").read_text("utf-8")
    assert "3 files checked: no problems.\n" == kpicard("test", cwd=shop).stdout
    again = kpicard("test", "--record", "october.csv", "--employee", "E77", cwd=shop)
    assert "clerk-2026-10-2.yaml" in again.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--record", "october.csv"), "name the person with --employee"),
        (("--record", "october.csv", "--employee", "E1"), "there are several cards"),
        (("--record", "october.csv", "--employee", "E2"), "there is no such card"),
    ],
)
def test_a_test_is_recorded_from_just_one_card(kpicard: Run, shop: Path, words: tuple[str, ...], said: str) -> None:
    rows = ("period,employee,role,speed,quality", "2026-09,E1,clerk,30,90", "2026-10,E1,clerk,30,90")
    (shop / "october.csv").write_text("\n".join(rows), encoding="utf-8")
    done = kpicard("test", *words, cwd=shop)
    assert 2 == done.returncode
    assert said in done.stderr


def test_a_folder_without_tests_is_a_wrong_use(kpicard: Run, shop: Path) -> None:
    (shop / "roles" / "tests" / "clerk.yaml").unlink()
    done = kpicard("test", "--lang", "zh", cwd=shop)
    assert 2 == done.returncode
    assert "没有可运行的测试" in done.stderr
