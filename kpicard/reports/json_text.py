"""JSON with exact numbers: a decimal is written with just the digits it has, never as a binary fraction."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from kpicard.cards.values import Withheld
from kpicard.problems import Problem
from kpicard.text import Language, Text, translations


def dumps(value: Any) -> str:
    """Return JSON text for maps, sequences, texts, whole numbers, decimals, booleans and None."""
    return "".join(_write(value, "\n"))


def localised(text: Text | None) -> str | dict[str, str] | None:
    """Return a text as JSON has it: a string, or a map of language to string."""
    return text if text is None or isinstance(text, str) else translations(text)


def problem_values(problem: Problem, language: Language) -> dict[str, Any]:
    """Return a problem as JSON has it."""
    return {
        "path": problem.path,
        **({} if problem.cell is None else {"cell": problem.cell}),
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message_in(language),
        "hint": problem.hint_in(language),
    }


def withheld_values(withheld: Withheld) -> dict[str, Any]:
    """Return whose card was withheld, as JSON has it."""
    return {
        "period": withheld.period,
        "employee": withheld.employee,
        "name": withheld.name,
        "role": withheld.role.id,
    }


def _write(value: Any, newline: str) -> Iterator[str]:
    if isinstance(value, Decimal):
        yield f"{value:f}"
    elif isinstance(value, Mapping):
        yield from _write_all(
            "{}", ((f"{json.dumps(str(key), ensure_ascii=False)}: ", each) for key, each in value.items()), newline
        )
    elif isinstance(value, Sequence) and not isinstance(value, str):
        yield from _write_all("[]", (("", each) for each in value), newline)
    else:
        yield json.dumps(value, ensure_ascii=False)


def _write_all(brackets: str, items: Iterator[tuple[str, Any]], newline: str) -> Iterator[str]:
    inner = newline + "  "
    separator = brackets[0] + inner
    empty = True
    for prefix, item in items:
        yield separator + prefix
        yield from _write(item, inner)
        separator, empty = "," + inner, False
    yield brackets if empty else newline + brackets[1]
