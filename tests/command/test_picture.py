"""Pictures of what the terminal shows."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]
SVG = "{http://www.w3.org/2000/svg}"
CARD = ("score", ROOT / "examples" / "2026-10.csv", "--employee", "E017", "--roles", ROOT / "roles")


def _words(svg: str) -> list[str]:
    return "".join(each.text or "" for each in ET.fromstring(svg).iter(f"{SVG}text")).split()  # noqa: S314 - our own


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_picture_shows_what_the_terminal_shows(kpicard: Run, language: str) -> None:
    """Every character of the report, in its order; only the blanks between them are left out."""
    shown = kpicard(*CARD, "--lang", language).stdout
    picture = kpicard(*CARD, "--lang", language, "--format", "svg").stdout
    assert "".join(shown.split()) == "".join(_words(picture))


def test_a_picture_is_the_same_whatever_the_terminal_can_do(kpicard: Run) -> None:
    """Neither the kind of the terminal nor a wish for no colours changes a picture."""
    plain = kpicard(*CARD, "--format", "svg", env={"TERM": "dumb", "NO_COLOR": "1"}).stdout
    colourful = kpicard(*CARD, "--format", "svg", env={"TERM": "xterm-256color", "FORCE_COLOR": "1"}).stdout
    assert plain == colourful
    assert "#1a7f37" in plain


def test_chinese_characters_are_given_two_cells(kpicard: Run) -> None:
    """A title of four characters is as wide as eight digits, so that columns line up."""
    svg = ET.fromstring(kpicard(*CARD, "--lang", "zh", "--format", "svg").stdout)  # noqa: S314 - our own
    widths = {each.text: int(each.get("textLength", "0")) for each in svg.iter(f"{SVG}text")}
    assert (72, 63) == (widths["客服专员"], widths["2026-10"])


def test_markup_in_a_name_is_text_in_a_picture(kpicard: Run, tmp_path: Path) -> None:
    """A script in a name, and an escape sequence, come out as characters."""
    name = "<script>alert(1)</script>[red]x\x1b[31m"
    rows = "".join(f"2026-10,E1,{name},seller,{kpi},3\n" for kpi in ("a", "b"))
    (tmp_path / "2026-10.csv").write_text(f"period,employee,name,role,kpi,actual\n{rows}", "utf-8")
    roles = tmp_path / "roles"
    roles.mkdir()
    (roles / "department.yaml").write_text("title: D\ngrades: [{grade: A, from: 0, coefficient: 1}]\n", "utf-8")
    kpis = "".join(f"  - {{id: {kpi}, name: {kpi}, weight: 50, better: higher, target: 3}}\n" for kpi in ("a", "b"))
    (roles / "seller.yaml").write_text(f"id: seller\ntitle: Seller\nkpis:\n{kpis}", "utf-8")
    done = kpicard("score", "2026-10.csv", "--format", "svg", cwd=tmp_path)
    assert "<script>alert(1)</script>[red]x\\x1b[31m(E1)" in "".join(_words(done.stdout))
