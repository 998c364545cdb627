"""The README is true: its commands run as printed, one after the other, and print what it shows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from kpicard.quantities import read_quantity, unit_of
from kpicard.reports.checks_markdown import checks_table

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PICTURES = Path("examples") / "pictures"
_BLOCK = re.compile(r"^```(sh|console|python|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SETUP = "python3 -m venv"  # these two need a fresh clone and the package registry: `.ci/run` runs them


def _run(command: list[str], folder: Path) -> str:
    """Run a command as a reader in a clone would, with `kpicard` on the path; return all that it prints."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "KPICARD"))}
    path = f"{Path(sys.executable).parent}{os.pathsep}{kept['PATH']}"
    done = subprocess.run(
        command,
        cwd=folder,
        env={**kept, "PATH": path, "COLUMNS": "100"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return done.stdout


def _session(block: str, folder: Path) -> str:
    """Run each `$ command` of a console block; return the block as it should be."""
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"{line}\n{_run(['bash', '-c', line[2:]], folder)}" for line in commands)


def _pictures(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text("utf-8") for file in (folder / PICTURES).iterdir()}


def test_every_command_of_the_readme_runs_and_prints_what_is_shown(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """In a folder with the examples and the roles, from the top of the page to its end."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns("pictures"))
    shutil.copytree(ROOT / "roles", tmp_path / "roles")
    text, printed = README.read_text("utf-8"), ""

    def replay(block: re.Match[str]) -> str:
        nonlocal printed
        kind, body = block[1], block[2]
        if kind == "console":
            body = _session(body, tmp_path)
        elif kind == "python":
            printed = _run([sys.executable, "-c", body], tmp_path)
        elif kind == "text":
            body = printed
        elif _SETUP not in body:
            assert _run(["bash", "-ec", body], tmp_path) == ""
        return f"```{kind}\n{body}```"

    actual = _BLOCK.sub(replay, text)
    if request.config.getoption("--update-golden"):
        README.write_text(actual, "utf-8")
        shutil.copytree(tmp_path / PICTURES, ROOT / PICTURES, dirs_exist_ok=True)
        text = actual
    assert text == actual, "if the new text is right: pytest --update-golden"
    assert _pictures(ROOT) == _pictures(tmp_path), "if the new pictures are right: pytest --update-golden"
    assert [True] * len(_pictures(ROOT)) == [f"({PICTURES.as_posix()}/{name})" in text for name in _pictures(ROOT)]


def test_continuous_integration_runs_the_readmes_commands_as_they_are_written() -> None:
    """Both commands that set up an environment stand in `.ci/run`, to the letter."""
    commands = [block[2].strip() for block in _BLOCK.finditer(README.read_text("utf-8")) if _SETUP in block[2]]
    ci = (ROOT / ".ci" / "run").read_text("utf-8")
    assert [2, True, True] == [len(commands), *(command in ci for command in commands)]


def test_every_command_and_option_is_in_the_readme_or_in_its_help() -> None:
    """No command is left out of the README's table."""
    text = README.read_text("utf-8")
    listed = [
        line.split()[0] for line in _run(["kpicard", "--help"], ROOT).partition("Commands:")[2].splitlines() if line
    ]
    assert [True] * len(listed) == [f"| `kpicard {command} " in text for command in listed]
    assert listed != []


def test_the_readme_lists_all_checks_as_they_are_documented(request: pytest.FixtureRequest) -> None:
    """The table of checks is the one that their docstrings make; `--update-golden` puts it in."""
    text = README.read_text("utf-8")
    found = re.search(r"(?<=### The checks\n\n)(?:\|.*\n)+", text)
    assert found
    if request.config.getoption("--update-golden"):
        README.write_text(text.replace(found[0], checks_table("en")), "utf-8")
    else:
        assert checks_table("en") == found[0]


def _code(cell: str) -> list[str]:
    return re.findall("`([^`]+)`", cell)


def test_the_figures_of_the_readme_are_read_as_it_says() -> None:
    """Each spelling of the table, under each unit, comes to the value beside it."""
    text = README.read_text("utf-8")
    _, _, table = text.partition("| written | under the unit | is |\n|---|---|---|\n")
    rows = [line.strip("| ").split(" | ") for line in table.partition("\n\n")[0].splitlines()]
    assert len(rows) >= 9
    for written, units, values in rows:
        for unit, value in zip(units.split("; "), values.split("; "), strict=True):
            kind = unit_of("次" if unit == "any" else unit.partition(",")[0])
            found = {spelling: read_quantity(spelling, kind, Decimal(5)).value for spelling in _code(written)}
            assert dict.fromkeys(_code(written), Decimal(value)) == found, unit
