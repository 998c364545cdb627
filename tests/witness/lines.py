"""Which lines of the program each test runs, in its own process and in the commands that it starts."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, TypeAlias

import coverage

Line: TypeAlias = tuple[str, int]
"""A file's path from the root of the project, and a number of a line, from 1."""

_SETTINGS: Final = """
[tool.coverage.run]
source = ["kpicard"]
parallel = true
data_file = "{data}"
context = "${{PYTEST_CURRENT_TEST-}}"
"""


def measure(root: Path, folder: Path, tests: Iterable[str]) -> Path:
    """Run tests under coverage, in as long as the suite takes and half of that again; return the data's path."""
    data, settings = folder / "measured", folder / "settings.toml"
    settings.write_text(_SETTINGS.format(data=data), "utf-8")
    environment = {**os.environ, "COVERAGE_PROCESS_START": str(settings), "PYTHONPATH": str(root)}
    pytest = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "-p", "tests.witness.contexts"]
    subprocess.run([*pytest, *tests], cwd=root, env=environment, check=False)  # who fails is told by pytest
    combine = [sys.executable, "-m", "coverage", "combine", "-q", f"--rcfile={settings}"]
    subprocess.run(combine, cwd=root, check=True)
    return data


def lines(root: Path, data: Path) -> Mapping[str, frozenset[Line]]:
    """Return the lines that each test runs, those of modules that are only imported left out.

    Those are run by whichever test comes first.
    """
    measured = coverage.CoverageData(str(data))
    measured.read()
    found: dict[str, set[Line]] = {}
    for file in measured.measured_files():
        path = Path(file)
        if not path.is_relative_to(root) or path.suffix != ".py":  # templates are measured too
            continue
        name = path.relative_to(root).as_posix()
        own = _of_functions(path)
        for number, contexts in measured.contexts_by_lineno(file).items():
            if number in own:
                for test in set(map(_test, contexts)) - {""}:
                    found.setdefault(test, set()).add((name, number))
    return {test: frozenset(each) for test, each in found.items()}


def _test(context: str) -> str:
    """Return the test of a context: its name, with the phase behind it where a command was measured."""
    for phase in (" (setup)", " (call)", " (teardown)"):
        context = context.removesuffix(phase)
    return context


def _of_functions(path: Path) -> frozenset[int]:
    """Return the numbers of the lines that stand in functions."""
    return frozenset(
        number
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.FunctionDef | ast.Lambda)
        for number in _body(node)
    )


def _body(node: ast.FunctionDef | ast.Lambda) -> range:
    first = node.body if isinstance(node, ast.Lambda) else node.body[0]
    return range(first.lineno, (node.end_lineno or first.lineno) + 1)
