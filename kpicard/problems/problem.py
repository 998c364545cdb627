"""A problem as a value with a place; collected beside a result, never raised, never printed by the library."""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeAlias

from kpicard.numbers import plain
from kpicard.problems.catalogue import CATALOGUE
from kpicard.text import Both, Language, Text, printable, say

Severity = Literal["error", "warning"]
Value: TypeAlias = Text | int | Decimal | tuple[Text, ...] | None
"""What a message may quote. None: not known; a hint that needs it is passed over for the next one."""

_LONGEST = 80
_MOST = 30
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

    def __str__(self) -> str:
        """Return the problem as one line: place, severity, message and code."""
        return f"{self.place}: {self.severity}: {self.message} [{self.code}]"

    @property
    def place(self) -> str:
        """Where it is, as `path:line:column`, in the form that editors and terminals turn into a link."""
        return ":".join(str(part) for part in (printable(self.path), self.line, self.column) if part is not None)

    @property
    def severity(self) -> Severity:
        """Whether a card or a role is withheld for it (`error`), or it is only said (`warning`)."""
        return CATALOGUE[self.code].severity

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return self.message_in("en")

    @property
    def hint(self) -> str:
        """How to mend it, in English."""
        return self.hint_in("en")

    def message_in(self, language: Language) -> str:
        """Return what is wrong, in `language`."""
        return _fill(say(CATALOGUE[self.code].message, language), self.values, language)

    def hint_in(self, language: Language) -> str:
        """Return how to mend it, in `language`: the first hint whose values are all known."""
        for hint in CATALOGUE[self.code].hints:
            template = say(hint, language)
            names = [name for _, name, _, _ in _FORMAT.parse(template) if name]
            if all(self.values.get(name) is not None for name in names):
                return _fill(template, self.values, language)
        return ""


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems sorted by path, line, column, code and words, each once."""

    def key(problem: Problem) -> tuple[str, int, int, str, str]:
        return (problem.path, problem.line or 0, problem.column or 0, problem.code, problem.message)

    unique = {key(problem): problem for problem in problems}
    return tuple(unique[each] for each in sorted(unique))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Return whether any of the problems is an error."""
    return any(problem.severity == "error" for problem in problems)


def _fill(template: str, values: Mapping[str, Value], language: Language) -> str:
    return template.format_map({name: _show(value, language) for name, value in values.items()})


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
