"""`--format pdf`: the same figures and texts as on the page, on A4, with every font embedded, byte for byte again."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kpicard.text import Language

Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).parents[2]
MONTHS = sorted((ROOT / "examples").glob("2026-*.csv"))
ROLES = ["--roles", str(ROOT / "roles")]

pytest.importorskip("typst")


def has_chinese_font() -> bool:
    from kpicard.reports.formats.pdf import fonts_found

    return bool(fonts_found()[1])


NEEDS_FONT = pytest.mark.skipif(not has_chinese_font(), reason="there is no font for Chinese here")


def read(tool: str, pdf: Path, *more: str) -> str:
    """What a tool of Poppler says about a file."""
    found = shutil.which(tool) or pytest.skip(f"needs {tool}")
    return subprocess.run([found, *more, pdf], capture_output=True, encoding="utf-8", check=True).stdout


@NEEDS_FONT
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_card_in_a_folder_is_one_page_of_a4_with_the_figures_of_the_json(
    kpicard: Run, tmp_path: Path, lang: Language
) -> None:
    """Title and language are set, the text comes out in its order, and the same card gives the same bytes."""
    chosen = [*MONTHS, *ROLES, "--employee", "E017", "--lang", lang]
    done = kpicard("score", *chosen, "--format", "pdf", "--output", f"{tmp_path / 'cards'}/")
    assert (0, "3") == (done.returncode, re.findall(r"\d+", done.stderr)[0])
    cards = json.loads(kpicard("score", *chosen, "--format", "json").stdout, parse_float=str)["cards"]
    for card in cards:
        pdf = tmp_path / "cards" / f"{card['period']}-E017-陈思琪.pdf"
        about, text = read("pdfinfo", pdf), _text(pdf)
        assert "Title:           陈思琪 (E017) · " in about
        assert "A4" in about
        assert "Pages:           1\n" in about
        words = text.split()
        places = [words.index(figure) for figure in (card["total"], card["kpis"][0]["score"])]
        assert sorted(places) == places
        assert [] == [kpi["score"] for kpi in card["kpis"] if kpi["score"] not in words]
        language = {"en": b"en", "zh": b"zh"}[lang]
        assert re.search(rb"/Lang\s*\(" + language, pdf.read_bytes())
    before = {path.name: path.read_bytes() for path in (tmp_path / "cards").iterdir()}
    kpicard("score", *chosen, "--format", "pdf", "--output", f"{tmp_path / 'cards'}/")
    assert before == {path.name: path.read_bytes() for path in (tmp_path / "cards").iterdir()}


def _text(pdf: Path) -> str:
    found = shutil.which("pdftotext") or pytest.skip("needs pdftotext")
    return subprocess.run([found, pdf, "-"], capture_output=True, encoding="utf-8", check=True).stdout


@NEEDS_FONT
def test_the_departments_file_has_a_bookmark_for_each_card_and_embeds_its_fonts(kpicard: Run, tmp_path: Path) -> None:
    """The ranking leads to the cards."""
    pdf = tmp_path / "month.pdf"
    done = kpicard("score", MONTHS[-1], *ROLES, "--role", "customer-service", "--output", pdf)
    assert f"Wrote 6 cards to {pdf}\n" == done.stderr
    fonts = read("pdffonts", pdf).splitlines()[2:]
    assert fonts
    assert {"yes"} == {line.split()[-5] for line in fonts}
    assert 7 <= len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes()))


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["summary", str(MONTHS[-1])], "92.94"),
        (["explain", str(MONTHS[-1]), "--employee", "E017"], "93.13"),
        (["trend", *map(str, MONTHS), "--employee", "E017"], "93.13"),
        (["roles", "customer-service"], "Employee's signature"),
        (["roles"], "customer-service"),
    ],
)
@pytest.mark.parametrize("format_", ["html", pytest.param("pdf", marks=NEEDS_FONT)])
def test_all_that_is_read_can_be_printed(
    kpicard: Run, tmp_path: Path, command: list[str], said: str, format_: str
) -> None:
    """The same figures, as a page and on paper."""
    path = tmp_path / f"report.{format_}"
    done = kpicard(*command, *ROLES, "--output", path, "--lang", "en")
    assert (0, "") == (done.returncode, done.stdout)
    text = _text(path) if format_ == "pdf" else path.read_text("utf-8").replace("&#39;", "'")
    assert said in text.replace("’", "'")


@NEEDS_FONT
def test_an_impact_can_be_printed(kpicard: Run, tmp_path: Path) -> None:
    """Before and after as everywhere."""
    shutil.copytree(ROOT / "roles", tmp_path / "after")
    both = ["--before", str(ROOT / "roles"), "--after", str(tmp_path / "after")]
    for name in ("impact.html", "impact.pdf"):
        assert 0 == kpicard("impact", MONTHS[-1], *both, "--output", tmp_path / name).returncode
        assert (tmp_path / name).stat().st_size > 1000


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    """Without Typst, how to install it, in both languages."""
    code = "import sys; sys.modules['typst'] = None; from kpicard.__main__ import command; command()"
    for lang, said in (("en", 'Error: a PDF needs Typst: pip install "kpicard[pdf]"\n'), ("zh", "错误：生成 PDF 需要")):
        done = subprocess.run(
            [sys.executable, "-c", code, "score", MONTHS[-1], *ROLES, "--output", tmp_path / "a.pdf", "--lang", lang],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert (2, "") == (done.returncode, done.stdout)
        assert done.stderr.startswith(said)
    assert not list(tmp_path.iterdir())
