"""What is fuzzed: a table of name to module; each has `check(data)`, the `WORDS` of its inputs, and its `SEEDS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NamedTuple

HERE: Final = Path(__file__).parent
CORPUS: Final = HERE / "corpus"
"""Inputs that are kept, in a folder for each target: those that reach the most, and every finding."""

TARGETS: Final[Mapping[str, str]] = {
    "yaml": "tests.fuzz.rules",
    "quantity": "tests.fuzz.quantity",
    "csv": "tests.fuzz.actuals",
    "render": "tests.fuzz.rendering",
}


class Target(NamedTuple):
    """What one target checks and starts from."""

    check: Callable[[bytes], None]
    words: Sequence[str | bytes]
    seeds: Sequence[Path]


def target(name: str) -> Target:
    """Return a target by its name, a key of `TARGETS`."""
    module: Any = import_module(TARGETS[name])
    folders = [CORPUS / name, *(HERE.parent / "cases" / seeds for seeds in module.SEEDS)]
    return Target(module.check, module.WORDS, folders)
