"""How many small changes of the SQL its tests notice. For Python there is mutmut.

    python -m tests.mutation kpicard/models/scored.sql --tests tests/unit/test_grade_limits.py

Each mutant has one thing changed, an operator, a number, a word, in a copy of the project, and the tests run against
it. Prints the mutants that no test notices. Those that were seen to change nothing stand with their reason in
`explained.toml`, and are not tried again. The exit status is 1 where a survivor is not explained.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias

from tests.mutation.sql_mutants import sql_changes

ROOT: Final = Path(__file__).parents[2]
EXPLAINED: Final = Path(__file__).parent / "explained.toml"
LEFT: Final = shutil.ignore_patterns(".*cache", ".git", ".venv", "__pycache__", "mutants")

Outcome: TypeAlias = Literal["killed", "survived", "explained"]


class Mutant(NamedTuple):
    """A text with one thing in it changed: at which line, that line before and after, and the whole text."""

    line: int
    name: str
    text: str


def mutants(text: str) -> Iterator[Mutant]:
    """Yield the mutants of a text of SQL by their places; the name is the same whatever is changed elsewhere."""
    for start, end, new in sorted(sql_changes(text)):
        changed = text[:start] + new + text[end:]
        index = text.count("\n", 0, start)
        before, after = (each.split("\n")[index].strip() for each in (text, changed))
        yield Mutant(index + 1, f"{before} → {after}", changed)


class Trial:
    """A copy of the project that mutants are tried in, and the tests that should notice them."""

    def __init__(self, folder: Path, tests: Sequence[str]) -> None:
        self._copy, self._tests = folder / "copy", tests
        shutil.copytree(ROOT, self._copy, ignore=LEFT)
        begun = time.monotonic()
        if self._fails(3600):
            sys.exit(f"these fail without a mutant: {' '.join(tests)}")
        self._patience = 30 + 3 * (time.monotonic() - begun)

    def is_noticed(self, name: str, text: str) -> bool:
        """Return whether a test fails, or takes much longer, when a file has another text."""
        file = self._copy / name
        original = file.read_bytes()
        file.write_bytes(text.encode())
        try:
            return self._fails(self._patience)
        finally:
            file.write_bytes(original)

    def _fails(self, seconds: float) -> bool:
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-m", "", "-p", "no:cacheprovider", *self._tests]
        where = {**os.environ, "PYTHONPATH": str(self._copy)}
        try:
            done = subprocess.run(command, cwd=self._copy, env=where, capture_output=True, timeout=seconds, check=False)
        except subprocess.TimeoutExpired:
            return True
        return done.returncode != 0


def main() -> int:
    """Try all and print."""
    parser = argparse.ArgumentParser("python -m tests.mutation", description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path, help="files of SQL")
    parser.add_argument("--tests", nargs="+", required=True, help="the tests that should notice, the quick ones first")
    arguments = parser.parse_args()
    explained = tomllib.loads(EXPLAINED.read_text("utf-8"))
    found: Counter[Outcome] = Counter()
    with tempfile.TemporaryDirectory(prefix="kpicard-mutation-") as folder:
        trial = Trial(Path(folder), arguments.tests)
        for file in arguments.files:
            name = file.absolute().relative_to(ROOT).as_posix()
            for mutant in mutants(file.read_text("utf-8")):
                outcome: Outcome = "explained"
                if mutant.name not in explained.get(name, {}):
                    outcome = "killed" if trial.is_noticed(name, mutant.text) else "survived"
                if outcome == "survived":
                    print(f"{name}:{mutant.line}: {mutant.name}", flush=True)
                found[outcome] += 1
    told = ", ".join(f"{found[outcome]} {outcome}" for outcome in ("killed", "explained", "survived"))
    print(f"{sum(found.values())} mutants: {told}")
    return int(found["survived"] > 0)


if __name__ == "__main__":
    sys.exit(main())
