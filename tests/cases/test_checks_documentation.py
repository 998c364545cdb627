"""Every check's published documentation: its examples are run, and nothing that is checked goes without."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from kpicard.messages import catalogue, codes_of
from kpicard.problems import Problem
from kpicard.reports.checks import checks_table
from kpicard.rules.lint.documentation import Documentation, Example, documentation
from kpicard.rules.lint.registry import groups
from kpicard.rules.load import check_files
from kpicard.text import LANGUAGES, Language
from tests.said import said_of

Golden = Callable[[str, str], None]

CASES = Path(__file__).parents[1] / "cases"
CLERK = """\
id: clerk
title: Clerk
kpis:
  - {id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours, source: Orders}
"""
CHECKS = [documentation(id_) for id_ in groups()]
WITH_EXAMPLES = [check for check in CHECKS if check.examples]

NOT_SHOWN_AS_TEXT = {
    "control-character": "a character that cannot be seen",
    "ignored-folder": "a folder",
    "no-department": "a file that is not there",
    "no-roles": "a file that is not there",
    "no-such-path": "a file that is not there",
    "not-utf8": "bytes that are no text",
    "number-too-large": "the weights miss 100 as well",
    "too-large": "a megabyte",
    "too-many": "63 KPIs",
    "too-many-figures": "62 KPIs and an adjustment",
    "unreadable-file": "a file's permissions",
}
NOT_SAID_BY_VALIDATE = {"no-grades": "is about scoring without a department"}


def _problems(examples: list[Example], folder: Path) -> Sequence[Problem]:
    """Return the problems of examples, beside a standard department and role where they bring none."""
    for example in examples:
        (folder / example.file).write_text(example.text, encoding="utf-8")
    given = {example.file.partition(".")[0] for example in examples}
    if "department" not in given:
        (folder / "department.yaml").write_bytes((CASES / "department.yaml").read_bytes())
    if given == {"department"}:
        (folder / "clerk.yaml").write_text(CLERK, encoding="utf-8")
    return check_files([folder]).problems


def _found(examples: list[Example], folder: Path) -> set[tuple[str, int | None, int | None, str]]:
    """Return the places and the codes of the problems of examples."""
    problems = _problems(examples, folder)
    return {(Path(problem.path).name, problem.line, problem.column, problem.code) for problem in problems}


@pytest.mark.parametrize("check", WITH_EXAMPLES, ids=lambda check: check.id)
def test_a_bad_example_fails_at_the_place_said_and_nowhere_else(check: Documentation, tmp_path: Path) -> None:
    """Whoever copies it sees just this problem, at the line and column that are published."""
    bad = [example for example in check.examples if not example.is_good]
    (expected,) = [(example.file, *example.place, check.id) for example in bad if example.place]
    assert {expected} == _found(bad, tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_of_each_bad_example_is_in_one_file_to_be_read(
    language: Language, tmp_path: Path, golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is wrong and how to fix it, in the words of both languages."""
    problems: list[tuple[str, Problem]] = []
    for check in WITH_EXAMPLES:
        folder = tmp_path / check.id
        folder.mkdir()
        monkeypatch.chdir(folder)
        bad = [example for example in check.examples if not example.is_good]
        problems += ((problem.code, problem) for problem in _problems(bad, Path()))
    golden(f"checks.{language}.txt", said_of(problems, language))


@pytest.mark.parametrize("check", WITH_EXAMPLES, ids=lambda check: check.id)
def test_a_good_example_passes(check: Documentation, tmp_path: Path) -> None:
    """Whoever copies it has no problem at all."""
    good = [example for example in check.examples if example.is_good]
    assert good
    assert set() == _found(good, tmp_path)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_check_is_documented_in_both_languages(check: Documentation) -> None:
    """A sentence that says what holds, and why it matters; without examples, one that is told."""
    assert re.fullmatch(r"[A-Z`].*[^.]\.", check.summary.en)
    assert re.fullmatch(r"[^a-z]?.*[\u4e00-\u9fff].*。", check.summary.zh)
    for summary, text in zip(check.summary, check.text, strict=True):
        assert text.startswith(summary)
        assert len(text) > len(summary) + 15
        assert not re.search("Bad, `|Good, `", text)
    assert not re.search(r"[\u4e00-\u9fff]", check.text.en.replace("备注", ""))
    assert (check.id in NOT_SHOWN_AS_TEXT) == (not check.examples)
    assert bool(check.examples) != ("Example: " in check.text.en)
    assert bool(check.examples) != ("例：" in check.text.zh)


def test_all_that_is_said_of_rules_is_documented() -> None:
    """No id without a page, no page without words."""
    assert set() == codes_of("rules", "lint") - set(groups()) - set(NOT_SAID_BY_VALIDATE)
    assert set() == set(groups()) - set(catalogue())


def test_the_table_for_the_documentation_has_a_row_for_each_check() -> None:
    """It is made from the docstrings, and Markdown's own marks are right in it."""
    heading, _, *rows = checks_table().splitlines()
    assert "| check | severity | what holds |" == heading
    assert [f"| `{check.id}` | {check.severity} | {check.summary.en} |" for check in CHECKS] == rows
    assert all(row.count("|") == 4 for row in rows)
