"""Parquet as a table of texts."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import duckdb

from kpicard.engine.database import connect, quote
from kpicard.problems import Problem
from kpicard.sources.inspect import Inspection, inspect
from kpicard.sources.source import Source
from kpicard.sources.table import Table

_BREAKS: Final = "'[\\r\\n]+'"


def copy_parquet(source: Source, copy: Path) -> Table | Problem:
    """Write the rows as regular text, one line each below the columns' names. Raises OSError."""
    path = copy.with_suffix(".parquet")  # a name of our own: DuckDB takes one with `*` or `[` for a pattern
    shutil.copyfile(source.path, path)
    rows = (
        f"SELECT regexp_replace(CAST(COLUMNS(*) AS VARCHAR), {_BREAKS}, ' ', 'g') FROM read_parquet({quote(str(path))})"
    )
    try:
        with connect() as database:
            database.execute(f"COPY ({rows}) TO {quote(str(copy))} (FORMAT csv, HEADER, FORCE_QUOTE *)")
    except duckdb.Error:
        return Problem(source.name, None, None, "unreadable-parquet")
    found = inspect(copy)
    return Table(copy, source.name, found if isinstance(found, Inspection) else Inspection(), "Parquet", is_grid=True)
