"""Mistakes that new users make: what the command says of each stands on one page, to be read by a person."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

Golden = Callable[[str, str], None]
Run = Callable[..., subprocess.CompletedProcess[str]]

MISTAKES: dict[str, list[Any]] = yaml.safe_load(Path(__file__).with_name("mistakes.yaml").read_text("utf-8"))
MONTH = """\
period,employee,role,kpi,actual
2026-10,B01,Service adviser,Sales,80000
2026-10,B01,Service adviser,Answer time,5
2026-10,B01,Service adviser,Customer rating,4.6
"""


def _said(kpicard: Run, folder: Path, *command: str) -> str:
    """Return the first lines that tell what is wrong and what to do, below how a command is used."""
    done = kpicard(*command, "--lang", "en", cwd=folder)
    assert "Traceback" not in done.stderr
    text = (done.stdout if command[0] == "validate" and done.stdout else done.stderr).partition("Error: ")
    lines = (text[1] + text[2] if text[1] else text[0]).replace(str(folder), ".").splitlines()
    return "\n".join(lines[:2])


def test_every_mistake_is_answered_with_what_to_do(kpicard: Run, tmp_path: Path, golden: Golden) -> None:
    """The first line says what is wrong, and it or the next one what to write."""
    kpicard("init", ".", "--period", "2026-10", "--lang", "en", cwd=tmp_path)
    role, month = tmp_path / "roles" / "mechanic.yaml", tmp_path / "actuals" / "2026-10.csv"
    page = ["# Mistakes of new users, and what they are told", ""]
    month.write_text(MONTH, "utf-8")
    for kind, file, text, command in (
        ("rules", role, role.read_text("utf-8"), ("validate", "roles")),
        ("actuals", month, MONTH, ("score", "actuals/2026-10.csv", "--roles", "roles")),
    ):
        for mistake in MISTAKES[kind]:
            assert mistake["for"] in text, mistake
            file.write_text(text.replace(mistake["for"], mistake["write"], 1), "utf-8")
            written = mistake["write"].replace("\u200b", r"\u200b").replace("\n", r"\n").replace("\t", r"\t")
            page += [f"`{written.strip()}`", "", "```text", _said(kpicard, tmp_path, *command), "```", ""]
        file.write_text(text, "utf-8")
    for typed in MISTAKES["commands"]:
        page += [f"`kpicard {' '.join(typed)}`", "", "```text", _said(kpicard, tmp_path, *typed), "```", ""]
    golden("mistakes.md", "\n".join(page))
