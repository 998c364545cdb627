"""Checks that are switched off beside the line, by a comment with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpicard.problems import Problem
from kpicard.rules.load import check_files

DEPARTMENT = "title: Shop\ngrades: [{grade: A, from: 0, coefficient: 1}]\n"
KPI = "  - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours}"
HEAD = "id: clerk\ntitle: Clerk\nkpis:\n"
BLOCK = """\
id: clerk
title: Clerk
kpis:
  - id: speed
    name: Speed
    weight: 100
    better: lower
    target: 30
    definition: Hours
"""


def _problems(folder: Path, text: str, name: str = "clerk.yaml") -> list[Problem]:
    (folder / "department.yaml").write_text(DEPARTMENT, encoding="utf-8")
    (folder / name).write_bytes(text.encode())
    return [problem for problem in check_files([folder / name]).problems if problem.path.endswith(name)]


def _said(folder: Path, text: str, name: str = "clerk.yaml") -> list[str]:
    return [f"{problem.line}:{problem.column} {problem.code}" for problem in _problems(folder, text, name)]


@pytest.mark.parametrize(
    "comment",
    [
        "# kpicard: ignore no-source: counted by hand",
        "#kpicard:ignore no-source:counted by hand",
        "# kpicard： ignore no-source：人工统计",
        "# kpicard: ignore: no-source: counted by hand",
        "# KPIcard: Ignore no-source: counted by hand",
        "# kpicard: ignore no-source: see https://example.org/why",
        "# 人工统计 # kpicard: no",
    ],
)
def test_a_comment_at_the_end_of_the_line_switches_off(tmp_path: Path, comment: str) -> None:
    """With half-width or full-width marks; other comments do nothing."""
    expected = [] if "ignore" in comment.lower() else ["4:10 no-source"]
    assert expected == _said(tmp_path, f"{HEAD}{KPI}  {comment}\n")
    assert expected == _said(tmp_path, f"{HEAD}{KPI}  {comment}\r\n".replace("kpis:\n", "kpis:\r\n"))


@pytest.mark.parametrize(
    "above",
    [
        "# kpicard: ignore no-source: by hand\n",
        "  # kpicard: ignore no-source: by hand\n  # and more about it\n",
        "# kpicard: ignore extreme-weight: law\n# kpicard: ignore no-source: by hand\n",
    ],
)
def test_a_comment_of_its_own_is_about_the_line_below(tmp_path: Path, above: str) -> None:
    """Several may stand above one line."""
    unused = ["4:19 unused-ignore"] if "extreme" in above else []
    assert unused == _said(tmp_path, f"{HEAD}{above}{KPI}\n")


def test_a_comment_further_away_is_about_something_else(tmp_path: Path) -> None:
    """A blank line between, or the line after: nothing is switched off, and it is said."""
    comment = "# kpicard: ignore no-source: by hand\n"
    assert ["4:19 unused-ignore", "6:10 no-source"] == _said(tmp_path, f"{HEAD}{comment}\n{KPI}\n")
    assert ["4:10 no-source", "5:19 unused-ignore"] == _said(tmp_path, f"{HEAD}{KPI}\n{comment}")
    assert ["2:32 unused-ignore", "4:10 no-source"] == _said(
        tmp_path, f"{HEAD}{KPI}\n".replace("Clerk", f"Clerk {comment[:-1]}")
    )


@pytest.mark.parametrize("separator", [", ", ",", "，", "、"])
def test_one_comment_may_switch_off_several(tmp_path: Path, separator: str) -> None:
    """With commas between them."""
    kpi = KPI.replace(", definition: Hours", "")
    assert ["4:10 no-definition", "4:10 no-source"] == _said(tmp_path, f"{HEAD}{kpi}\n")
    comment = f"# kpicard: ignore no-source{separator}no-definition: it is to be dropped next year"
    assert [] == _said(tmp_path, f"{HEAD}{kpi} {comment}\n")


@pytest.mark.parametrize(
    "value",
    [
        '"Hours # kpicard: ignore no-source: text"',
        "'Hours\n      # kpicard: ignore no-source: text'",
        "|\n      Hours\n      # kpicard: ignore no-source: text",
        ">-\n      # kpicard: ignore no-source: text\n\n      # kpicard: ignore no-source: text",
        "Hours#kpicard:ignore no-source:text",
    ],
)
def test_what_stands_inside_a_text_is_text(tmp_path: Path, value: str) -> None:
    """Quoted, plain or in a block: it neither switches anything off nor is it of no use."""
    role = BLOCK.replace("definition: Hours", f"definition: {value}")
    assert ["4:9 no-source"] == _said(tmp_path, role)


def test_beside_the_head_of_a_block_stands_a_comment(tmp_path: Path) -> None:
    """The text begins below."""
    role = BLOCK.replace("id: speed", "id: speed  # kpicard: ignore no-source: by hand")
    assert [] == _said(tmp_path, role.replace("definition: Hours", "definition: |  # what counts\n      Hours"))
    role = BLOCK.replace("definition: Hours", "definition: |  # kpicard: ignore no-source: by hand\n      Hours")
    assert ["4:9 no-source", "9:38 unused-ignore"] == _said(tmp_path, role)


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("# kpicard: ignore no-source", ["90 ignore-without-reason"]),
        ("# kpicard: ignore no-source:  ", ["90 ignore-without-reason"]),
        ("# kpicard: ignore no-source by hand", ["90 ignore-without-reason"]),
        ("# kpicard: ignore", ["10 no-source", "90 ignore-without-reason"]),
        ("# kpicard: ignore no-surce: by hand", ["10 no-source", "108 unknown-check"]),
        ("# kpicard: ignore no-source, weights-not-100: by hand", ["119 cannot-ignore"]),
        ("# kpicard: ignore no-source, unused-ignore: by hand", ["119 cannot-ignore"]),
        ("# kpicard: ignore no-source, yaml-syntax: by hand", ["119 cannot-ignore"]),
        ("# kpicard: ignore no-source, no-definition: by hand", ["119 unused-ignore"]),
        ("# kpicard: ignore no-source, no-source: by hand", []),
        ("# kpicard: ignored by all", ["10 no-source"]),
        ("# the report of kpicard: ignore no-source: by hand", ["10 no-source"]),
    ],
)
def test_what_is_wrong_with_a_comment_is_said_at_its_place(tmp_path: Path, comment: str, expected: list[str]) -> None:
    """No reason, no such check, an error, or nothing to switch off."""
    role = f"{HEAD}{KPI}  {comment}\n"
    assert [f"4:{each}" for each in expected] == _said(tmp_path, role)


def test_the_nearest_check_that_can_be_switched_off_is_suggested(tmp_path: Path) -> None:
    """Nobody is sent to an error."""
    found = _problems(tmp_path, f"{HEAD}{KPI}  # kpicard: ignore no-surce: by hand\n")
    assert "did you mean `no-source`?" == found[-1].hint
    found = _problems(tmp_path, f"{HEAD}{KPI}  # kpicard: ignore 一二三: by hand\n")
    assert "`kpicard validate --list` names them all" == found[-1].hint


def test_an_error_stays_whatever_a_comment_says(tmp_path: Path) -> None:
    """Nobody is scored by wrong weights for a comment's sake."""
    kpi = KPI.replace("weight: 100", "weight: 99").replace("}", ", source: Orders}")
    role = f"id: clerk\ntitle: Clerk\nkpis:  # kpicard: ignore weights-not-100: to be decided\n{kpi}\n"
    assert ["3:1 weights-not-100", "3:26 cannot-ignore"] == _said(tmp_path, role)


