"""Versions in time: each holds from its period until the next, so that none may begin where another does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic

from kpicard.problems import Problem
from kpicard.rules.document import Document
from kpicard.rules.models import Kpi, Role
from kpicard.rules.rules import Versioned


@dataclass(frozen=True)
class Version(Generic[Versioned]):
    """A version, and the file that it is written in."""

    document: Document
    typed: Versioned

    @property
    def start(self) -> str:
        """The period that it holds from, empty for the beginning: earlier than every period."""
        return self.typed.from_ or ""


def in_time(written: Sequence[Version[Versioned]]) -> tuple[tuple[Versioned, ...], list[Problem]]:
    """Return the versions, oldest first, and where they overlap."""
    ordered = sorted(written, key=lambda version: (version.start, version.document.path))
    problems = [problem for before, after in pairwise(ordered) for problem in _overlaps(before, after)]
    return tuple(version.typed for version in ordered), problems


def _overlaps(before: Version[Versioned], after: Version[Versioned]) -> Iterator[Problem]:
    """Yield why two versions, one after the other, cannot both stand."""
    other = before.document.path
    if before.start < after.start:
        yield from _superseded(before, after)
    elif after.start:
        yield after.document.problem_at("overlapping-versions", ("from",), period=after.start, path=other)
    elif isinstance(after.typed, Role):
        yield after.document.problem_at("duplicate-role", (), id=after.typed.id, path=other)
    else:
        yield after.document.problem_at("duplicate-department", (), path=other)


def _superseded(before: Version[Versioned], after: Version[Versioned]) -> Iterator[Problem]:
    """Yield the targets of a version that begin when the next one holds already."""
    kpis: tuple[Kpi, ...] = before.typed.kpis if isinstance(before.typed, Role) else ()
    for index, kpi in enumerate(kpis):
        for start in filter(None, kpi.targets):
            if start >= after.start:
                yield before.document.problem_at_key(
                    "target-overlap",
                    ("kpis", index, "target", start),
                    period=start,
                    start=after.start,
                    path=after.document.path,
                )
