"""`kpicard impact`: whose grade would move, as two runs of `score` compared by hand say."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.impact_repository import CLERK, DEPARTMENT, SELLER, Repository

Run = Callable[..., subprocess.CompletedProcess[str]]
Cards = dict[str, tuple[Decimal, str, Decimal]]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "shop")


def by_hand(kpicard: Run, repository: Repository, roles: Path) -> Cards:
    """Return total, grade and coefficient of each employee, from a run of `score`."""
    done = kpicard("score", "actuals", "--roles", roles, "--format", "csv", cwd=repository.folder)
    rows = csv.DictReader(io.StringIO(done.stdout))
    return {row["employee"]: (Decimal(row["total"]), row["grade"], Decimal(row["coefficient"])) for row in rows}


def impact(kpicard: Run, repository: Repository, *options: str | Path) -> dict[str, Any]:
    """Return the report as JSON."""
    done = kpicard("impact", *options, "--format", "json", cwd=repository.folder)
    found: dict[str, Any] = json.loads(done.stdout, parse_float=Decimal, parse_int=Decimal)
    return found


def test_a_moved_weight_names_exactly_the_people_whose_grade_changes(kpicard: Run, repository: Repository) -> None:
    """`--base HEAD~1` says of each card what two runs of `score`, compared by hand, say."""
    shutil.copytree(repository.roles, repository.folder.parent / "old")
    repository.move_weight()
    repository.commit("second")
    before = by_hand(kpicard, repository, repository.folder.parent / "old")
    after = by_hand(kpicard, repository, repository.roles)

    done = kpicard("impact", "--base", "HEAD~1", "--format", "json", cwd=repository.folder)
    found = json.loads(done.stdout, parse_float=Decimal, parse_int=Decimal)

    assert (0, "", []) == (done.returncode, done.stderr, found["not_compared"])
    assert before == {card["employee"]: tuple(card["before"][key] for key in _RESULT) for card in found["cards"]}
    assert after == {card["employee"]: tuple(card["after"][key] for key in _RESULT) for card in found["cards"]}
    moved = {name for name in before if before[name][1] != after[name][1]}
    assert len(moved) > 2
    assert moved == {card["employee"] for card in found["cards"] if card["change"]["grade"]}
    changes = [after[name][0] - before[name][0] for name in before]
    summary = found["summary"]
    assert sum(change > 0 for change in changes) == summary["total_up"]
    assert sum(change < 0 for change in changes) == summary["total_down"]
    assert round(sum(changes) / len(changes), 2) == summary["mean_total"]
    assert sum(after[name][2] - before[name][2] for name in before) == summary["coefficients"]
    rank = {"A": 0, "B": 1, "C": 2}
    assert sum(rank[after[name][1]] < rank[before[name][1]] for name in before) == summary["grade_up"]
    assert sum(rank[after[name][1]] > rank[before[name][1]] for name in before) == summary["grade_down"]


_RESULT = ("total", "grade", "coefficient")


def test_the_points_of_the_kpis_make_up_the_change_of_the_total(kpicard: Run, repository: Repository) -> None:
    """Which KPI does it: the greatest first, and all of them together are the change, but for the totals' rounding."""
    repository.move_weight()
    for card in impact(kpicard, repository, "--base", "main")["cards"]:
        points = [kpi["points"] for kpi in card["kpis"]]
        assert abs(card["change"]["total"] - sum(points)) < Decimal("0.01")
        assert sorted(points, key=abs, reverse=True) == points
        assert points == [kpi["after"]["points"] - kpi["before"]["points"] for kpi in card["kpis"]]


def test_two_folders_give_what_two_revisions_give(kpicard: Run, repository: Repository) -> None:
    """`--before` and `--after` with copies of the folders say the same as `--base` and `--head`."""
    repository.move_weight()
    repository.commit("second")
    repository.git("tag", "new")
    old = repository.folder.parent / "old"
    shutil.copytree(repository.roles, repository.folder.parent / "changed")
    repository.git("checkout", "-q", "HEAD~1")
    shutil.copytree(repository.roles, old)
    by_folder = impact(kpicard, repository, "--before", old, "--after", repository.folder.parent / "changed")
    by_revision = impact(kpicard, repository, "--base", "new~1", "--head", "new")
    assert ("new~1:roles", "new:roles") == (by_revision["before"], by_revision["after"])
    assert {**by_folder, "before": "", "after": ""} == {**by_revision, "before": "", "after": ""}
    assert by_folder["summary"]["unchanged"] < by_folder["summary"]["cards"]


