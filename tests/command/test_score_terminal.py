"""What `kpicard score` prints in a terminal, and what elsewhere."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminals import shown

Run = Callable[..., subprocess.CompletedProcess[str]]

MONTH = Path(__file__).parents[2] / "examples" / "2026-10.csv"
CARDS = 24
HINT = "One card: add `--employee E010`."


def _cards(text: str) -> int:
    return len(re.findall(r"^Rules: ", text, re.MULTILINE))


def test_a_screen_that_has_no_room_for_the_cards_gets_the_summary(tmp_path: Path) -> None:
    """And how to see a card; with room for them, or for one person alone, the cards."""
    small = shown("score", MONTH, cwd=tmp_path, rows=24)
    assert (0, True) == (_cards(small), HINT in small)
    large = shown("score", MONTH, cwd=tmp_path, rows=2000)
    assert (CARDS, False) == (_cards(large), HINT in large)
    assert 1 == _cards(shown("score", MONTH, "--employee", "E010", cwd=tmp_path, rows=10))


@pytest.mark.parametrize("asked", [{"FORCE_COLOR": "1"}, {"TTY_COMPATIBLE": "1"}, {"FORCE_COLOR": "1", "TERM": "dumb"}])
def test_a_file_or_a_pipe_has_all_cards_whatever_colours_are_asked_for(
    kpicard: Run, tmp_path: Path, asked: dict[str, str]
) -> None:
    """Standard output may be coloured then; a file never is."""
    plain = kpicard("score", MONTH).stdout
    coloured = kpicard("score", MONTH, env=asked).stdout
    assert (CARDS, CARDS) == (_cards(plain), _cards(re.sub(r"\x1b\[[0-9;]*m", "", coloured)))
    assert 0 == kpicard("score", MONTH, "--output", tmp_path / "a.txt", env=asked).returncode
    assert plain == (tmp_path / "a.txt").read_text("utf-8")


def test_a_pipe_has_colours_where_they_are_asked_for(kpicard: Run) -> None:
    """As for a log that shows them."""
    assert "\x1b[" not in kpicard("score", MONTH).stdout
    assert "\x1b[1m" in kpicard("score", MONTH, env={"FORCE_COLOR": "1", "TERM": "xterm"}).stdout
