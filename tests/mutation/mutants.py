"""All mutants of a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.mutation.mutant import Mutant
from tests.mutation.python_mutants import python_changes
from tests.mutation.sql_mutants import sql_changes


def mutants(path: Path) -> Iterator[Mutant]:
    """Yield the mutants of a file, by their places."""
    source = path.read_bytes()
    if path.suffix == ".sql":
        text = source.decode()
        for first, last, new in sorted(sql_changes(text)):
            yield Mutant(path, len(text[:first].encode()), len(text[:last].encode()), new)
    else:
        for first, last, new in python_changes(source):
            yield Mutant(path, first, last, new)
