"""What all tests have: the real command in a plain environment, and golden files."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

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


@pytest.fixture
def kpicard() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the real command: `kpicard(*args, stdin=None, cwd=None, env=None)`, in 100 columns and no locale."""

    def run(
        *args: str | Path, stdin: str | None = None, cwd: Path | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        inherited = {
            name: value
            for name, value in os.environ.items()
            if name not in _UNWANTED and not name.startswith(("LC_", "_TYPER_"))
        }
        return subprocess.run(
            [sys.executable, "-m", "kpicard", *map(str, args)],
            input=stdin or "",
            capture_output=True,
            encoding="utf-8",
            cwd=cwd,
            env={**inherited, "COLUMNS": "100", **(env or {})},
            timeout=120,
            check=False,
        )

    return run


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
