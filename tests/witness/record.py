"""The record of what each test was seen to notice: a table of one line for each test, by name.

A line may be written by hand: for a test of what is no code of the program, such as a template or a page.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from tests.mutation.mutant import CHANGED, SPLIT
from tests.mutation.mutants import mutants

RECORD: Final = Path(__file__).parent / "noticed.csv"


class Seen(NamedTuple):
    """A test that failed, and for what."""

    case: str
    """The test's name, with its parameters."""
    file: str
    change: str
    """The changed line before and after; where it stands, it is found again by that."""
    statement: str
    """The statement in which the test failed."""

    @property
    def test(self) -> str:
        """The test's name without its parameters."""
        return function(self.case)

    def texts(self, root: Path) -> Iterator[bytes]:
        """Yield the changed file, for each line that the change may be one of."""
        path = root / self.file
        if SPLIT in self.change:
            yield from (mutant.text for mutant in mutants(path) if mutant.name == self.change)
            return
        before, _, after = self.change.partition(CHANGED)
        lines = path.read_text("utf-8").splitlines(keepends=True)
        for index, line in enumerate(lines):
            if line.strip() == before:
                yield "".join((*lines[:index], line.replace(before, after), *lines[index + 1 :])).encode()


def function(case: str) -> str:
    """Return a test's name without its parameters."""
    return case.partition("[")[0]


def read() -> dict[str, Seen]:
    """Return what is on record, by the tests' names."""
    if not RECORD.exists():
        return {}
    with RECORD.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return {seen.test: seen for seen in (Seen(*row) for row in rows)}


def write(seen: Mapping[str, Seen]) -> None:
    """Put all on record, by the tests' names."""
    with RECORD.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Seen._fields)
        writer.writerows(seen[test] for test in sorted(seen))
