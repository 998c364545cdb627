"""Shows of every test that it can fail, and for what: one small change of the program at which it does.

    python -m tests.witness --data coverage.data tests/test_score_command.py tests/test_lines.py

Measures which lines each test runs, or takes that from `--data` where it was measured before. A test that is not on
record is tried with changes of the lines that the fewest other tests run, since these are what it alone is about, until
an assertion of its own fails. What is seen goes on record in `noticed.csv`; what is not is printed, and the exit status
is 1 then. `--again` tries what is on record once more.

    python -m tests.witness --change roles/data-analyst.yaml "weight: 25 → weight: 26" tests/test_shipped_roles.py

tries the tests with a change by hand instead: for those of what is no code of the program, such as a role or a page.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Final

from tests.mutation.mutant import Mutant
from tests.mutation.mutants import mutants
from tests.mutation.trial import Trial
from tests.witness import record
from tests.witness.lines import Line, lines, measure
from tests.witness.record import function

ROOT: Final = Path(__file__).parents[2]
TRIES: Final = 12
"""How many changes a test is tried with."""
PARAMETERS: Final = 3
"""With how many of its parameters a test is tried."""
PATIENCE: Final = 60.0
"""Seconds in which the tests of a change must end."""


class Witness:
    """What lines the tests run, and what they were seen to notice."""

    def __init__(self, trial: Trial, ran: Mapping[str, frozenset[Line]]) -> None:
        self._trial, self._ran = trial, ran
        self._mutants: dict[str, dict[int, list[Mutant]]] = {}
        self._cases: dict[str, list[str]] = defaultdict(list)
        for test in sorted(ran, key=lambda each: (len(ran[each]), each)):
            self._cases[function(test)].append(test)
        self._of_functions = {
            name: frozenset[Line]().union(*(ran[case] for case in cases)) for name, cases in self._cases.items()
        }
        self._common = Counter(line for each in self._of_functions.values() for line in each)

    def look(self, seen: dict[str, record.Seen], wanted: Iterable[str]) -> Iterator[str]:
        """Try each test that is wanted and not seen yet, put down what is seen, and yield what is told meanwhile."""
        wanted = sorted(set(wanted) - set(seen), key=lambda each: (len(self._of_functions.get(each, ())), each))
        left = dict.fromkeys(wanted)
        for test in wanted:
            for mutant in self._changes(test):
                if test not in left:
                    break
                line = (mutant.path.relative_to(ROOT).as_posix(), mutant.line)
                for case, statement in self._noticed(mutant, line, test, left).items():
                    seen[function(case)] = record.Seen(case, line[0], mutant.name, statement)
                    left.pop(function(case), None)
            yield f"{'not seen' if test in left else 'seen'}: {test} ({len(left)} left)"
            left.pop(test, None)

    def _changes(self, test: str) -> Iterator[Mutant]:
        """Yield changes of what the fewest other tests run, one of each line, then others."""
        random, ran = Random(test), self._of_functions.get(test, frozenset())  # noqa: S311 - the same each time
        found: list[Mutant] = []
        for line in sorted(ran, key=lambda each: (self._common[each], each)):
            each = self._mutants_of(line[0]).get(line[1], [])
            found += random.sample(each, min(len(each), 2))
            if len(found) >= 2 * TRIES:
                break
        yield from (found[0::2] + found[1::2])[:TRIES]

    def _mutants_of(self, file: str) -> dict[int, list[Mutant]]:
        if file not in self._mutants:
            by_line = self._mutants[file] = defaultdict(list)
            for mutant in mutants(ROOT / file):
                by_line[mutant.line].append(mutant)
        return self._mutants[file]

    def _noticed(self, mutant: Mutant, line: Line, test: str, left: Iterable[str]) -> dict[str, str]:
        """Try a test, and the others that run a line which not many do."""
        others = [each for each in left if line in self._of_functions.get(each, ())]
        tried = others if len(others) <= 12 else [test]
        cases = [case for each in tried for case in [c for c in self._cases[each] if line in self._ran[c]][:PARAMETERS]]
        return self._trial.noticed(line[0], mutant.text, cases, PATIENCE)


def main() -> int:
    """Look, put on record and print."""
    parser = argparse.ArgumentParser("python -m tests.witness", description=__doc__.splitlines()[0])
    parser.add_argument("tests", nargs="*", help="files of tests, or names of tests; all where none is given")
    parser.add_argument("--data", type=Path, help="which lines the tests run, as measured before")
    parser.add_argument("--again", action="store_true", help="try what is on record once more")
    parser.add_argument("--change", nargs=2, metavar=("FILE", "LINE"), help="a line of a file, before → after")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kpicard-witness-") as folder:
        copy = Path(folder) / "copy"
        copy.mkdir()
        if arguments.again:
            return _again(Trial(ROOT, copy), arguments.tests)
        if arguments.change:
            file, change = arguments.change
            return _by_hand(Trial(ROOT, copy), file, change, arguments.tests)
        ran = lines(ROOT, arguments.data or measure(ROOT, Path(folder), arguments.tests))
        wanted = {function(test) for test in ran if _is_asked_for(test, arguments.tests)}
        seen = record.read()
        for told in Witness(Trial(ROOT, copy), ran).look(seen, wanted):
            print(told, flush=True)
            record.write(seen)
    print(f"{len(wanted & set(seen))} of {len(wanted)} tests were seen to fail")
    return int(not wanted <= set(seen))


def _by_hand(trial: Trial, file: str, change: str, tests: Sequence[str]) -> int:
    """Try a change, put on record which tests notice it that are not yet, and print them."""
    seen = record.read()
    found: dict[str, record.Seen] = {}
    for text in record.Seen("", file, change, "").texts(ROOT):
        for case, statement in trial.noticed(file, text, tests, 10 * PATIENCE).items():
            if function(case) not in seen:
                found[function(case)] = record.Seen(case, file, change, statement)
    record.write(seen | found)
    print(*sorted(found), sep="\n")
    return int(not found)


def _again(trial: Trial, asked: list[str]) -> int:
    """Try what is on record, and print what is not noticed any more."""
    seen = [each for each in record.read().values() if _is_asked_for(each.test, asked)]
    lost = 0
    for each in seen:
        if not any(trial.noticed(each.file, text, [each.case], PATIENCE) for text in each.texts(ROOT)):
            lost += 1
            print(f"not seen again: {each.case}: {each.file}: {each.change}", flush=True)
    print(f"{len(seen) - lost} of {len(seen)} tests on record were seen to fail again")
    return int(lost > 0)


def _is_asked_for(test: str, asked: list[str]) -> bool:
    return not asked or any(function(test) == each or test.partition("::")[0] == each for each in asked)


if __name__ == "__main__":
    sys.exit(main())
