"""How many small changes of the program its tests notice.

    python -m tests.mutation kpicard/engine/score.sql kpicard/rules/scoring/curve.py kpicard/quantities

Each mutant has one thing changed, an operator, a number, a condition, in Python or in SQL, and is tried against the
tests near to its module (see near.py). Prints the mutants that no test notices, and how many are killed. What was seen
to survive since it changes nothing stands with its reason in `explained.toml`, and is not tried again. The exit status
is 1 where a survivor is not explained, or more than a tenth survives. `--sample 100` tries that many of each module.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Final

from tests.mutation.mutants import mutants
from tests.mutation.near import near
from tests.mutation.trial import Outcome, Trial

ROOT: Final = Path(__file__).parents[2]
EXPLAINED: Final = Path(__file__).parent / "explained.toml"


def files(given: Path) -> list[Path]:
    """Return a file, or the modules of a folder."""
    return sorted(given.rglob("*.py")) if given.is_dir() else [given]


class Tally:
    """What became of the mutants of all modules."""

    def __init__(self, trial: Trial, sample: int | None) -> None:
        self._trial, self._sample = trial, sample
        self._explained = tomllib.loads(EXPLAINED.read_text("utf-8"))
        self._seconds: dict[Sequence[str], float] = {}
        self.found: Counter[Outcome | str] = Counter()

    def add(self, path: Path) -> None:
        """Try the mutants of one module, and print those that survive."""
        name = path.relative_to(ROOT).as_posix()
        tried = list(mutants(path))
        if not tried:
            return
        tests, begun = near(name), time.monotonic()
        if self._sample and self._sample < len(tried):
            tried = Random(name).sample(tried, self._sample)  # noqa: S311 - the same each time
        found: Counter[Outcome | str] = Counter()
        if path.suffix == ".sql":
            noticed = self._trial.screened(name, [mutant.text for mutant in tried])
            found["killed"] = sum(noticed)
            tried = [mutant for mutant, is_noticed in zip(tried, noticed, strict=True) if not is_noticed]
        for mutant in tried:
            outcome: Outcome | str = "explained"
            if mutant.name not in self._explained.get(name, {}):
                outcome = self._trial.run(name, mutant.text, tests, self._patience(tests))
            if outcome == "survived":
                print(f"{name}:{mutant.line}: {mutant.name}", flush=True)
            found[outcome] += 1
        self.found += found
        print(f"{name}: {_told(found)}, in {time.monotonic() - begun:.0f} s", flush=True)

    def _patience(self, tests: Sequence[str]) -> float:
        """Return how long tests may take with a mutant: they must pass without one."""
        if tests not in self._seconds:
            begun = time.monotonic()
            if self._trial.unchanged(tests) != "survived":
                sys.exit(f"these fail without a mutant: {' '.join(tests)}")
            self._seconds[tests] = 30 + 3 * (time.monotonic() - begun)
        return self._seconds[tests]


def _told(found: Counter[Outcome | str]) -> str:
    killed, whole = found["killed"] + found["timeout"], sum(found.values())
    share = f"{100 * killed / whole:.1f} %" if whole else "—"
    return f"{killed} of {whole} killed ({share}), {found['explained']} explained, {found['survived']} survived"


def main() -> int:
    """Try all and print."""
    parser = argparse.ArgumentParser("python -m tests.mutation", description=__doc__.splitlines()[0])
    parser.add_argument("modules", nargs="+", type=Path, help="files, or folders of modules")
    parser.add_argument("--sample", type=int, help="try only so many mutants of each module, the same ones each time")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kpicard-mutation-") as folder:
        tally = Tally(Trial(ROOT, Path(folder)), arguments.sample)
        for given in arguments.modules:
            for path in files(given.absolute()):
                tally.add(path)
    print(_told(tally.found))
    killed = tally.found["killed"] + tally.found["timeout"]
    return int(tally.found["survived"] > 0 or 10 * killed < 9 * sum(tally.found.values()))


if __name__ == "__main__":
    sys.exit(main())
