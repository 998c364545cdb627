"""A problem as a value with a place; collected beside a result, never raised, never printed by the library."""

from __future__ import annotations

import errno
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Literal, TypeAlias

from kpicard.messages import catalogue, reason_in
from kpicard.numbers import plain
from kpicard.text import Both, Language, Text, printable, say

Severity = Literal["error", "warning"]
Value: TypeAlias = Text | int | Decimal | tuple[Text, ...] | None
"""What a message may quote. None: not known; a hint that needs it is passed over for the next one."""

_LONGEST = 80
_MOST = 30
_TOLD = 10
_WHOLE = frozenset({"better"})
"""What is not cut off where other values are: a line as it should be."""

_LONGEST_LINE = 400
_FORMAT = string.Formatter()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file.

    `path` is as the user gave it; `line` and `column` count from 1, in characters, None where there is none.
    `code` is stable and names the entry of the catalogue; `values` are what the message quotes.
    """

    path: str
    line: int | None
    column: int | None
    code: str
    values: Mapping[str, Value] = field(default_factory=dict, hash=False)
    sheet: str | None = None
    """The sheet of a workbook: there the line is the row, and the column is that of the sheet."""
    row: str | None = None
    """What the row says, where rows have no numbers: on a cluster there is no first one."""

    def __str__(self) -> str:
        """Return the problem as one line: place, severity, message and code."""
        return f"{self.place}: {self.severity}: {self.message} [{self.code}]"

    def __repr__(self) -> str:
        return f"Problem({self})"

    def _repr_html_(self) -> str:
        """Return it as a table, for notebooks."""
        from kpicard.reports.notebook import problems

        return problems([self])

    @property
    def place(self) -> str:
        """Where it is, as `path:line:column`, in the form that editors and terminals turn into a link.

        In a workbook it is `path:Sheet1!C7`, as the cell is called there; where rows have no numbers, `path: E017, …`.
        """
        if self.row is not None:
            return f"{printable(self.path)}: {printable(self.row)}"
        parts = (self.path, self.line, self.column) if self.sheet is None else (self.path, self.cell)
        return ":".join(printable(str(part)) for part in parts if part is not None)

    @property
    def cell(self) -> str | None:
        """The cell of a workbook, as `Sheet1!C7`, or the sheet where no cell is meant; None in other files."""
        if self.sheet is None or self.line is None or self.column is None:
            return self.sheet
        return f"{self.sheet}!{_letters(self.column)}{self.line}"

    @property
    def severity(self) -> Severity:
        """Whether a card or a role is withheld for it (`error`), or it is only said (`warning`)."""
        return catalogue()[self.code].severity

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return self.message_in("en")

    @property
    def hint(self) -> str:
        """How to fix it, in English."""
        return self.hint_in("en")

    def message_in(self, language: Language) -> str:
        """Return what is wrong, in `language`."""
        return _fill(say(catalogue()[self.code].message, language), self.values, language)

    def hint_in(self, language: Language) -> str:
        """Return how to fix it, in `language`: the first hint whose values are all known."""
        for hint in catalogue()[self.code].hints:
            template = say(hint, language)
            if all(self.values.get(name) is not None for name in _names(template)):
                return _fill(template, self.values, language)
        return ""


@cache
def _names(template: str) -> frozenset[str]:
    """Return what a template quotes."""
    return frozenset(name for _, name, _, _ in _FORMAT.parse(template) if name)


def unreadable(path: str, error: OSError) -> Problem:
    """Return it for what is called `path`.

    Some files are read from a copy: where the disk is full, there is no room for that, and the file itself is right.
    """
    copies = None
    if error.errno == errno.ENOSPC:
        from tempfile import gettempdir

        copies = gettempdir()
    return Problem(path, None, None, "unreadable-file", {"reason": error.strerror or str(error), "copies": copies})


class ProblemsError(ValueError):
    """Raised on request only, by `raise_for_problems`: there is an error among the problems."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        errors = [each for each in self.problems if each.severity == "error"]
        more = f"\n… and {len(errors) - _TOLD} more" if len(errors) > _TOLD else ""
        super().__init__("\n".join(map(str, errors[:_TOLD])) + more)

    def __reduce__(self) -> tuple[type[ProblemsError], tuple[tuple[Problem, ...]]]:
        return ProblemsError, (self.problems,)


def raise_for(problems: Iterable[Problem]) -> None:
    """Raise ProblemsError if any of the problems is an error."""
    found = tuple(problems)
    if has_errors(found):
        raise ProblemsError(found)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems sorted by path, place, code and words, each once."""
    alike: dict[tuple[str, str, int, int, str, str], list[Problem]] = {}
    for problem in problems:
        line, column = problem.line or 0, problem.column or 0
        place = (problem.path, problem.sheet or "", line, column, problem.row or "", problem.code)
        alike.setdefault(place, []).append(problem)
    found: list[Problem] = []
    for place in sorted(alike):
        group = alike[place]
        if len(group) > 1:  # only for these the words must be put together
            by_words = {problem.message: problem for problem in group}
            group = [by_words[words] for words in sorted(by_words)]
        found += group
    return tuple(found)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Return whether any of the problems is an error."""
    return any(problem.severity == "error" for problem in problems)


def _letters(column: int) -> str:
    """Return what a sheet calls its column: A to Z, then AA and so on."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _fill(template: str, values: Mapping[str, Value], language: Language) -> str:
    shown = {name: _show(values[name], language) for name in _names(template) - _WHOLE}
    shown |= {name: printable(str(values[name]))[:_LONGEST_LINE] for name in _names(template) & _WHOLE}
    if values.get("reason") and "reason" in shown:
        shown["reason"] = reason_in(shown["reason"], language)
    return template.format_map(shown)


def _show(value: Value, language: Language) -> str:
    if isinstance(value, tuple) and not isinstance(value, Both):
        shown = [_show(each, language) for each in value[:_MOST]] + (["…"] if len(value) > _MOST else [])
        return ("、" if language == "zh" else ", ").join(shown)
    if isinstance(value, Decimal):
        return plain(value)
    if value is None or isinstance(value, int):
        return str(value)
    text = printable(say(value, language))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
