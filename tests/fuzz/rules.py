"""Fuzzing of the rules' files: any bytes are rules or problems, and what is read is what YAML says."""

from __future__ import annotations

import json
import tempfile
from io import StringIO
from pathlib import Path
from typing import Final

import yaml

import kpicard
from kpicard import reports
from kpicard.problems import Problem
from kpicard.reports.problems import write_problems
from kpicard.rules.document import Tree
from kpicard.rules.load import check_files
from kpicard.rules.yaml_reader import read_document
from kpicard.text import LANGUAGES

WORDS: Final = (
    *("id: ", "title: ", "en: ", "zh: ", "kpis:", "weight: ", "unit: ", "better: ", "higher", "lower", "within"),
    *("target: ", "definition: ", "source: ", "measures: ", "scoring: ", "method: ", "ratio", "linear", "bands"),
    *("points: ", "axis: ", "from: ", "upto: ", "score: ", "otherwise: ", "cap: ", "zero_below: ", "grades:"),
    *("grade: ", "coefficient: ", "label: ", "responsibilities:", "adjustments:", "points_each: ", "at_most: "),
    *("veto: ", "score_below: ", "grade_at_most: ", "quotas: ", "rollup: ", "2026-07", "# kpicard: ignore"),
    *("- ", "? ", ": ", "[", "]", "{", "}", "[[", "]]", ", ", "\n", "\n  ", "\r\n", "\r", "\t", "| ", "> ", "|+2"),
    *("---\n", "...\n", "%YAML 1.2\n", "%TAG ! !a\n", "&a ", "*a", "<<: ", "!!int ", "!x ", "!<y> ", "~", "null"),
    *("'", '"', "\\", "\\x1b", "\\u202e", "\\U0001F600", "#", "@", "`", "-0", "1e400", "1_0", ".5", "999999999999"),
    *("\ufeff", "\x85", "\u2028", "\u00a0", "\u3000", "客服", "😀", "\x00", "\x1b"),
)
"""What YAML and the rules are made of."""

SEEDS: Final = ("valid", "invalid")
"""The folders below tests/cases that fuzzing starts from."""

_NULLS: Final = {"", "~", "null", "Null", "NULL"}


def check(data: bytes) -> None:
    """Read some bytes as a role and as a department; raise AssertionError where a promise is broken."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in ("clerk.yaml", "department.yaml"):
            (folder / file).write_bytes(data)
        _check_reading(folder / "clerk.yaml", data)
        loaded = kpicard.load(folder)
        checked = check_files([folder])
    assert {problem for problem in loaded.problems if problem.severity == "error"} <= set(checked.problems)
    if not any(problem.severity == "error" for problem in loaded.problems):
        assert loaded.rules.department
        assert loaded.rules.roles
    for language in LANGUAGES:
        said = StringIO()
        write_problems(checked.problems, language, said)
        assert not set("\x00\x1b\x7f\x85\u202e\u2028\ufeff") & set(said.getvalue())
        report = StringIO()
        reports.writer(reports.PROBLEMS, "json")(checked, language, report)
        assert len(checked.problems) == len(json.loads(report.getvalue())["problems"])
    for problem in checked.problems:
        _check_place(problem, data)


def _check_place(problem: Problem, data: bytes) -> None:
    """A problem stands at a place that its file has, or at none, and says what is wrong."""
    for language in LANGUAGES:
        assert problem.message_in(language)
        assert problem.hint_in(language)
    if problem.line is None or problem.column is None:
        return
    lines = data.decode("utf-8-sig", "replace").split("\n")
    assert 1 <= problem.line <= len(lines) + 1
    assert 1 <= problem.column <= len([*lines, ""][problem.line - 1]) + 1


def _check_reading(file: Path, data: bytes) -> None:
    """What is read without a problem is what PyYAML's own reading as texts gives."""
    document, problems = read_document(file, file.name)
    for problem in problems:
        _check_place(problem, data)
    if problems:
        return
    text = data.decode("utf-8-sig")
    assert _tree(yaml.compose(text, yaml.CSafeLoader)) == document.tree


def _tree(node: yaml.Node | None) -> Tree:
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _tree(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_tree(item) for item in node.value]
    if isinstance(node, yaml.ScalarNode) and (node.style or node.value not in _NULLS):
        return str(node.value)
    return None
