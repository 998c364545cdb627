"""Folders and patterns as the files that they stand for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from glob import glob, has_magic
from pathlib import Path
from typing import Final

from kpicard.paths import path_kind
from kpicard.problems import Problem, unreadable
from kpicard.sources.source import Source

SUFFIXES: Final = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".parquet")
"""What is read in a folder; a file that is named by itself may be called anything."""

_NO_TABLES: Final = frozenset(
    {".doc", ".docx", ".gif", ".jpg", ".jpeg", ".md", ".pdf", ".png", ".ppt", ".pptx", ".yaml", ".yml"}
)
"""Documents and pictures, which may lie beside actuals, and hold none."""

_SET_ASIDE: Final = frozenset({"sheet-not-used", "ignored-table", "ignored-folder", "above-heading"})
"""Warnings that say what is not read, though figures may be there."""

_OF_PROGRAMS: Final = (".", "~$")
"""How files begin that programs leave beside their documents."""


def find_sources(given: Iterable[Source]) -> tuple[list[Source], list[Problem]]:
    """Return the files that are given, in that order: those of a folder or a pattern sorted by name.

    A folder in a folder is not looked into; that, and a file that is no table, is said as a warning.
    """
    found: list[Source] = []
    problems: list[Problem] = []
    for source in given:
        files, wrong = _find(source)
        found += files
        problems += wrong
    return found, problems


def is_anything_left(problems: Iterable[Problem]) -> bool:
    """Whether figures may be left where they were not read: in a file, a sheet, a folder or above a heading."""
    return any(problem.severity == "error" or problem.code in _SET_ASIDE for problem in problems)


def _find(source: Source) -> tuple[list[Source], list[Problem]]:
    kind = path_kind(source.path)
    if kind == "folder":
        try:
            inside = sorted(source.path.iterdir())
        except OSError as error:
            return [], [unreadable(source.name, error)]
        found, problems = _chosen(inside, source)
        return found, problems if found else [*problems, Problem(source.name, None, None, "no-actuals")]
    if kind is None and has_magic(source.name):
        matching = sorted(map(Path, glob(source.name, recursive=True)))  # noqa: PTH207 - from anywhere, absolute or not
        if not matching:
            return [], [Problem(source.name, None, None, "remote-path" if source.is_remote else "no-match")]
        return _chosen(matching, source, any_kind=True)
    return [source], []


def _chosen(paths: Iterable[Path], source: Source, *, any_kind: bool = False) -> tuple[list[Source], list[Problem]]:
    """Return those of the paths that are read, of any kind if a pattern names them, and a warning for each other."""
    found: list[Source] = []
    problems: list[Problem] = []
    for path in paths:
        kind = path_kind(path)
        if path.name.startswith(_OF_PROGRAMS):
            continue
        if kind == "file" and path.is_file() and (any_kind or path.suffix.lower() in SUFFIXES):
            found.append(replace(source, path=path, name=str(path)))
        elif kind != "folder" or "**" not in source.name:  # such a pattern goes into folders
            problems.append(Problem(str(path), None, None, _code(path, kind), {"folder": str(path.parent)}))
    return found, problems


def _code(path: Path, kind: str | None) -> str:
    if kind == "folder":
        return "ignored-folder"
    return "ignored-file" if path.suffix.lower() in _NO_TABLES else "ignored-table"
