"""JSON with exact numbers: a decimal is written with just the digits it has, never as a binary fraction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TextIO

import msgspec

from kpicard.cards.values import Withheld
from kpicard.problems import Problem
from kpicard.text import Language, Text, translations


def _words(value: Any) -> str:
    """Return a text of the rules, which is a string of its own kind, as a plain one."""
    if isinstance(value, str):
        return str(value)
    raise NotImplementedError(type(value))


_ENCODER: Final = msgspec.json.Encoder(decimal_format="number", enc_hook=_words)

_PLANE: Final = 0x100000
_HALVES: Final = re.compile("[\ud800-\udfff]")
_MOVED: Final = re.compile("[\U0010d800-\U0010dfff]")


def write(values: Mapping[str, Any], language: Language, out: TextIO) -> None:  # noqa: ARG001 - values have their words
    """Write maps, sequences, texts, whole numbers, decimals, booleans and None as JSON of several lines."""
    try:
        out.write(_text(values))
    except UnicodeEncodeError:
        # Halves of characters, as the paths of some systems have: each is written out, as JSON has it.
        text = _text(_moved(values))
        out.write(_MOVED.sub(lambda found: f"\\u{ord(found[0]) - _PLANE:04x}", text))


def write_lines(each: Iterable[Mapping[str, Any]], out: TextIO) -> None:
    """Write each of some maps as a line of JSON."""
    for values in each:
        try:
            line = _ENCODER.encode(values).decode()
        except UnicodeEncodeError:
            moved = _ENCODER.encode(_moved(values)).decode()
            line = _MOVED.sub(lambda found: f"\\u{ord(found[0]) - _PLANE:04x}", moved)
        out.write(f"{line}\n")


def _text(values: Any) -> str:
    return msgspec.json.format(_ENCODER.encode(values)).decode() + "\n"


def _moved(value: Any) -> Any:
    """Return a value with the halves of characters in its texts moved to where Unicode has room for private use."""
    if isinstance(value, str):
        return _HALVES.sub(lambda found: chr(ord(found[0]) + _PLANE), value)
    if isinstance(value, Mapping):
        return {key: _moved(each) for key, each in value.items()}
    return list(map(_moved, value)) if isinstance(value, Sequence) else value


def fields(value: object, *names: str) -> dict[str, Any]:
    """Return fields of a value by their names; each is None where there is no value."""
    return {name: None if value is None else getattr(value, name) for name in names}


def localised(text: Text | None) -> str | dict[str, str] | None:
    """Return a text as JSON has it: a string, or a map of language to string."""
    return text if text is None or isinstance(text, str) else translations(text)


def problem_values(problem: Problem, language: Language) -> dict[str, Any]:
    """Return a problem as JSON has it."""
    return {
        "path": problem.path,
        **({} if problem.cell is None else {"cell": problem.cell}),
        **fields(problem, "line", "column"),
        **({} if problem.row is None else {"row": problem.row}),
        **fields(problem, "code", "severity"),
        "message": problem.message_in(language),
        "hint": problem.hint_in(language),
    }


def withheld_values(withheld: Withheld) -> dict[str, Any]:
    """Return whose card was withheld, as JSON has it."""
    return {**fields(withheld, "period", "employee", "name"), "role": withheld.role.id}
