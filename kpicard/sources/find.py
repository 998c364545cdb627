"""Folders and patterns as the files that they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from glob import glob, has_magic
from pathlib import Path
from typing import Final

from kpicard.paths import path_kind
from kpicard.problems import Problem
from kpicard.sources.source import Source

SUFFIXES: Final = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".parquet")
"""What is read in a folder; a file that is named by itself may be called anything."""

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


def _find(source: Source) -> tuple[list[Source], list[Problem]]:
    kind = path_kind(source.path)
    if kind == "folder":
        return _in_folder(source)
    if kind is None and has_magic(source.name):
        return _matching(source)
    return [source], []


def _in_folder(source: Source) -> tuple[list[Source], list[Problem]]:
    try:
        inside = sorted(each for each in source.path.iterdir() if not each.name.startswith(_OF_PROGRAMS))
    except OSError as error:
        reason = error.strerror or str(error)
        return [], [Problem(source.name, None, None, "unreadable-file", {"reason": reason})]
    files = [each for each in inside if each.suffix.lower() in SUFFIXES and path_kind(each) == "file"]
    problems = list(_not_read([each for each in inside if each not in files], source))
    if not files:
        problems.append(Problem(source.name, None, None, "no-actuals"))
    return [replace(source, path=each, name=str(each)) for each in files], problems


def _not_read(others: Sequence[Path], source: Source) -> Iterator[Problem]:
    for other in others:
        code = "ignored-folder" if path_kind(other) == "folder" else "ignored-file"
        yield Problem(str(other), None, None, code, {"folder": source.name.rstrip("/\\")})


def _matching(source: Source) -> tuple[list[Source], list[Problem]]:
    files = [
        Path(each)
        for each in sorted(glob(source.name, recursive=True))  # noqa: PTH207 - a pattern from anywhere, absolute or not
        if path_kind(Path(each)) == "file"
    ]
    if not files:
        return [], [Problem(source.name, None, None, "no-match")]
    return [replace(source, path=each, name=str(each)) for each in files], []
