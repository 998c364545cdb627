"""`kpicard score`: texts of files that try to be more than text come out as they are, and do nothing."""

from __future__ import annotations

import csv
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

ROLES = ["--roles", str(Path(__file__).parents[1] / "data" / "roles")]
TRICKS = (
    *("<script>alert(1)</script>", "[red]x[/red]", "[link=http://x]y", "| a | b |", "\x1b[31mred\x1b[0m", "**b** _i_"),
    *("`c`", "&lt;", "![i](http://x)", "# h", "- l", "1. n", "{format}", "%s", "\u202eabc", ":smile:"),
)


@pytest.mark.parametrize("format_", ["terminal", "markdown"])
def test_texts_come_out_as_texts(kpicard: Run, tmp_path: Path, format_: str) -> None:
    """Names, teams, employees and KPI names with markup in them are shown as they are, and do nothing."""
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = [("2026-10", f"E{n:02}", trick, trick, "support", "30", "90") for n, trick in enumerate(TRICKS)]
        csv.writer(stream).writerows([("period", "employee", "name", "team", "role", "speed", "quality"), *rows])
    done = kpicard("score", "a.csv", *ROLES, "--format", format_, cwd=tmp_path, env={"COLUMNS": "200"})
    assert done.returncode == 0
    assert {"like-a-formula"} == set(re.findall(r"\[([a-z-]+)\]$", done.stderr, re.MULTILINE))  # `- l`
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout
    assert r"\x1b" in done.stdout
    if format_ == "terminal":
        shown = [trick for trick in TRICKS if trick.isprintable()]
        assert [] == [trick for trick in shown if trick not in done.stdout]
    else:
        assert not re.search(
            r"(?<!\\)<script|(?<!\\)\[red|(?<!\\)!?\[i\]|(?<!\\)`c|(?<!\\)_i_|(?<!\\)&lt;", done.stdout
        )
        table = [line for line in done.stdout.splitlines() if line.startswith("|")]
        assert {7, 9} == {len(re.findall(r"(?<!\\)\|", line)) for line in table}


def test_problems_with_escape_sequences_are_text(kpicard: Run, tmp_path: Path) -> None:
    """A terminal gets no escape sequence out of a file, its heading or its name."""
    name = "a\x1b[31m[red].csv"
    (tmp_path / name).write_text(
        "period,employee,role,kpi,actual,\x1b[5m\n2026-10,E\x1b1,\x1b[31m,speed,[b]1\n", "utf-8"
    )
    done = kpicard("score", name, *ROLES, cwd=tmp_path)
    assert done.returncode == 1
    assert "\x1b" not in done.stdout + done.stderr
    assert "[red].csv" in done.stderr
