"""Where a problem is: rows have no numbers on a cluster, so that a problem quotes the row itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kpicard.numbers import from_millionths, plain
from kpicard.problems import Problem, Value
from kpicard.rules.rule_index import Numbered
from kpicard.spark.inputs import Input, local_path


@dataclass(frozen=True)
class Place:
    """An input, or the file of it that a row is from, and what the row says."""

    path: str
    row: str | None = None

    def __str__(self) -> str:
        """Return it as a message names it."""
        return self.problem("").place

    def problem(self, code: str, values: Mapping[str, Value] | None = None) -> Problem:
        """Return a problem of this row."""
        return Problem(self.path, None, None, code, values or {}, row=self.row)


def path_of(inputs: Sequence[Input], src: int, file: str | None = None) -> str:
    """Return the path of a file where an input has several, otherwise what the input is called."""
    return inputs[src].table.name if file is None else local_path(file)


def quoted(path: str, texts: Iterable[str | None]) -> Place:
    """Return the place of a row that is quoted by its texts."""
    return Place(path, ", ".join(text for text in texts if text))


def of_figure(numbered: Numbered, path: str, card: Any, kpi: int, actual: int | None) -> Place:
    """Return the place of a figure that is understood: whose it is, and what it is."""
    value = None if actual is None else plain(from_millionths(actual))
    item = numbered.items[kpi][2]
    return quoted(path, (card.period, card.employee, numbered.roles[card.role].id, item.id, value))
