"""Folders of rules, right and wrong: `cases/valid` has no problem, `cases/invalid` exactly those of `expected.txt`.

A case is a folder. To a wrong one, what it lacks is added from the two files in `cases`, so that it holds just what it
is about; a case called `folder-*` is about the whole folder and stays as it is.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import kpicard
from kpicard.messages import codes_of
from kpicard.text import LANGUAGES, Language
from tests.said import said_of

Golden = Callable[[str, str], None]

CASES = Path(__file__).parents[1] / "cases"
VALID = sorted(folder for folder in (CASES / "valid").iterdir() if folder.is_dir())
INVALID = sorted(folder for folder in (CASES / "invalid").iterdir() if folder.is_dir())

NOT_IN_A_FILE_OF_RULES = {
    "no-such-path": "is about a path that is given; see test_validate_command.py",
    "not-a-folder": "is about a path that is given; see test_roles_command.py",
    "packaged-roles": "is about no folder at all; see test_which_roles.py",
    "no-grades": "is about scoring without a department",
    "unreadable-file": "cannot be kept in a folder of files; see test_document.py",
    "too-large": "is too large to keep; see test_document.py",
}

SETTINGS = settings(deadline=None, max_examples=250, derandomize=True)
SOURCES = [file.read_text(encoding="utf-8") for file in sorted(CASES.glob("valid/*/[a-z]*.yaml"))]
PARTS = ["", "~", "no", "[]", "{}", "[x]", "{en: x}", "-1", "1e9", "'", '"', ": ", "- ", "\n", "  ", "#", "kpis", "客"]
SCALARS = st.sampled_from(
    ["", "ratio", "linear", "bands", "within", "lower", "-1", "0", "100", "1e3", "speed", "orders", "客服"]
)
KEYS = st.sampled_from(
    (
        *("id", "title", "en", "zh", "kpis", "weight", "better", "target", "measures", "scoring", "method", "points"),
        *("axis", "bands", "from", "upto", "score", "otherwise", "cap", "grades", "grade", "plain", "linear", "<<"),
    )
)
TREES = st.recursive(
    st.none() | SCALARS,
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(KEYS, inside, max_size=5),
    max_leaves=15,
)


def _complete(case: Path, folder: Path) -> Path:
    shutil.copytree(case, folder)
    if not case.name.startswith("folder-"):
        stems = {file.stem for file in case.iterdir() if file.suffix in {".yaml", ".yml"}}
        for lacking, there in (
            ("department.yaml", "department" in stems),
            ("clerk.yaml", bool(stems - {"department"})),
        ):
            if not there:
                shutil.copy(CASES / lacking, folder)
    return folder


def _line(problem: kpicard.Problem, folder: Path) -> str:
    path = Path(problem.path).relative_to(folder)
    return f"{path}:{problem.line or '-'}:{problem.column or '-'} {problem.code}"


@pytest.mark.parametrize("case", VALID, ids=lambda case: case.name)
def test_right_rules_have_no_problem(case: Path) -> None:
    """What is written in a right way, however unusual, is taken without a word."""
    loaded = kpicard.load(case)
    assert () == loaded.problems
    ids = {file.name.partition(".")[0] for file in case.glob("[a-z]*.y*ml")}
    assert ids - {"department"} == set(loaded.rules.roles)


@pytest.mark.parametrize("case", INVALID, ids=lambda case: case.name)
def test_wrong_rules_have_just_their_problems_at_their_places(case: Path, tmp_path: Path) -> None:
    """Each problem is found in one run, at its line and column, and no other beside it."""
    folder = _complete(case, tmp_path / "roles")
    expected = (case / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert expected == [_line(problem, folder) for problem in kpicard.load(folder).problems]


@pytest.mark.parametrize("case", INVALID, ids=lambda case: case.name)
def test_every_problem_says_in_both_languages_what_is_wrong_and_how_to_mend_it(case: Path, tmp_path: Path) -> None:
    """Nobody meets an empty message, a place for a value that was not filled in, or Python's words for values."""
    python = re.compile(r"\{\w*\}|\bNone\b|\['|Decimal|Both\(|Ellipsis|<class")
    for problem in kpicard.load(_complete(case, tmp_path / "roles")).problems:
        for language in LANGUAGES:
            for said in (problem.message_in(language), problem.hint_in(language)):
                assert said
                assert not python.search(said), said
        assert problem.message_in("en") != problem.message_in("zh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_of_every_case_is_in_one_file_to_be_read(
    language: Language, tmp_path: Path, golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is wrong and how to fix it, in the words of both languages."""
    problems: list[tuple[str, kpicard.Problem]] = []
    for case in INVALID:
        monkeypatch.chdir(_complete(case, tmp_path / case.name))
        problems += ((case.name, problem) for problem in kpicard.load(".").problems)
    golden(f"cases.{language}.txt", said_of(problems, language))


@pytest.mark.parametrize("case", INVALID, ids=lambda case: case.name)
def test_a_wrong_file_is_no_part_of_the_rules_and_hides_no_other(case: Path, tmp_path: Path) -> None:
    """What has an error is not scored by; the roles beside it stay."""
    folder = _complete(case, tmp_path / "roles")
    shutil.copy(CASES / "valid" / "longest-id" / f"{'a' * 64}.yaml", folder)
    lines = [line for line in (case / "expected.txt").read_text().splitlines() if not line.endswith(" not-a-role")]
    wrong = {line.partition(":")[0].partition(".")[0] for line in lines}
    loaded = kpicard.load(folder)
    assert "a" * 64 in loaded.rules.roles
    assert ("department" in wrong) == (loaded.rules.department is None and (folder / "department.yaml").exists())
    if case.name != "duplicate-role":  # of two files for one role, the first is kept
        assert wrong - {"department", ""} == set(loaded.rules.broken)
        assert set() == wrong & set(loaded.rules.roles)


def _problems_of(role: str, department: str) -> None:
    """Load a folder, and say all its problems, each at a place that its file has."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("clerk.yaml", role), ("department.yaml", department)):
            (Path(folder) / name).write_text(text, encoding="utf-8")
        for problem in kpicard.load(folder).problems:
            text = department if problem.path.endswith("department.yaml") else role
            assert problem.line is not None
            assert problem.column is not None
            line = [*text.split("\n"), ""][problem.line - 1]
            assert 1 <= problem.column <= len(line) + 1
            for language in LANGUAGES:
                assert problem.message_in(language)
                assert problem.hint_in(language)


@SETTINGS
@given(st.sampled_from(SOURCES), st.data())
def test_a_slip_anywhere_in_a_file_is_a_problem_or_none_but_never_a_crash(source: str, data: st.DataObject) -> None:
    """Whatever is deleted, typed or doubled in a right file, the rest is still checked and said."""
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(source)))
        end = min(len(source), start + data.draw(st.integers(0, 12)))
        source = source[:start] + data.draw(st.sampled_from([*PARTS, source[start:end] * 2])) + source[end:]
    _problems_of(source, source)


