"""Reports: for each kind of result a table of its formats, which is also the list of choices for `--format`.

A table says where a format has its content from: `module:function` below this package. That is the blocks of the kind,
for the formats that draw, or its values, for JSON; `write` and what ends in `_file` write by themselves. Only what is
used is imported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import Any, Final

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

_FILE_DRAWERS: Final[Mapping[str, str]] = {"pdf": "formats.pdf:write_file"}
"""What draws blocks in a format that is no text, as `write_file(content, language, path)`."""

SUFFIXES: Final[Mapping[str, str]] = {
    ".md": "markdown",
    ".json": "json",
    ".csv": "csv",
    ".parquet": "parquet",
    ".txt": "terminal",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".xlsx": "xlsx",
    ".svg": "svg",
}
"""The format that a file's ending stands for."""

SCORES: Final[Mapping[str, str]] = {
    "terminal": "scorecards:blocks",
    "markdown": "scorecards:blocks",
    "json": "json_cards:scorecards",
    "csv": "formats.files:csv_file",
    "parquet": "formats.files:parquet_file",
    "xlsx": "xlsx.workbook:write_file",
    "html": "scorecards:sheets",
    "pdf": "scorecards:sheets",
    "svg": "scorecards:blocks",
}
TIDY: Final[Mapping[str, str]] = {
    "csv": "formats.files:tidy_csv_file",
    "parquet": "formats.files:tidy_parquet_file",
}
FOLDERS: Final = ("markdown", "html", "pdf", "xlsx")
"""The formats in which every card can have a file of its own, for the person whom it is about."""

ROLES: Final[Mapping[str, str]] = {
    "terminal": "duty_sheet:blocks",
    "markdown": "duty_sheet:blocks",
    "json": "duty_sheet:values",
    "html": "duty_sheet:sheets",
    "pdf": "duty_sheet:sheets",
}
IMPACT: Final[Mapping[str, str]] = {
    "terminal": "impact:blocks",
    "markdown": "impact:blocks",
    "json": "json_comparisons:impact",
    "html": "impact:blocks",
    "pdf": "impact:blocks",
}
DIFF: Final[Mapping[str, str]] = {**IMPACT, "csv": "formats.csv:changes"}
EXPLAIN: Final[Mapping[str, str]] = {
    "terminal": "explanation:blocks",
    "markdown": "explanation:blocks",
    "json": "json_cards:explanations",
    "svg": "explanation:blocks",
    "html": "explanation:blocks",
    "pdf": "explanation:blocks",
}
TREND: Final[Mapping[str, str]] = {
    "terminal": "trend:blocks",
    "markdown": "trend:blocks",
    "json": "json_comparisons:trend",
    "csv": "formats.csv:trend",
    "svg": "trend:blocks",
    "html": "trend:blocks",
    "pdf": "trend:blocks",
}
SUMMARY: Final[Mapping[str, str]] = {
    "terminal": "summary:blocks",
    "markdown": "summary:blocks",
    "json": "json_cards:summaries",
    "csv": "formats.csv:summaries",
    "svg": "summary:blocks",
    "html": "summary:blocks",
    "pdf": "summary:blocks",
}
CARDS: Final[Mapping[str, str]] = {
    "terminal": "payroll:blocks",
    "markdown": "payroll:blocks",
    "html": "payroll:blocks",
    "pdf": "payroll:blocks",
    "csv": "payroll:rows",
    "parquet": "payroll:parquet_file",
    "xlsx": "payroll:xlsx_file",
}
"""The formats of a summary with one row for each card."""

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


class NoChineseFontError(LookupError):
    """A page has Chinese on it, and this machine has no font for that."""


def writer(table: Mapping[str, str], name: str) -> Callable[..., None]:
    """Return what writes a result in the format of a table that is called `name`, as `write(result, language, out)`."""
    if write_file := file_writer(table, name):
        return partial(_function("formats.files:write_bytes"), write_file)
    content = _function(table[name])
    if table[name].endswith(":write"):
        return content
    return partial(_draw, _function(_DRAWERS[name]), content)


def _draw(
    draw: Callable[..., None], content: Callable[..., object], result: object, language: Language, to: Any
) -> None:
    draw(content(result, language), language, to)


def file_writer(table: Mapping[str, str], name: str) -> Callable[..., None] | None:
    """Return what writes a result to a file, whole or not at all, as `write(result, language, path)`; few formats do.

    The engine writes them, or they are no text.
    """
    if name in _FILE_DRAWERS:
        return partial(_draw, _function(_FILE_DRAWERS[name]), _function(table[name]))
    return _function(table[name]) if table[name].endswith("_file") else None


def _function(place: str) -> Callable[..., Any]:
    module, _, name = place.partition(":")
    function: Callable[..., Any] = getattr(import_module(f"{__name__}.{module}"), name)
    return function
