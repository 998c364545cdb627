"""An embedded DuckDB that reads the files it is given, and does nothing else outside its process."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import duckdb

Database: TypeAlias = duckdb.DuckDBPyConnection
Value: TypeAlias = str | int | bool | None


def connect() -> Database:
    """Return a new database in memory. It spills into the system's folder for temporary files, not into this one."""
    return duckdb.connect(
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "temp_directory": tempfile.gettempdir(),
        }
    )


def create(database: Database, table: str, columns: Mapping[str, str], rows: Sequence[Sequence[Value]]) -> None:
    """Create a small table: `columns` are names and SQL types, `rows` Python values.

    Values travel as text and are cast by DuckDB, so that whole numbers of any width arrive as they are.
    """
    database.execute(f"CREATE TEMP TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})")
    if rows:
        texts = [[None if cell is None else str(cell) for cell in column] for column in zip(*rows, strict=True)]
        casts = ", ".join(f"CAST(unnest(CAST(? AS VARCHAR[])) AS {kind})" for kind in columns.values())
        database.execute(f"INSERT INTO {table} SELECT {casts}", texts)


def quote(text: str) -> str:
    """Return a text as a literal of SQL; what is no Unicode text, and so equals no cell, with `?` in its place."""
    return "'" + text.replace("'", "''").encode(errors="replace").decode() + "'"
