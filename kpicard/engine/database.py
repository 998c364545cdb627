"""An embedded DuckDB that reads the files it is given, and does nothing else outside its process."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final, TypeAlias

import duckdb

Database: TypeAlias = duckdb.DuckDBPyConnection
Value: TypeAlias = str | int | bool | None


BESIDE: Final = 200_000_000
"""The bytes that a process has beside the database: the interpreter, its modules, and the engine's own code."""

LEAST: Final = 100_000_000
"""The fewest bytes that the database can work in."""

_SHARE: Final = 0.8
"""The part of the memory left to the database that it may count; it does not count all that it takes."""


def connect(memory_limit: int | None = None) -> Database:
    """Return a new database in memory. It spills into the system's folder for temporary files, not into this one.

    `memory_limit` is what the whole process may take, in bytes; None leaves the database four fifths of the machine's.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "temp_directory": tempfile.gettempdir(),
    }
    if memory_limit is not None:
        config["memory_limit"] = f"{max(LEAST, int((memory_limit - BESIDE) * _SHARE))}B"
    return duckdb.connect(config=config)


@contextmanager
def within_memory() -> Iterator[None]:
    """Raise MemoryError where the memory that the database may take does not do, or there is no room to spill."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise MemoryError(str(error)) from error


def create(database: Database, table: str, columns: Mapping[str, str], rows: Sequence[Sequence[Value]]) -> None:
    """Create a small table: `columns` are names and SQL types, `rows` Python values.

    Values travel as text and are cast by DuckDB, so that whole numbers of any width arrive as they are.
    """
    database.execute(f"CREATE TEMP TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})")
    if rows:
        texts = [[None if cell is None else str(cell) for cell in column] for column in zip(*rows, strict=True)]
        casts = ", ".join(f"CAST(unnest(CAST(? AS VARCHAR[])) AS {kind})" for kind in columns.values())
        database.execute(f"INSERT INTO {table} SELECT {casts}", texts)


def quoted(texts: Iterable[str]) -> str:
    """Return texts as literals of SQL with commas between."""
    return ", ".join(map(quote, texts))


def quote(text: str) -> str:
    """Return a text as a literal of SQL; what is no Unicode text, and so equals no cell, with `?` in its place."""
    return "'" + text.replace("'", "''").encode(errors="replace").decode() + "'"
