"""The reports of `kpicard impact`: what people read on a terminal and on a pull request, and what programs read."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from unicodedata import east_asian_width

import pytest

from tests.impact_repository import CLERK, Repository
from tests.terminals import shown

Run = Callable[..., subprocess.CompletedProcess[str]]
Golden = Callable[[str, str], None]

ACTUALS = """\
employee,name,role,speed,quality,revenue,refunds,complaints
E1,陈思琪,clerk,33,92,,,
E2,Ann Lee,clerk,24,80.5,,,2
E3,,clerk,N/A,88,,,
E4,赵一鸣,clerk,30,90,,,
E5,李强,clerk,20,72,,,
E6,王丽,clerk,,95,,,
E7,周杰,seller,,,1100,4.2,
E8,Mo,seller,,,870,5,
E9,Tea,courier,,,,,
"""
OLD_ADJUSTMENT = """\
adjustments:
  - {id: complaints, name: {en: Complaints, zh: 客诉}, points_each: -1, at_least: -10}
"""


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A change of many things at once: weight, target, scoring, bands, an adjustment, a veto, a role that is new."""
    made = Repository(tmp_path / "shop")
    (made.folder / "actuals" / "2026-10.csv").write_text(ACTUALS, encoding="utf-8")
    made.write("clerk", CLERK + OLD_ADJUSTMENT)
    made.commit("an adjustment")
    made.write("clerk", CLERK + OLD_ADJUSTMENT.replace("each: -1", "each: -2"))
    made.change(
        "clerk",
        ("weight: 40", "weight: 30"),
        ("weight: 60", "weight: 70"),
        ("better: higher, target: 90}", "better: higher, target: 92, veto: {score_below: 85, grade_at_most: C}}"),
    )
    made.change("seller", ("better: lower, target: 5", "better: lower, target: 5, scoring: {method: ratio, cap: 100}"))
    made.change("department", ("from: 80", "from: 79"), ("coefficient: 1.2", "coefficient: 1.3"))
    return made


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("format_", ["terminal", "markdown", "json"])
def test_the_report_reads_as_in_the_golden_file(
    kpicard: Run, golden: Golden, repository: Repository, format_: str, lang: str
) -> None:
    """Each in both languages, as it is."""
    done = kpicard("impact", "--base", "HEAD", "--format", format_, "--lang", lang, cwd=repository.folder)
    suffix = {"terminal": "txt", "markdown": "md", "json": "json"}[format_]
    text = re.sub(r'"rules": "[0-9a-f]{16}"', '"rules": "…"', done.stdout)  # other tests are about fingerprints
    golden(f"impact/impact.{lang}.{suffix}", text)
    golden(f"impact/problems.{lang}.txt", done.stderr)
    assert 1 == done.returncode


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("columns", [60, 100, 140])
def test_no_line_is_wider_than_the_terminal(kpicard: Run, repository: Repository, columns: int, lang: str) -> None:
    """A Chinese character takes two columns; figures are never cut."""
    environment = {"COLUMNS": str(columns)}
    done = kpicard("impact", "--base", "HEAD", "--lang", lang, cwd=repository.folder, env=environment)
    assert columns >= max(map(width, done.stdout.splitlines()))
    assert "…" not in done.stdout


def test_a_small_terminal_gets_what_counts_and_how_to_see_the_rest(repository: Repository) -> None:
    """The verdict and the grades that change; no screen scrolls by with every KPI."""
    text = shown("impact", "--base", "HEAD", cwd=repository.folder, rows=24)
    assert "All 6 cards that change, KPI by KPI: add `--output impact.md`; one card: add `--employee E2`." in text
    assert "Cards that change grade" in text
    assert "Which KPI does it" not in text
    assert "Which KPI does it" in shown("impact", "--base", "HEAD", cwd=repository.folder, rows=200)


def width(line: str) -> int:
    return sum(1 + (east_asian_width(character) in "WF") for character in line)


