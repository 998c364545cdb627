"""The HTML report on paper: a browser prints it, and its pages are counted. Needs Chromium, as the browser tests do."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from kpicard.text import Language
from tests.slow.test_html_browser import browser

Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.csv"))
MONTHS = {"2026-08": 0.9, "2026-09": 0.8, "2026-10": 0.95}
"""What is reached of each target."""


def printed(html: str, folder: Path) -> Path:
    """The PDF that Chromium makes of a page."""
    page, pdf = folder / "page.html", folder / "page.pdf"
    page.write_text(html, "utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    places = [f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={pdf}", page.as_uri()]
    subprocess.run([browser(), *options, *places], capture_output=True, timeout=120, check=True)
    return pdf


def count(html: str, folder: Path) -> int:
    """How many pages it prints on, all of them A4."""
    pdf = printed(html, folder).read_bytes()
    assert {b"[0 0 594.95996 841.91998]"} == set(re.findall(rb"/MediaBox\s*(\[.*?\])", pdf))
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def departments_alone(html: str) -> str:
    """A report without its cards: the department's pages, which are as many as they need."""
    return re.sub("<article.*?</article>", "", html, flags=re.DOTALL)


def department(folder: Path, sizes: Iterable[int]) -> list[str | Path]:
    """Write roles of so many KPIs, and a card of each for three months; return what scores them.

    They are the shipped KPIs that most is said about, with adjustments, a veto, and one that does not apply.
    """
    roles = folder / "roles"
    roles.mkdir()
    shutil.copy(ROOT / "roles" / "department.yaml", roles)
    shipped = [yaml.safe_load(file.read_text("utf-8")) for file in sorted((ROOT / "roles").glob("*-*.yaml"))]
    kpis = sorted((kpi for role in shipped for kpi in role["kpis"]), key=lambda kpi: -len(json.dumps(kpi)))
    rows = {month: ["employee,name,team,role,kpi,actual"] for month in MONTHS}
    for size in sizes:
        own: list[dict[str, Any]] = [{**kpi, "weight": 100 // size} for kpi in kpis[:size]]
        own[0] |= {"weight": 100 - 100 // size * (size - 1), "veto": {"score_below": 100, "grade_at_most": "C"}}
        measured = sorted({id_ for kpi in own for id_ in kpi["measures"]})
        adjustments = [
            {"id": "complaints", "name": {"en": "Complaints upheld", "zh": "有效投诉"}, "points_each": -2},
            {"id": "praise", "name": {"en": "Praise by name", "zh": "点名表扬"}, "points_each": 1, "at_most": 5},
        ]
        role = {
            "id": f"role-{size}",
            "title": {"en": f"Specialist for {size} KPIs", "zh": f"{size} 项指标专员"},
            "responsibilities": [{"id": id_, "title": id_} for id_ in measured],
            "kpis": own,
            "adjustments": adjustments,
        }
        (roles / f"role-{size}.yaml").write_text(json.dumps(role), "utf-8")
        for month, reached in MONTHS.items():
            actuals = {kpi["id"]: round(_actual(kpi, reached), 4) for kpi in own} | {"complaints": 2, "praise": 1}
            actuals |= {own[1]["id"]: "N/A"} if size > 2 and month == "2026-10" else {}
            who = f"E{size:03},诸葛晓明,Customer service {size},role-{size}"
            rows[month] += [f"{who},{id_},{actual}" for id_, actual in actuals.items()]
    for month, lines in rows.items():
        (folder / f"{month}.csv").write_text("\n".join([*lines, ""]), "utf-8")
    return [*sorted(folder.glob("*.csv")), "--roles", roles]


def _actual(kpi: dict[str, Any], reached: float) -> float:
    target: float = kpi["target"]
    return target * (reached if kpi["better"] == "higher" else 2 - reached)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_each_example_card_prints_on_one_page_in_the_departments_file(
    kpicard: Run, tmp_path: Path, lang: Language
) -> None:
    """72 cards of three months with their history; the department's own pages come before those of each month."""
    html = kpicard("score", *EXAMPLES, "--format", "html", "--lang", lang).stdout
    assert 72 == html.count("<article") == count(html, tmp_path) - count(departments_alone(html), tmp_path)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "arguments",
    [EXAMPLES[-1:], [*EXAMPLES, "--by", "quarter"], [*EXAMPLES, "--by", "quarter", "--rollup", "actuals"]],
    ids=["month", "quarters of totals", "quarters of actuals"],
)
def test_one_persons_card_prints_on_one_page(
    kpicard: Run, tmp_path: Path, arguments: list[str | Path], lang: Language
) -> None:
    """Nothing stands before it, and nothing of it comes on a second page."""
    html = kpicard("score", *arguments, "--employee", "E017", "--format", "html", "--lang", lang).stdout
    assert html.count("<article") == count(html, tmp_path)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_card_of_up_to_eight_kpis_prints_on_one_page(kpicard: Run, tmp_path: Path, lang: Language) -> None:
    """From two on; with history, vetoes, adjustments and advice, in the department's file and alone."""
    arguments = department(tmp_path, range(2, 9))
    html = kpicard("score", *arguments, "--format", "html", "--lang", lang).stdout
    assert 3 * 7 == html.count("<article") == count(html, tmp_path) - count(departments_alone(html), tmp_path)
    alone = kpicard("score", *arguments, "--employee", "E008", "--format", "html", "--lang", lang).stdout
    assert 3 == count(alone, tmp_path)


def test_a_longer_card_breaks_between_its_kpis(kpicard: Run, tmp_path: Path) -> None:
    """What is said about a KPI stands whole on the page where its name is; the next card begins a page."""
    reader = shutil.which("pdftotext") or pytest.skip("needs pdftotext")
    arguments = department(tmp_path, [20, 28])
    html = kpicard("score", *arguments, "--period", "2026-10", "--format", "html", "--lang", "zh").stdout
    done = subprocess.run([reader, "-raw", printed(html, tmp_path), "-"], capture_output=True, check=True)
    shown = ["".join(text.split()) for text in done.stdout.decode().split("\f")[:-1]]
    cards = [text for text in shown if "计分方法" in text or "签字" in text]
    assert 2 == sum("诸葛晓明" in text for text in cards) < len(cards)
    for text in cards:
        assert text.count("计分方法") == text.count("指标定义") == text.count("数据来源")
