"""Load the cells of CSV files into the engine, as texts, each with the number of its row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from kpicard.actuals.csv_file import open_file
from kpicard.actuals.layout import Layout
from kpicard.actuals.records import places
from kpicard.actuals.source import Source
from kpicard.actuals.table import fill_table
from kpicard.engine.database import Database
from kpicard.problems import Problem
from kpicard.rules.models import Rules


@dataclass(frozen=True)
class LoadedFile:
    """A file whose cells are in the engine: its rows are numbered from `first`, through all files."""

    source: Source
    layout: Layout
    table: str
    first: int
    rows: int
    faulty: frozenset[int]
    """The rows that are not as wide as the heading, or whose quotes are wrong."""
    has_blanks: bool
    """Whether there are rows whose cells are all empty."""
    may_lack_kpis: bool
    """Whether it has values under a heading that is missing, or not known, and may be a KPI's."""
    has_tabs: bool
    """Whether cells may have tabs or line breaks around them, beside spaces."""

    def places(self, cells: dict[int, set[int]]) -> dict[tuple[int, int], tuple[int, int]]:
        """Return the line and column of cells, asked for as columns by row."""
        inside = {row - self.first: columns for row, columns in cells.items()}
        found = places(self.source.path, inside, skip=1)
        return {(row + self.first, column): place for (row, column), place in found.items()}


class LoadedFiles(NamedTuple):
    """The files that could be read, and the problems of all."""

    files: tuple[LoadedFile, ...]
    problems: list[Problem]


def load_all(database: Database, sources: Sequence[Source], rules: Rules, folder: Path) -> LoadedFiles:
    """Load every file that can be read; `folder` is for copies, which are read until all places are known."""
    files: list[LoadedFile] = []
    problems: list[Problem] = []
    first = 0
    for number, source in enumerate(sources):
        file, wrong = open_file(source, rules, folder / f"pipe_{number}.csv")
        problems += wrong
        if file is None:
            continue
        table = f"raw_{len(files)}"
        filled = fill_table(database, table, file, folder / f"{table}.csv")
        problems += filled.problems
        files.append(
            LoadedFile(
                source=file.source,
                layout=file.layout,
                table=table,
                first=first,
                rows=filled.rows,
                faulty=frozenset(first + row for row in filled.faulty),
                has_blanks=filled.rows_not_empty < filled.rows,
                may_lack_kpis=file.layout.may_lack_kpis or (file.layout.is_wide and filled.has_unnamed),
                has_tabs=file.inspection.has_tabs or file.inspection.has_quotes,
            )
        )
        first += filled.rows
    return LoadedFiles(tuple(files), problems)