def test_fail_on_makes_a_pull_request_fail(kpicard: Run, repository: Repository) -> None:
    """The status is 3 only for what was named, and the report is the same."""
    repository.change("clerk", ("target: 90", "target: 90.01"))
    expected = {"grade-change": 0, "grade-drop": 0, "coefficient-change": 0, "total-change": 3}
    assert expected == {
        each: kpicard("impact", "--base", "main", "--fail-on", each, cwd=repository.folder).returncode
        for each in expected
    }
    repository.move_weight()
    assert dict.fromkeys(expected, 3) == {
        each: kpicard("impact", "--base", "main", "--fail-on", each, cwd=repository.folder).returncode
        for each in expected
    }


def test_a_better_grade_is_no_drop(kpicard: Run, repository: Repository) -> None:
    """A lower bound moves people up, by the rank of their grades; the totals are what they were."""
    repository.change("department", ("from: 95", "from: 81"))
    done = kpicard("impact", "--base", "main", "--fail-on", "grade-drop", cwd=repository.folder)
    assert 0 == done.returncode
    assert "The grade scale changes: A from 95 → 81." in done.stdout
    summary = impact(kpicard, repository, "--base", "main")["summary"]
    assert summary["grade_up"] > 0
    assert (0, 0, 0) == (summary["grade_down"], summary["grade_other"], summary["total_up"])


def test_other_grade_names_are_compared_by_coefficient(kpicard: Run, repository: Repository) -> None:
    """A new name for the same coefficient is neither up nor down; a lower one is down."""
    repository.change("department", ("grade: A", "grade: Gold"), ("coefficient: 1.0", "coefficient: 0.9"))
    repository.change("department", ("grade: B", "grade: Silver"))
    cards = impact(kpicard, repository, "--base", "main")["cards"]
    moves = {(card["before"]["grade"], card["change"]["grade"]) for card in cards}
    assert {("A", "other"), ("B", "down"), ("C", None)} == moves


def test_a_version_that_holds_later_moves_nobody_now(kpicard: Run, repository: Repository) -> None:
    """The month that is scored has the rules that it had; the same version from that month on moves people."""
    later = CLERK.replace("weight: 40", "weight: 10").replace("weight: 60", "weight: 90")
    for month, moves in {"2026-11": False, "2026-10": True}.items():
        repository.write(f"clerk.{month}", f"from: {month}\n{later}")
        done = kpicard("impact", "--base", "main", "--fail-on", "total-change", cwd=repository.folder)
        said = "Exit status 3, as --fail-on asks: total-change\n"
        assert ((3, said) if moves else (0, "")) == (done.returncode, done.stderr)
        (repository.roles / f"clerk.{month}.yaml").unlink()


def test_a_role_that_is_new_is_listed_and_is_no_error(kpicard: Run, repository: Repository) -> None:
    """Rules before that lack a role give no card for it; that says the report, and the status is 0."""
    (repository.roles / "seller.yaml").unlink()
    repository.commit("without sellers")
    repository.write("seller", SELLER)
    done = kpicard("impact", "--base", "HEAD", cwd=repository.folder)
    found = impact(kpicard, repository, "--base", "HEAD")
    assert 0 == done.returncode
    assert "Only by the rules before (HEAD:roles):" in done.stderr
    assert {"seller"} == {card["role"] for card in found["not_compared"]}
    assert {(None, "before", "no-role")} == {
        (card["before"], reason["rules"], reason["cause"])
        for card in found["not_compared"]
        for reason in card["reasons"]
    }
    assert {"before"} == {problem["rules"] for problem in found["problems"]}
    assert (20, 20) == (len(found["not_compared"]), len(found["cards"]))


def test_a_role_that_is_gone_is_listed_and_is_an_error(kpicard: Run, repository: Repository) -> None:
    """The actuals have a role that the rules after do not: `score` would say so too."""
    (repository.roles / "seller.yaml").unlink()
    done = kpicard("impact", "--base", "main", cwd=repository.folder)
    score = kpicard("score", "actuals", cwd=repository.folder)
    assert (1, 1) == (done.returncode, score.returncode)
    assert score.stderr.count("unknown-role") == done.stderr.count("unknown-role") == 40
    assert "Not compared (20)" in done.stdout
    assert "after: there is no such role" in done.stdout


