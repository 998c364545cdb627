"""Exit statuses: the same for the same cause in every command, and what to type where a command is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

DATA = Path(__file__).parents[1] / "data"
GROUPS = ("What to score", "By which rules", "How to write", "Other")
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


def test_quiet_leaves_out_notes_and_keeps_problems(kpicard: Run, tmp_path: Path) -> None:
    """Standard error then has only what is wrong."""
    rows = "2026-10,E1,support,30,90\n2026-10,E2,support,soon,90\n"
    (tmp_path / "a.csv").write_text(f"period,employee,role,speed,quality\n{rows}", "utf-8")
    done = kpicard("score", "a.csv", "--roles", DATA / "roles", "-q", "-o", "a.json", "--lang", "en", cwd=tmp_path)
    assert ["a.csv:3:20: error:"] == [line[:18] for line in done.stderr.splitlines() if not line.startswith("  ")]
    assert (tmp_path / "a.json").exists()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("kpicard score a.csv --role su", "support"),
        ("kpicard trend a.csv --kpi spe", "speed"),
        ("kpicard validate --explain not-a-n", "not-a-number"),
        ("kpicard sql --dialect duc", "duckdb"),
        ("kpicard score a.csv --format mark", "markdown"),
    ],
)
def test_tab_offers_what_is_there(tmp_path: Path, line: str, offered: str) -> None:
    """Roles and KPIs of the folder where one stands, checks, dialects and formats."""
    shutil.copytree(DATA / "roles", tmp_path / "roles")
    asked = {"_KPICARD_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(line.split()) - 1)}
    program = Path(sys.executable).with_name("kpicard")
    environment = os.environ | asked
    done = subprocess.run([program], capture_output=True, encoding="utf-8", cwd=tmp_path, env=environment, check=True)
    assert offered in done.stdout.split()


def test_options_stand_in_groups_and_no_summary_is_cut_off(process: Run) -> None:
    """In a terminal of 80 columns."""
    shown = process("score", "--help", "--lang", "en", env={"COLUMNS": "80"}).stdout
    headings = [f"  {word}:" for word in GROUPS]
    assert headings == [line for line in shown.splitlines() if line in headings]
    assert "<list" not in shown
    listed = process("--help", "--lang", "en", env={"COLUMNS": "80"}).stdout
    assert "..." not in listed.partition("Commands:")[2]
