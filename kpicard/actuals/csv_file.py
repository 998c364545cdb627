"""A CSV file that can be read: its bytes looked through, and its heading understood."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kpicard.actuals.layout import Layout, read_layout
from kpicard.actuals.records import Record, read_records
from kpicard.actuals.source import Inspection, Source, inspect
from kpicard.paths import path_kind
from kpicard.problems import Problem
from kpicard.rules.models import Rules


@dataclass(frozen=True)
class CsvFile:
    """A file that can be read, with its first record and what that says of the columns."""

    source: Source
    inspection: Inspection
    heading: Record
    layout: Layout


def open_file(source: Source, rules: Rules, copy: Path) -> tuple[CsvFile | None, list[Problem]]:
    """Return a file, or None where it cannot be read, and the problems; `copy` is where a pipe may be kept."""
    try:
        source = _settled(source, copy)
    except OSError as error:
        reason = error.strerror or str(error)
        return None, [Problem(source.name, None, None, "unreadable-file", {"reason": reason})]
    inspection = inspect(source)
    if inspection.problem:
        return None, [inspection.problem]
    with closing(read_records(source.path)) as records:
        heading = next(records)  # there is one: the file is not empty
    layout, problems = read_layout(heading, source.name, rules)
    return CsvFile(source, inspection, heading, layout) if layout else None, problems


def _settled(source: Source, copy: Path) -> Source:
    """Return a source that can be read more than once: a pipe is copied, since it gives its bytes only once."""
    if path_kind(source.path) != "file" or source.path.is_file():
        return source
    with source.path.open("rb") as pipe, copy.open("wb") as stream:
        shutil.copyfileobj(pipe, stream)
    return Source(copy, source.name)
