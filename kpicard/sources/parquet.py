"""Parquet: columns with names, which the engine reads by itself."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import duckdb

from kpicard.engine.database import connect, is_named_alike, quote
from kpicard.problems import Problem
from kpicard.sources.inspect import Inspection
from kpicard.sources.relation import describe
from kpicard.sources.source import Source
from kpicard.sources.table import Table

_PATTERN: Final = frozenset("*?[{")
"""With one of these in it, DuckDB takes a path for a pattern."""

_HALVES: Final = "SELECT name FROM parquet_schema({}) WHERE starts_with(logical_type, 'Float16')"
"""DuckDB reads these as if they had more digits: 4.35 as 4.3515625."""


def open_parquet(source: Source, copy: Path) -> Table | Problem:
    """Return the table that a file is; one whose path the engine would take for another is copied. Raises OSError."""
    path = source.path.absolute()
    if _PATTERN & set(str(path)) or not is_named_alike(path):
        path = copy.with_suffix(".parquet")
        shutil.copyfile(source.path, path)
    try:
        with connect() as database:
            schema = database.execute(f"SELECT name, num_children FROM parquet_schema({quote(str(path))})").fetchall()
            halves = database.execute(_HALVES.format(quote(str(path)))).fetchall()
            relation = describe(database, f"read_parquet({quote(str(path))})", _columns(schema))
    except duckdb.Error:
        return Problem(source.name, None, None, "unreadable-parquet")
    for (column,) in halves:
        return Problem(source.name, None, None, "half-precision", {"column": column})
    return Table(path, source.name, Inspection(), "Parquet", is_grid=True, relation=relation)


def _columns(schema: Sequence[tuple[str, int | None]]) -> list[str]:
    """Return the columns' names: in a schema each stands before what is inside of it, and the whole before all."""
    names: list[str] = []
    inside = 0
    for name, children in schema[1:]:
        if inside:
            inside -= 1
        else:
            names.append(name)
        inside += children or 0
    return names
