"""The HTML report in a real browser, under axe-core and the W3C's checker, where these are installed.

`KPICARD_CHROMIUM` and `KPICARD_VNU` say where Chromium and `vnu.jar` are, `NODE_PATH` where Node finds playwright-core
and axe-core; without them, what the path has is taken.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kpicard.text import Language

Run = Callable[..., subprocess.CompletedProcess[str]]

TESTS = Path(__file__).parents[1]
EXAMPLES = sorted((TESTS.parent / "examples").glob("*.csv"))
ODD = [TESTS / "data" / "2026-10.csv", "--roles", TESTS / "data" / "roles"]


def browser() -> str:
    """Chromium's path; skips where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found = os.environ.get("KPICARD_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    return found or pytest.skip("needs Chromium: set KPICARD_CHROMIUM")


def node(*packages: str) -> str:
    """Node's path; skips where it or one of the packages is not found."""
    found = shutil.which("node") or pytest.skip("needs Node")
    for package in packages:
        command = [found, "-e", f"require.resolve({package!r})"]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip(f"needs the Node package {package}: set NODE_PATH")
    return found


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a browser makes of a month's report; its PDF is beside it."""
    command = [node("playwright-core", "axe-core"), str(TESTS / "html_checks" / "browser.js"), browser()]
    folder = tmp_path_factory.mktemp("browser")
    score = ["score", str(EXAMPLES[-1]), "--output", str(folder / "page.html"), "--lang", "en"]
    subprocess.run([sys.executable, "-m", "kpicard", *score], check=True)
    done = subprocess.run(
        [*command, str(folder / "page.html"), str(folder / "page.pdf")],
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert "" == done.stderr
    return {**json.loads(done.stdout), "pdf": (folder / "page.pdf").read_bytes()}


@pytest.mark.parametrize("view", ["wide", "phone", "dark"])
def test_axe_finds_nothing(seen: dict[str, Any], view: str) -> None:
    """Contrast, headings, labels, landmarks: on a screen, on a phone, in the dark."""
    assert [] == seen["views"][view]["violations"]


def test_a_phone_does_not_scroll_sideways(seen: dict[str, Any]) -> None:
    """Tables become stacked rows where there is no room for columns."""
    assert 0 == seen["views"]["phone"]["sideways"]


def test_no_script_is_needed(seen: dict[str, Any]) -> None:
    """The page says the same with scripts switched off."""
    assert "Scorecards" == seen["views"]["without scripts"]["heading"]


def test_nothing_is_fetched_and_the_policy_refuses_nothing_of_its_own(seen: dict[str, Any]) -> None:
    """The one request is for the file itself; a style or a script that was refused would be said on the console."""
    assert 1 == len(seen["use"]["requests"])
    assert [] == seen["use"]["said"]


def test_the_keyboard_reaches_and_sorts_everything(seen: dict[str, Any]) -> None:
    """The first stop leads past the contents; a heading's button sorts by numbers, both ways."""
    use = seen["use"]
    assert {"text": "Skip to the content", "isVisible": True} == use["focus"]
    rising, falling = ([float(total) for total in use[each]["totals"]] for each in ("rising", "falling"))
    assert (24, sorted(rising)) == (len(rising), rising)
    assert sorted(rising, reverse=True) == falling
    assert ("ascending", "descending") == (use["rising"]["order"], use["falling"]["order"])


def test_filtering_leaves_who_is_looked_for(seen: dict[str, Any]) -> None:
    """Whatever the case; how many are left is said."""
    assert {"totals": ["93.13"], "count": "1 of 24"} == seen["use"]["found"]


def test_every_card_prints_on_one_page(seen: dict[str, Any]) -> None:
    """24 cards and two pages of the department, on A4."""
    pdf = seen["pdf"]
    assert 26 == len(re.findall(rb"/Type\s*/Page\b", pdf))
    assert {b"[0 0 594.95996 841.91998]"} == set(re.findall(rb"/MediaBox\s*(\[.*?\])", pdf))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "arguments", [EXAMPLES, [*EXAMPLES, "--by", "quarter"], ODD], ids=["months", "quarters", "odd"]
)
def test_the_w3cs_checker_finds_no_error(
    kpicard: Run, tmp_path: Path, lang: Language, arguments: list[str | Path]
) -> None:
    """HTML, CSS and SVG as the standards want them."""
    java = shutil.which("java") or pytest.skip("needs Java")
    jar = os.environ.get("KPICARD_VNU")
    if jar is None:
        command = [node("vnu-jar"), "-p", "String(require('vnu-jar'))"]
        jar = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout.strip()
    kpicard("score", *arguments, "--output", tmp_path / "page.html", "--lang", lang)
    checked = subprocess.run(
        [java, "-jar", jar, "--errors-only", tmp_path / "page.html"], capture_output=True, encoding="utf-8", check=False
    )
    assert ("", 0) == (checked.stderr, checked.returncode)