def test_json_adds_up(kpicard: Run, repository: Repository) -> None:
    """KPIs and adjustments make up the change of the total, card by card, but for the rounding of the two totals."""
    done = kpicard("impact", "--base", "HEAD", "--format", "json", cwd=repository.folder)
    found = json.loads(done.stdout, parse_float=Decimal, parse_int=Decimal)
    assert "kpicard.impact/1" == found["format"]
    for card in found["cards"]:
        lines = [*card["kpis"], *card["adjustments"]]
        assert abs(card["change"]["total"] - sum(line["points"] for line in lines)) < Decimal("0.01")
        assert card["change"]["total"] == card["after"]["total"] - card["before"]["total"]
    assert found["summary"]["cards"] == sum(role["cards"] for role in found["roles"])


def test_nothing_that_changes_is_said_in_one_line(kpicard: Run, repository: Repository) -> None:
    """The same rules under another name and with other comments are no change."""
    repository.git("checkout", "-q", "--", "roles")
    clerk = repository.roles / "clerk.yaml"
    clerk.write_text("# a comment\n" + clerk.read_text("utf-8").replace("Quality", "Excellence"), encoding="utf-8")
    for lang, said in {"en": "Nothing changes on 7 cards. 1 card is", "zh": "7 张考核表均无变化。另有 1 张"}.items():
        words = ("impact", "--base", "HEAD", "--lang", lang, "--format", "markdown", "--names")
        done = kpicard(*words, cwd=repository.folder)
        assert f"**{said}" in done.stdout
        assert "| --- |" not in done.stdout


def test_markdown_stays_below_what_a_comment_may_have(kpicard: Run, tmp_path: Path) -> None:
    """What has no room is counted, and nothing is cut in the middle of a line."""
    repository = Repository(tmp_path / "shop")
    repository.fill_in(1200)
    repository.move_weight()
    done = kpicard("impact", "--base", "main", "--format", "markdown", "--names", cwd=repository.folder)
    assert 60_000 < len(done.stdout) < 65_536
    left = sum(int(count) for count in re.findall(r"… and (\d+) more lines", done.stdout))
    shown = len(re.findall(r"^(?:\| E\d|- \*\*E)", done.stdout, re.MULTILINE))
    found = json.loads(kpicard("impact", "--base", "main", "--format", "json", cwd=repository.folder).stdout)
    changed = sum(card["change"]["total"] != 0 for card in found["cards"])
    assert 2 * changed == left + shown
    assert done.stdout.count("<details>") == done.stdout.count("</details>") > 0


def test_a_name_is_only_a_text(kpicard: Run, repository: Repository) -> None:
    """It makes no link, no cell, no markup, and calls nobody on a pull request; on a terminal it commands nothing."""
    names = ["@octocat", "#12", "<script>", "a|b", "[x](y)", "*b*", "\x1b[31mred", "`c`"]
    rows = "".join(f'N{number},"{name}",clerk,33,92\n' for number, name in enumerate(names))
    file = repository.folder / "actuals" / "2026-10.csv"
    file.write_text("employee,name,role,speed,quality\n" + rows, encoding="utf-8")
    done = kpicard("impact", "--base", "HEAD", "--format", "markdown", "--names", cwd=repository.folder)
    shown = ["@<!-- -->octocat", "\\#<!-- -->12", "\\<script\\>", "a\\|b", "\\[x\\](y)", "\\*b\\*", "\\`c\\`"]
    assert [f"| {name} (N" in done.stdout for name in shown] == [True] * len(shown)
    done = kpicard("impact", "--base", "HEAD", cwd=repository.folder)
    assert "\x1b" not in done.stdout
    assert r"\x1b[31mred" in done.stdout


def test_several_periods_say_which(kpicard: Run, repository: Repository) -> None:
    """The same person may stand there twice; `--period` chooses."""
    for month in ("2026-08", "2026-09"):
        (repository.folder / "actuals" / f"{month}.csv").write_text(ACTUALS, encoding="utf-8")
    done = kpicard("impact", "--base", "HEAD", "--employee", "E1", cwd=repository.folder, env={"COLUMNS": "140"})
    assert "Period" in done.stdout
    assert 3 == len(re.findall(r"^ 陈思琪 \(E1\)", done.stdout, re.MULTILINE))
    done = kpicard("impact", "--base", "HEAD", "--employee", "E1", "--period", "2026-09", cwd=repository.folder)
    assert "Period" not in done.stdout
