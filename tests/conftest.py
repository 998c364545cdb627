"""What all tests have: the real command in a plain environment, and golden files."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.in_process import run_in_process

GOLDEN = Path(__file__).parent / "golden"

# What would change the output from one machine to the next.
_UNWANTED = {
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLUMNS",
    "FORCE_COLOR",
    "GITHUB_ACTIONS",
    "GITHUB_WORKSPACE",
    "KPICARD_ROLES",
    "LANG",
    "LANGUAGE",
    "LINES",
    "NO_COLOR",
    "PYTHONIOENCODING",
    "PYTHONUTF8",
    "PY_COLORS",
    "TTY_COMPATIBLE",
    "TTY_INTERACTIVE",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files instead of comparing")
    parser.addoption("--in-processes", action="store_true", help="run every command in a process of its own")


def _environment(env: Mapping[str, str] | None) -> dict[str, str]:
    """The environment without what differs from machine to machine, in 100 columns and no locale."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in _UNWANTED and not name.startswith(("LC_", "_TYPER_"))
    }
    return {**inherited, "COLUMNS": "100", **(env or {})}


def _run_here(
    *args: str | Path, stdin: str | None = None, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    assert not any(name.startswith("PYTHON") for name in env or ()), "only a process of its own heeds it: `process`"
    return run_in_process([*map(str, args)], stdin or "", cwd, _environment(env))


def _run_in_its_own(
    *args: str | Path, stdin: str | None = None, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kpicard", *map(str, args)],
        input=stdin or "",
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        env=_environment(env),
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="session")
def kpicard(request: pytest.FixtureRequest) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command in this process: `kpicard(*args, stdin=None, cwd=None, env=None)`, in 100 columns, no locale."""
    return _run_in_its_own if request.config.getoption("--in-processes") else _run_here


@pytest.fixture(scope="session")
def process() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command in a process of its own, called as `kpicard` is: for what only a process shows."""
    return _run_in_its_own


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """Where temporary files go."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """Where the output goes."""
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a golden file: `golden(name, text)`; `--update-golden` writes the file instead."""

    def compare(name: str, text: str) -> None:
        file = GOLDEN / name
        if request.config.getoption("--update-golden"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        expected = file.read_bytes().decode() if file.exists() else None
        assert expected == text, f"{name} differs; if the new text is right: pytest --update-golden"

    return compare