def test_a_card_that_lacks_a_new_kpi_is_listed_with_the_reason(kpicard: Run, repository: Repository) -> None:
    """A KPI that nobody reported yet withholds the card after the change; its problem says which."""
    new = "  - {id: errors, name: {en: Errors, zh: 差错}, weight: 10, better: lower, target: 5}\n"
    repository.write("clerk", CLERK.replace("weight: 40", "weight: 30") + new)
    found = impact(kpicard, repository, "--base", "main")
    assert (20, 20) == (len(found["cards"]), len(found["not_compared"]))
    for card in found["not_compared"]:
        ((rules, cause, problems),) = [(each["rules"], each["cause"], each["problems"]) for each in card["reasons"]]
        assert ("after", "withheld") == (rules, cause)
        assert [f"Errors of {card['employee']} is not reported for 2026-10"] == [each["message"] for each in problems]


def test_a_new_kpi_can_be_left_out(kpicard: Run, repository: Repository) -> None:
    """`--missing exclude` is for both sides, as for `score`; the KPI stands there with nothing before."""
    new = "  - {id: errors, name: {en: Errors, zh: 差错}, weight: 10, better: lower, target: 5}\n"
    repository.write("clerk", CLERK.replace("weight: 40", "weight: 30") + new)
    done = kpicard("impact", "--base", "main", "--missing", "exclude", "--role", "文员", cwd=repository.folder)
    assert 0 == done.returncode
    assert "weight 60 → 60 (66.6667)" in done.stdout
    cards = impact(kpicard, repository, "--base", "main", "--missing", "exclude")["cards"]
    added = [kpi for card in cards for kpi in card["kpis"] if kpi["kpi"] == "errors"]
    assert {(None, "not_reported", None)} == {
        (kpi["before"], kpi["after"]["status"], kpi["after"]["points"]) for kpi in added
    }


def test_rules_that_were_broken_before_do_not_hide_the_rest(kpicard: Run, repository: Repository) -> None:
    """The problem stands at its place in git; the other role is compared."""
    repository.change("clerk", ("weight: 40", "weight: forty"))
    repository.commit("broken")
    repository.change("clerk", ("weight: forty", "weight: 40"))
    repository.change("seller", ("target: 1000", "target: 900"))
    done = kpicard("impact", "--base", "HEAD", cwd=repository.folder)
    assert 1 == done.returncode
    assert "HEAD:roles/clerk.yaml:4:63: error: `forty` is not a plain number [not-a-number]" in done.stderr
    assert "before: the role's file has errors" in done.stdout
    assert "target 1,000 → 900" in done.stdout


def test_a_department_that_was_broken_before_leaves_nothing_to_compare(kpicard: Run, repository: Repository) -> None:
    """Without grades there is no card; the report says so, and why."""
    repository.write("department", DEPARTMENT.replace("from: 95", "from: high"))
    repository.commit("broken")
    repository.write("department", DEPARTMENT)
    found = impact(kpicard, repository, "--base", "HEAD")
    assert ([], 40) == (found["cards"], len(found["not_compared"]))
    assert {"no-grades"} == {reason["cause"] for card in found["not_compared"] for reason in card["reasons"]}


def test_a_card_that_was_not_assessed_before_is_neither_up_nor_down(kpicard: Run, repository: Repository) -> None:
    """There is no total to take away from the new one; the mean is over the others."""
    repository.write("clerk", "\n".join(CLERK.splitlines()[:4]).replace("weight: 40", "weight: 100") + "\n")
    repository.commit("one KPI")
    repository.write("clerk", CLERK)
    text = "employee,role,speed,quality\nE1,clerk,N/A,90\nE2,clerk,N/A,N/A\nE3,clerk,30,90\n"
    (repository.folder / "actuals" / "2026-10.csv").write_text(text, encoding="utf-8")
    done = kpicard("impact", "--base", "HEAD", cwd=repository.folder)
    found = impact(kpicard, repository, "--base", "HEAD")
    assert [
        (None, Decimal("100.00"), None, "other"),
        (None, None, None, None),
        (Decimal("100.00"), Decimal("100.00"), Decimal("0.00"), None),
    ] == [
        (*(card[side]["total"] for side in ("before", "after")), card["change"]["total"], card["change"]["grade"])
        for card in found["cards"]
    ]
    assert (1, Decimal("0.00")) == (found["summary"]["grade_other"], found["summary"]["mean_total"])
    assert "1 of 3 cards changes grade: 1 otherwise; mean change 0.00." in done.stdout
    assert "not assessed → A" in done.stdout


