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

_FLOATS: Final = frozenset({"FLOAT", "DOUBLE"})

# Whole numbers are doubles as soon as one is missing, and the missing one is NaN: an id of 1001.0 is 1001.
_FLOAT: Final = """
    CASE
        WHEN isnan({0}) THEN NULL
        WHEN isfinite({0}) AND {0} = trunc({0}) AND abs({0}) < 1e15 THEN CAST(CAST({0} AS BIGINT) AS VARCHAR)
        ELSE CAST({0} AS VARCHAR)
    END AS {0}"""
_TEXT: Final = f"regexp_replace(CAST({{0}} AS VARCHAR), {_BREAKS}, ' ', 'g') AS {{0}}"


def copy_parquet(source: Source, copy: Path) -> Table | Problem:
    """Write the rows as regular text, one line each below the columns' names. Raises OSError."""
    path = copy.with_suffix(".parquet")  # a name of our own: DuckDB takes one with `*` or `[` for a pattern
    shutil.copyfile(source.path, path)
    rows = f"read_parquet({quote(str(path))})"
    try:
        with connect() as database:
            columns = database.execute(f"DESCRIBE FROM {rows}").fetchall()
            texts = [(_FLOAT if kind in _FLOATS else _TEXT).format(_quoted(name)) for name, kind, *_ in columns]
            select = f"SELECT {', '.join(texts)} FROM {rows}"
            database.execute(f"COPY ({select}) TO {quote(str(copy))} (FORMAT csv, HEADER, FORCE_QUOTE *)")
    except duckdb.Error:
        return Problem(source.name, None, None, "unreadable-parquet")
    found = inspect(copy)
    return Table(copy, source.name, found if isinstance(found, Inspection) else Inspection(), "Parquet", is_grid=True)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