def test_beside_an_error_no_comment_is_called_of_no_use(tmp_path: Path) -> None:
    """What it switches off may only not have been looked at."""
    kpi = KPI.replace("weight: 100", "weight: all")
    assert ["4:38 not-a-number"] == _said(tmp_path, f"{HEAD}{kpi}  # kpicard: ignore no-source, flat-curve: by hand\n")


def test_the_departments_file_has_comments_too(tmp_path: Path) -> None:
    """A label in one language may be meant so."""
    text = "title: {en: Shop, zh: 店铺}\ngrades:\n  - {grade: A, from: 0, coefficient: 1, label: 优秀}"
    folder = tmp_path / "roles"
    folder.mkdir()
    for comment, expected in (
        ("", ["3:48 missing-translation"]),
        ("  # kpicard: ignore missing-translation: 沿用", []),
    ):
        (folder / "department.yaml").write_text(f"{text}{comment}\n", encoding="utf-8")
        problems = check_files([folder / "department.yaml"]).problems
        assert expected == [f"{problem.line}:{problem.column} {problem.code}" for problem in problems]


def test_a_file_full_of_comments_is_read_at_once(tmp_path: Path) -> None:
    """Up to the most that a file may have, each comment is looked up among the scalars, not searched for."""
    comments = "# kpicard: ignore no-source: by hand\n" * 500
    assert [] == _said(tmp_path, f"{HEAD}{comments}{KPI}\n")


@pytest.mark.parametrize(("checks", "said"), [(999, []), (1000, ["the file is larger than 1,000 checks in comments"])])
def test_comments_may_name_a_thousand_checks_and_no_more(tmp_path: Path, checks: int, said: list[str]) -> None:
    """The comment itself counts as one."""
    comment = f"  # kpicard: ignore {', '.join(['no-source'] * checks)}: by hand\n"
    found = _problems(tmp_path, f"{HEAD}{KPI}{comment}")
    assert said == [each.message for each in found if each.code == "too-large"]
