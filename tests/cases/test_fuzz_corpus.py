"""The inputs that fuzzing has kept are checked again: those that reach the most of the program, and every finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.targets import CORPUS, TARGETS, target

INPUTS = sorted(file for folder in CORPUS.iterdir() for file in folder.iterdir())


@pytest.mark.parametrize("file", INPUTS, ids=lambda file: f"{file.parent.name}-{file.name}")
def test_an_input_that_fuzzing_kept_breaks_no_promise(file: Path) -> None:
    """No exception, every problem at its place, every card adding up, every report well-formed: see tests/fuzz."""
    target(file.parent.name).check(file.read_bytes())


def test_every_target_has_inputs() -> None:
    """None of the corpora has got lost."""
    assert sorted(TARGETS) == sorted({file.parent.name for file in INPUTS})
