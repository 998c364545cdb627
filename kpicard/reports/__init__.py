"""Reports: for each kind of result a table of its formats, which is also the list of choices for `--format`.

A table says where a format has its content from: `module:function` below this package. That is the blocks of the kind,
for the formats that draw, or its values, for JSON; `write` and what ends in `_file` write by themselves. Only what is
used is imported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import Any, Final, TextIO

from kpicard.text import Language

_DRAWERS: Final[Mapping[str, str]] = {
    "terminal": "formats.terminal:write",
    "text": "formats.terminal:write",
    "markdown": "formats.markdown:write",
    "json": "formats.json:write",
    "csv": "formats.csv:write",
    "html": "formats.html:write",
    "sarif": "formats.json:write",
    "svg": "formats.svg:write",
}
"""What draws blocks or writes values in a format, as `write(content, language, out)`."""

SCORES: Final[Mapping[str, str]] = {
    "terminal": "scorecards:blocks",
    "markdown": "scorecards:blocks",
    "json": "json_cards:scorecards",
    "csv": "formats.files:csv_file",
    "parquet": "formats.files:parquet_file",
    "xlsx": "xlsx.workbook:write_file",
    "html": "scorecards:sheets",
    "svg": "scorecards:blocks",
}
FOLDERS: Final = ("markdown", "html")
"""The formats in which every card can have a file of its own, for the person whom it is about."""

ROLES: Final[Mapping[str, str]] = {
    "terminal": "duty_sheet:blocks",
    "markdown": "duty_sheet:blocks",
    "json": "duty_sheet:values",
}
IMPACT: Final[Mapping[str, str]] = {
    "terminal": "impact:blocks",
    "markdown": "impact:blocks",
    "json": "json_comparisons:impact",
}
DIFF: Final[Mapping[str, str]] = {**IMPACT, "csv": "formats.csv:changes"}
EXPLAIN: Final[Mapping[str, str]] = {
    "terminal": "explanation:blocks",
    "markdown": "explanation:blocks",
    "json": "json_cards:explanations",
    "svg": "explanation:blocks",
}
TREND: Final[Mapping[str, str]] = {
    "terminal": "trend:blocks",
    "markdown": "trend:blocks",
    "json": "json_comparisons:trend",
    "csv": "formats.csv:trend",
    "svg": "trend:blocks",
}
SUMMARY: Final[Mapping[str, str]] = {
    "terminal": "summary:blocks",
    "markdown": "summary:blocks",
    "json": "json_cards:summaries",
    "csv": "formats.csv:summaries",
    "svg": "summary:blocks",
}
CHECKS: Final[Mapping[str, str]] = {
    "text": "checks:blocks",
    "json": "checks:values",
}
PROBLEMS: Final[Mapping[str, str]] = {
    "text": "problems:write",
    "json": "problems:values",
    "github": "formats.github:write",
    "sarif": "formats.sarif:values",
    "junit": "formats.junit:write",
}


def writer(table: Mapping[str, str], name: str) -> Callable[..., None]:
    """Return what writes a result in the format of a table that is called `name`, as `write(result, language, out)`."""
    content = _function(table[name])
    if table[name].endswith(":write"):
        return content
    if table[name].endswith("_file"):
        return partial(_function("formats.files:write_bytes"), content)
    return partial(_draw, _function(_DRAWERS[name]), content)


def _draw(
    draw: Callable[..., None], content: Callable[..., object], result: object, language: Language, out: TextIO
) -> None:
    draw(content(result, language), language, out)


def file_writer(table: Mapping[str, str], name: str) -> Callable[..., None] | None:
    """Return what writes a result to a file, whole or not at all, as `write(result, language, path)`; few formats do.

    The engine writes them, or they are no text.
    """
    return _function(table[name]) if table[name].endswith("_file") else None


def _function(place: str) -> Callable[..., Any]:
    module, _, name = place.partition(":")
    function: Callable[..., Any] = getattr(import_module(f"{__name__}.{module}"), name)
    return function
