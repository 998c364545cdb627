"""Reports: a table of name to writer for each kind of result, which is also the list of choices for `--format`.

The table holds where a writer is, so that only the one that is used is imported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import Any, Final

PICTURE: Final = "svg"
"""A picture of what the terminal shows; its writer takes that of the terminal too."""

SCORES: Final[Mapping[str, str]] = {
    "terminal": "kpicard.reports.scores_terminal",
    "markdown": "kpicard.reports.scores_markdown",
    "json": "kpicard.reports.scores_json",
    "csv": "kpicard.reports.scores_csv",
    "parquet": "kpicard.reports.scores_parquet",
    "xlsx": "kpicard.reports.scores_xlsx",
    "html": "kpicard.reports.scores_html",
    PICTURE: "kpicard.reports.terminal",
}
ROLES: Final[Mapping[str, str]] = {
    "terminal": "kpicard.reports.duty_sheet",
    "markdown": "kpicard.reports.roles_markdown",
    "json": "kpicard.reports.roles_json",
}
IMPACT: Final[Mapping[str, str]] = {
    "terminal": "kpicard.reports.impact_terminal",
    "markdown": "kpicard.reports.impact_markdown",
    "json": "kpicard.reports.impact_json",
}
EXPLAIN: Final[Mapping[str, str]] = {
    "terminal": "kpicard.reports.explain_terminal",
    "markdown": "kpicard.reports.explain_markdown",
    "json": "kpicard.reports.explain_json",
    PICTURE: "kpicard.reports.terminal",
}
TREND: Final[Mapping[str, str]] = {
    "terminal": "kpicard.reports.trend_terminal",
    "markdown": "kpicard.reports.trend_markdown",
    "json": "kpicard.reports.trend_json",
    "csv": "kpicard.reports.trend_csv",
    PICTURE: "kpicard.reports.terminal",
}
SUMMARY: Final[Mapping[str, str]] = {
    "terminal": "kpicard.reports.summary_terminal",
    "markdown": "kpicard.reports.summary_markdown",
    "json": "kpicard.reports.summary_json",
    "csv": "kpicard.reports.summary_csv",
    PICTURE: "kpicard.reports.terminal",
}
CHECKS: Final[Mapping[str, str]] = {
    "text": "kpicard.reports.checks_text",
    "json": "kpicard.reports.checks_json",
}
PROBLEMS: Final[Mapping[str, str]] = {
    "text": "kpicard.reports.problems_text",
    "json": "kpicard.reports.problems_json",
    "github": "kpicard.reports.problems_github",
    "sarif": "kpicard.reports.problems_sarif",
    "junit": "kpicard.reports.problems_junit",
}


def writer(table: Mapping[str, str], name: str) -> Callable[..., None]:
    """Return the writer of a table that is called `name`: its module's `write(result, language, out)`."""
    if name == PICTURE:
        picture: Any = import_module(table[name]).write
        return partial(picture, writer(table, "terminal"))
    write: Any = import_module(table[name]).write
    return write  # type: ignore[no-any-return] # each module of the table has it


def file_writer(table: Mapping[str, str], name: str) -> Callable[..., None] | None:
    """Return the `write_file(result, language, path)` of a writer's module, which only some have.

    It writes the file whole or not at all.
    """
    return getattr(import_module(table[name]), "write_file", None)
