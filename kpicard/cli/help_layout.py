"""How help is laid out in either language: options in groups, and no types of Python."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

import typer

_TYPE: Final = re.compile(r" <[\w\[\],]+>$")
"""What typer puts behind an argument: the type that it has in Python, which is no word for a user."""

_FEWEST: Final = 8
"""Fewer options than this need no groups."""

_OPTION: Final = re.compile(r"--[a-z-]+")
_GROUPS: Final = {
    "group-score": (
        "--period --employee --role --kpi --missing --by --rollup --per --roster --table --with --wide --decimal "
        "--not-reported --not-applicable --not-scored --encoding --sheet"
    ),
    "group-rules": "--roles --expect-rules --closed --base --head --before --after --select --ignore --strict",
    "group-write": (
        "--format --output --force --provisional --anonymous --names --fail-on --record --amend --reason "
        "--quiet --verbose --lang"
    ),
}
"""The options of each group, by the id of its heading; what is in none stands last."""

Row = tuple[str, str]


def grouped(rows: Sequence[Row]) -> Iterator[tuple[str | None, list[Row]]]:
    """Yield the rows of a list by groups, each with the id of its heading; None for a list that needs none."""
    named = [(_TYPE.sub("", name), text) for name, text in rows]
    if len(named) < _FEWEST or not any(_OPTION.search(name) for name, _ in named):
        yield None, named
        return
    group_of = {option: heading for heading, options in _GROUPS.items() for option in options.split()}
    for heading in (*_GROUPS, "group-other"):
        part = [row for row in named if group_of.get(_first(row[0]), "group-other") == heading]
        if part:
            yield heading, part


def _first(name: str) -> str:
    found = _OPTION.search(name)
    return found[0] if found else ""


_Formatter: Final[Any] = typer.Context.formatter_class


class EnglishLayout(_Formatter):  # type: ignore[misc] # typer's own, which has no name
    """Writes help as typer does, with its options in groups."""

    def write_dl(self, rows: Sequence[Row], *args: Any, **named: Any) -> None:
        """Write names and what they are, in two columns, group by group."""
        from kpicard.cli.options import said

        for heading, part in grouped(rows):
            if heading is None:
                super().write_dl(part, *args, **named)
                continue
            self.write(f"{'':{self.current_indent}}{said(heading, 'en')}:\n")
            with self.indentation():
                super().write_dl(part, *args, **named)


_Context: Final[Any] = type("Context", (typer.Context,), {"formatter_class": EnglishLayout})


def lay_out(command: Any) -> Any:
    """Let a command, and those below it, write their help in this layout; return it."""
    command.context_class = _Context
    for each in getattr(command, "commands", {}).values():
        lay_out(each)
    return command
