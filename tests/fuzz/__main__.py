"""Coverage-guided fuzzing: `python -m tests.fuzz TARGET [FOLDER] [-option=value ...]`, with the options of libFuzzer.

New inputs are kept in FOLDER; without one, they are forgotten at the end. Needs the extra `fuzz`.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Final

import atheris

import kpicard
from tests.fuzz.targets import TARGETS, target

_SLOWEST: Final = 2.0
"""The most seconds of the processor that one input may take."""


def main(name: str, arguments: Sequence[str]) -> None:
    """Fuzz a target until it fails or libFuzzer's limits are reached."""
    with atheris.instrument_imports(include=["kpicard"], enable_loader_override=False):
        for module in walk_packages(kpicard.__path__, "kpicard."):  # many are imported only when they are needed
            if module.name != "kpicard.__main__":
                import_module(module.name)
        chosen = target(name)

    def seconds(data: bytes) -> float:
        start = time.process_time()
        chosen.check(data)
        return time.process_time() - start

    def check(data: bytes) -> None:
        if seconds(data) > _SLOWEST:
            again = seconds(data)  # without what is made only once
            assert again < _SLOWEST, f"{again:.1f} s"

    options = [each for each in arguments if each.startswith("-")]
    with tempfile.TemporaryDirectory() as scratch:
        folders = [each for each in arguments if not each.startswith("-")] or [scratch]
        for folder in folders:
            Path(folder).mkdir(parents=True, exist_ok=True)
        words = Path(scratch, "words")
        words.write_text("".join(f'"{_escaped(word)}"\n' for word in chosen.words), "ascii")
        seeds = [str(folder) for folder in chosen.seeds if folder.exists()]
        atheris.Setup(["fuzz", f"-dict={words}", "-timeout=300", *options, *folders, *seeds], check)
        atheris.Fuzz()


def _escaped(word: str | bytes) -> str:
    """Return a word as libFuzzer's dictionaries have it."""
    data = word.encode() if isinstance(word, str) else word
    return "".join(f"\\x{byte:02X}" for byte in data)


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"usage: python -m tests.fuzz {'|'.join(TARGETS)} [FOLDER] [-max_total_time=SECONDS ...]")
    main(sys.argv[1], sys.argv[2:])