def test_a_problem_of_the_actuals_is_said_once(kpicard: Run, repository: Repository) -> None:
    """Both runs find the same; a card that neither gives is listed with the reason for both."""
    file = repository.folder / "actuals" / "2026-10.csv"
    file.write_text(file.read_text("utf-8").replace("E01,clerk,speed,", "E01,clerk,speed,x"), encoding="utf-8")
    repository.move_weight()
    done = kpicard("impact", "--base", "main", cwd=repository.folder)
    assert (1, 1) == (done.returncode, done.stderr.count("[bad-value]"))
    (card,) = impact(kpicard, repository, "--base", "main")["not_compared"]
    assert ("E01", None, None) == (card["employee"], card["before"], card["after"])
    assert [("before", "bad-value"), ("after", "bad-value")] == [
        (reason["rules"], reason["problems"][0]["code"]) for reason in card["reasons"]
    ]


def test_actuals_may_come_from_standard_input(kpicard: Run, repository: Repository) -> None:
    """It is read once, and scored twice."""
    repository.move_weight()
    text = (repository.folder / "actuals" / "2026-10.csv").read_text("utf-8")
    done = kpicard("impact", "-", "--base", "main", "--period", "2026-10", stdin=text, cwd=repository.folder)
    assert 0 == done.returncode
    assert kpicard("impact", "--base", "main", cwd=repository.folder).stdout == done.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "give either `--base REV`, a revision of git, or `--before DIR`, a folder"),
        (["--base", "main", "--before", "roles"], "give either `--base REV`"),
        (["--head", "main", "--before", "roles"], "it goes with `--base`"),
        (["--before", "roles"], "the rules before and after are the same folder, 'roles'"),
        (["--after", "roles", "--base", "main"], "it goes with `--before`"),
        (["--before", "roles", "--after", "roles", "--roles", "roles"], "leave one of them out"),
        (["--before", "roles", "--output", "actuals/2026-10.csv"], "would be overwritten"),
        (["--before", "roles", "--output", "x.csv"], "give --format, or end it in .md, .json, .txt"),
        (["--before", "roles", "--output", "x/"], "'x/' is not a file"),
        (["--before", "roles", "--fail-on", "grade-changes"], "did you mean 'grade-change'?"),
        (["--base", "HEAD", "--role", "clark"], "did you mean 'clerk'?"),
    ],
)
def test_a_wrong_use_says_how_it_is_right(kpicard: Run, repository: Repository, options: list[str], said: str) -> None:
    """The status is 2, and nothing is reported."""
    done = kpicard("impact", *options, cwd=repository.folder)
    assert (2, "") == (done.returncode, done.stdout)
    assert said in " ".join(done.stderr.split())


def test_without_a_folder_of_actuals_files_are_to_be_named(kpicard: Run, tmp_path: Path) -> None:
    """There is nothing to guess."""
    done = kpicard("impact", "--base", "main", cwd=tmp_path)
    assert 2 == done.returncode
    assert "there is no folder ./actuals to take them from" in " ".join(done.stderr.split())


def test_output_writes_the_report_of_its_ending(kpicard: Run, repository: Repository) -> None:
    """A file gets what standard output would have had."""
    repository.move_weight()
    for suffix, format_ in {".md": "markdown", ".json": "json", ".txt": "terminal"}.items():
        done = kpicard("impact", "--base", "main", "--output", f"out{suffix}", cwd=repository.folder)
        shown = kpicard("impact", "--base", "main", "--format", format_, cwd=repository.folder)
        assert (0, "") == (done.returncode, done.stdout)
        assert shown.stdout == (repository.folder / f"out{suffix}").read_text("utf-8")