@SETTINGS
@given(st.sampled_from(SOURCES), TREES, st.data())
def test_any_value_in_any_place_is_a_problem_or_none_but_never_a_crash(
    source: str, value: object, data: st.DataObject
) -> None:
    """No kind of value where another is expected gets past the checks or raises in them."""
    tree: Any = yaml.load(source, yaml.CBaseLoader)  # noqa: S506 - it gives texts, lists and maps, nothing else
    node = tree
    while isinstance(node, dict | list) and node:
        key = data.draw(st.sampled_from(list(node) if isinstance(node, dict) else range(len(node))))
        if not isinstance(node[key], dict | list) or not data.draw(st.integers(0, 3)):
            node[key] = value
            break
        node = node[key]
    text = yaml.safe_dump(tree, allow_unicode=True)
    _problems_of(text, text)


def test_there_is_a_case_for_every_code() -> None:
    """No code of the rules goes untested; what only `validate` says has its examples: test_checks_documentation.py."""
    lines = [line for case in INVALID for line in (case / "expected.txt").read_text(encoding="utf-8").splitlines()]
    codes = {line.rpartition(" ")[2] for line in lines}
    known = codes_of("rules", "lint", "files", "versions", "adjustments", "quota")
    assert known - codes_of("lint") - set(NOT_IN_A_FILE_OF_RULES) == codes
