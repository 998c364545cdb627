"""`--anonymous`: people are numbered in every report, and the report of an impact names nobody unless it is told to."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from kpicard import reports

Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).parents[2]
MONTH = ROOT / "examples" / "2026-10.csv"
ROLES = ["--roles", str(ROOT / "roles")]
TEXTS = [
    *(("score", format_) for format_ in ("terminal", "markdown", "html", "json", "csv", "svg")),
    *(("summary", format_) for format_ in ("terminal", "html", "json")),
    *(("trend", format_) for format_ in ("markdown", "csv")),
    ("explain", "markdown"),
]


def people() -> list[str]:
    """Ids and names in the example's month."""
    with MONTH.open(encoding="utf-8") as stream:
        return [text for row in csv.DictReader(stream) for text in (row["employee"], row["name"])]


@pytest.mark.parametrize(("command", "format_"), TEXTS)
def test_no_report_has_an_id_or_a_name(kpicard: Run, command: str, format_: str) -> None:
    """They have numbers instead, the same each time."""
    words = (command, MONTH, *ROLES, "--format", format_, "--anonymous", "--role", "customer-service")
    shown = kpicard(*words).stdout
    assert [] == [each for each in people() if each in shown]
    assert re.search(r"\bE[1-6]\b", shown)
    assert shown == kpicard(*words).stdout


def test_the_totals_are_those_of_the_named_report(kpicard: Run, tmp_path: Path) -> None:
    """As a set: which number is whose, the order does not tell. Parquet has the rows of CSV."""
    named = json.loads(kpicard("score", MONTH, *ROLES, "--format", "json").stdout)["cards"]
    nameless = json.loads(kpicard("score", MONTH, *ROLES, "--format", "json", "--anonymous").stdout)["cards"]
    assert sorted(card["total"] for card in named) == sorted(card["total"] for card in nameless)
    by_role = [card["total"] for card in named if card["role"] == "customer-service"]
    assert by_role != [card["total"] for card in nameless if card["role"] == "customer-service"]
    assert 0 == kpicard("score", MONTH, *ROLES, "--anonymous", "--output", tmp_path / "a.parquet").returncode
    rows = csv.DictReader(io.StringIO(kpicard("score", MONTH, *ROLES, "--anonymous", "--format", "csv").stdout))
    query = f"SELECT period, employee, role, kpi, CAST(total AS VARCHAR) FROM '{tmp_path / 'a.parquet'}'"
    found = duckdb.connect().execute(query).fetchall()
    assert [(row["period"], row["employee"], row["role"], row["kpi"], row["total"]) for row in rows] == found


def test_problems_are_told_and_not_in_the_report(kpicard: Run, tmp_path: Path) -> None:
    """They quote the files; the status is as it was."""
    file = tmp_path / "2026-10.csv"
    file.write_text("employee,name,role,kpi,actual\nE99,王芳,customer-service,response-time,x\n", "utf-8")
    for format_ in ("json", "html"):
        done = kpicard("score", file, *ROLES, "--anonymous", "--format", format_)
        assert 1 == done.returncode
        assert "E99" in done.stderr or "2026-10.csv:2" in done.stderr
        assert "E99" not in done.stdout
        assert "王芳" not in done.stdout


def test_no_report_says_who_leads_whom(kpicard: Run, tmp_path: Path) -> None:
    """The roster names managers by id or by name, and groups of the summary are called by them."""
    roster = tmp_path / "roster.csv"
    with MONTH.open(encoding="utf-8") as stream:
        people = {f"{row['employee']},{row['name']},{row['role']},E013" for row in csv.DictReader(stream)}
    roster.write_text("\n".join(["employee,name,role,manager", *sorted(people)]), "utf-8")
    words = (MONTH, *ROLES, "--role", "customer-service", "--roster", roster, "--format", "json")
    for command in ("score", "summary"):
        assert "E013" in kpicard(command, *words).stdout
        done = kpicard(command, *words, "--anonymous")
        assert '"total"' in done.stdout or '"mean"' in done.stdout
        assert "E013" not in done.stdout


def test_an_impact_in_markdown_names_nobody_unless_it_is_told_to(kpicard: Run, tmp_path: Path) -> None:
    """It is posted where many can read it; on the terminal it has names, unless `--anonymous` is given."""
    shutil.copytree(ROOT / "roles", tmp_path / "new")
    role = tmp_path / "new" / "customer-service.yaml"
    role.write_text(
        role.read_text("utf-8").replace("[60, 60], [120, 0]", "[60, 50], [120, 0]").replace("[15, 120]", "[10, 120]"),
        "utf-8",
    )
    words = ["impact", MONTH, "--before", ROOT / "roles", "--after", tmp_path / "new"]
    named = re.compile("E017|陈思琪")
    assert not named.search(kpicard(*words, "--format", "markdown").stdout)
    assert named.search(kpicard(*words, "--format", "markdown", "--names").stdout)
    shown = kpicard(*words).stdout
    assert bool(named.search(shown)) == ("E0" in shown)
    assert not named.search(kpicard(*words, "--anonymous").stdout)


def test_the_formats_of_cards_are_all_tried() -> None:
    """A new one is tried here too, or is one that is no text."""
    tried = {format_ for command, format_ in TEXTS if command == "score"}
    assert {"parquet", "xlsx", "pdf"} == set(reports.SCORES) - tried
