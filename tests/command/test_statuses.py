"""Exit statuses: the same for the same cause in every command, and what to type where a command is none."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

DATA = Path(__file__).parents[1] / "data"
READING = ("score", "explain", "trend", "summary")


@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize(
    "asked",
    [
        ["nothing.csv"],
        ["*.csv"],
        ["https://example.com/a.csv"],
        [DATA / "2026-10.csv", "--employee", "E999"],
        [DATA / "2026-10.csv", "--period", "2031-01"],
        [DATA / "2026-10.csv", "--role", "nobody"],
        [DATA / "2026-10.csv", "--roles", "nowhere"],
        [DATA / "2026-10.csv", "--output", "nowhere/a.json"],
    ],
    ids=["file", "pattern", "address", "employee", "period", "role", "folder", "output"],
)
def test_what_is_not_there_gives_2_everywhere(kpicard: Run, tmp_path: Path, command: str, asked: list[str]) -> None:
    """Whoever asks for it has to ask for something else: no file has to be corrected."""
    roles = [] if "--roles" in asked else ["--roles", DATA / "roles"]
    assert 2 == kpicard(command, *asked, *roles, cwd=tmp_path).returncode


@pytest.mark.parametrize("command", READING)
def test_wrong_data_give_1_in_every_command(kpicard: Run, tmp_path: Path, command: str) -> None:
    """It is a file that has to be corrected."""
    (tmp_path / "a.csv").write_text("period,employee,role,speed,quality\n2026-10,E1,support,soon,90\n", "utf-8")
    assert 1 == kpicard(command, "a.csv", "--roles", DATA / "roles", cwd=tmp_path).returncode


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["help"], "type `kpicard --help`"),
        (["version"], "type `kpicard --version`"),
        (["help", "score"], "type `kpicard score --help`"),
    ],
)
def test_what_is_no_command_says_what_to_type(process: Run, typed: list[str], said: str) -> None:
    done = process(*typed)
    assert (2, True) == (done.returncode, said in done.stderr)


def test_the_help_lists_the_statuses(kpicard: Run) -> None:
    """In both languages, as the documentation does."""
    for language, said in (("en", "Exit status:"), ("zh", "退出码：")):
        shown = kpicard("--lang", language, "--help").stdout
        assert said in shown
        assert all(f"  {status} " in shown for status in (0, 1, 2, 3, 130))


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--employee", "E1,E2", "--employee E1 --employee E2"),
        ("--role", "support,sales", "--role support --role sales"),
        ("--period", "2026-10,2026-11", "--period 2026-10 --period 2026-11"),
    ],
)
def test_several_in_one_option_are_told_apart(kpicard: Run, tmp_path: Path, option: str, value: str, said: str) -> None:
    """The line to write is shown, with what was given."""
    (tmp_path / "a.csv").write_text("period,employee,role,speed,quality\n2026-10,E1,support,30,90\n", "utf-8")
    done = kpicard("score", "a.csv", "--roles", DATA / "roles", option, value, cwd=tmp_path)
    assert (2, True) == (done.returncode, said in " ".join(done.stderr.split()))
