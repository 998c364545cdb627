"""The command in the process of the tests does what it does in one of its own: streams, exit status, files."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.in_process import run_in_process

Run = Callable[..., CompletedProcess[str]]

ROOT = Path(__file__).parents[2]
MONTH = (ROOT / "examples" / "2026-10.csv").read_text("utf-8")
CHINESE = {"LC_ALL": "zh_CN.UTF-8"}

RUNS: Mapping[str, tuple[tuple[str, ...], Mapping[str, str]]] = {
    "nothing": ((), {}),
    "help in Chinese": (("score", "--help"), CHINESE),
    "no such command": (("scor",), {}),
    "a wrong option in Chinese": (("score", "a.csv", "--format", "cvs"), CHINESE),
    "a terminal report": (("score", "2026-10.csv"), {}),
    "in colours": (("score", "2026-10.csv", "--employee", "E017"), {"FORCE_COLOR": "1", "TERM": "xterm-256color"}),
    "in a narrow terminal": (("summary", "2026-10.csv"), {"COLUMNS": "60", **CHINESE}),
    "from standard input": (("score", "-", "--format", "csv"), {}),
    "to a file": (("score", "2026-10.csv", "--output", "cards.xlsx"), {}),
    "problems": (("score", "2026-10.csv", "wrong.csv", "--format", "json"), CHINESE),
    "rules from the environment": (("validate",), {"KPICARD_ROLES": "nowhere"}),
    "annotations": (("validate", "roles"), {"GITHUB_ACTIONS": "true"}),
    "no folder for temporary files": (("score", "2026-10.csv", "--format", "csv"), {"TMPDIR": "nowhere"}),
}


def _folder(parent: Path, name: str) -> Path:
    """Make a folder with roles, a month that is right and one that is wrong."""
    where = parent / name
    shutil.copytree(ROOT / "roles", where / "roles")
    (where / "2026-10.csv").write_text(MONTH, "utf-8")
    (where / "wrong.csv").write_text("period,employee,role,kpi,actual\n2026-10,E1,nobody,x,1e99\n", "utf-8")
    return where


def _files(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize("name", RUNS)
def test_a_run_here_is_a_run_in_a_process_of_its_own(kpicard: Run, process: Run, tmp_path: Path, name: str) -> None:
    """What is printed, where it goes, the exit status and the files that are written: to the byte."""
    words, env = RUNS[name]
    here, own = (_folder(tmp_path, each) for each in ("here", "own"))
    expected = process(*words, stdin=MONTH, cwd=own, env=env)
    actual = kpicard(*words, stdin=MONTH, cwd=here, env=env)
    assert (expected.returncode, expected.stdout, expected.stderr) == (actual.returncode, actual.stdout, actual.stderr)
    assert _files(own) == _files(here)


def test_all_is_as_it_was_afterwards(kpicard: Run, tmp_path: Path) -> None:
    """The environment, the folder, the streams, the arguments, and where temporary files go."""

    def state() -> tuple[object, ...]:
        streams = (sys.stdin, sys.stdout, sys.stderr)
        numbers = [os.fstat(number).st_ino for number in (0, 1, 2)]
        return dict(os.environ), Path.cwd(), streams, numbers, list(sys.argv), tempfile.gettempdir()

    before = state()
    kpicard("score", "nothing.csv", cwd=tmp_path, env={"LANG": "zh_CN.UTF-8", "TMPDIR": str(tmp_path)})
    assert before == state()


def test_an_error_that_nobody_caught_is_a_traceback_and_1(monkeypatch: pytest.MonkeyPatch) -> None:
    """As Python ends a process."""
    monkeypatch.setattr("kpicard.cli.app.app_for", lambda _: 1 / 0)
    done = run_in_process(["roles"], "", None, dict(os.environ))
    assert (1, "") == (done.returncode, done.stdout)
    assert done.stderr.startswith("Traceback")
    assert done.stderr.endswith("ZeroDivisionError: division by zero\n")
