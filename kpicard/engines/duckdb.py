"""An embedded DuckDB that reads the files it is given, and does nothing else outside its process."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final, TypeAlias
from weakref import WeakKeyDictionary, finalize

import duckdb

from kpicard.files import own_folder
from kpicard.numbers import lacks_memory

Database: TypeAlias = duckdb.DuckDBPyConnection
Value: TypeAlias = str | int | bool | None
_Config: TypeAlias = dict[str, str | bool | int | float | list[str]]

BESIDE: Final = 200_000_000
"""The bytes that a process has beside the database: the interpreter, its modules, and the engine's own code."""

LEAST: Final = 100_000_000
"""The fewest bytes that the database can work in."""

MOST: Final = 10**18
"""The most bytes that the database takes for a limit, or nearly; no machine has as many."""

PER_THREAD: Final = 125_000_000
"""The bytes that each of the database's threads should have: with less, they take them from each other."""

PER_THREAD_OF_ADDRESSES: Final = 500_000_000
"""The addresses that each should have where these are limited: a thread takes many that it never writes to."""

_NOT_UTF8: Final = "the name of the folder for temporary files (TMPDIR) is no UTF-8"

_SHARE: Final = 0.8
"""The part of the memory left to the database that it may count; it does not count all that it takes."""


def connect(memory_limit: int | None = None) -> Database:
    """Return a new database in memory, which knows no network and nobody's settings.

    It spills into a folder of its own where temporary files go, which is gone with it: nobody else can look into it,
    and no other database writes there. Raises OSError where that cannot be made, or the engine cannot name it.

    `memory_limit` is what the whole process may take, in bytes; None leaves the database four fifths of the machine's.
    What the system lets the process take is kept to as well. Raises MemoryError where that does not do.
    """
    config: _Config = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "allow_community_extensions": "false",
        "allow_persistent_secrets": "false",
        "python_enable_replacements": "false",
        "pandas_analyze_sample": "0",  # else the first objects of a column say what all are cast to
    }
    allowed = _allowed()
    if allowed is not None and allowed < BESIDE:
        raise MemoryError  # here, and not where the engine may crash
    limits = [each for each in (memory_limit, allowed) if each is not None]
    if limits:
        own = min(MOST, max(LEAST, int((min(limits) - BESIDE) * _SHARE)))
        room = PER_THREAD if allowed is None else PER_THREAD_OF_ADDRESSES
        config |= {"memory_limit": f"{own}B", "threads": max(1, min(os.cpu_count() or 1, own // room))}
    with ExitStack() as stack:
        folder = stack.enter_context(own_folder())
        if not is_named_alike(folder):
            raise OSError(_NOT_UTF8)
        config["temp_directory"] = str(folder)
        database = _open(config) if allowed is None else _open_with_few_threads(config)
        _FOLDERS[database] = finalize(database, _close, stack.pop_all())
    return database


_FOLDERS: Final[WeakKeyDictionary[Database, finalize[..., Database]]] = WeakKeyDictionary()
"""What makes away with the folder of each database that is open."""


def close(database: Database) -> None:
    """Close a database, and make away with its folder."""
    database.close()
    _FOLDERS.pop(database, lambda: None)()


def _open(config: _Config) -> Database:
    return duckdb.connect(config=config)


def _open_with_few_threads(config: _Config) -> Database:
    """Open a database without the threads that only wait for files: each takes addresses as if it did much.

    Where these run out, a thread ends the whole process.
    """
    try:
        return _open({**config, "async_threads": 0})
    except duckdb.InvalidInputException:  # an older engine, which has no such threads
        return _open(config)


def _allowed() -> int | None:
    """Return how many addresses the system lets the process have (`ulimit -v`), None where it sets no limit."""
    if sys.platform == "win32":
        return None
    import resource

    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    return None if soft == resource.RLIM_INFINITY else soft


def _close(stack: ExitStack) -> None:
    with suppress(KeyboardInterrupt):  # raised from here, it would go nowhere but on the screen
        stack.close()


@contextmanager
def within_memory() -> Iterator[None]:
    """Raise MemoryError where the memory that the database may take does not do, or there is no room to spill."""
    try:
        yield
    except (duckdb.Error, RuntimeError) as error:
        if lacks_memory(error):
            raise MemoryError(str(error)) from error
        raise


def is_named_alike(path: Path) -> bool:
    """Whether the engine means the same file by a path: to it every name is UTF-8, whatever the system's locale."""
    return os.fsencode(path) == str(path).encode("utf-8", "replace")


def create(database: Database, table: str, columns: Mapping[str, str], rows: Sequence[Sequence[Value]]) -> None:
    """Create a small table: `columns` are names and SQL types, `rows` Python values.

    Values travel as text and are cast by DuckDB, so that whole numbers of any width arrive as they are.
    """
    by_column = zip(*rows, strict=True) if rows else ((),) * len(columns)
    texts = [[None if cell is None else str(cell) for cell in column] for column in by_column]
    cells = ", ".join(f"CAST(unnest(CAST(? AS VARCHAR[])) AS {kind}) AS {name}" for name, kind in columns.items())
    database.execute(f"CREATE TEMP TABLE {table} AS SELECT {cells}", texts)


def quoted(texts: Iterable[str]) -> str:
    """Return texts as literals of SQL with commas between."""
    return ", ".join(map(quote, texts))


def quote(text: str) -> str:
    """Return a text as a literal of SQL; what is no Unicode text, and so equals no cell, with `?` in its place."""
    return "'" + text.replace("'", "''").encode(errors="replace").decode() + "'"


def create_empty(database: Database, table: str, columns: Mapping[str, str]) -> None:
    """Create a table without rows, as a view: what is made of it costs nothing, since the optimizer sees that."""
    cells = ", ".join(f"CAST(NULL AS {kind}) AS {name}" for name, kind in columns.items())
    database.execute(f"CREATE TEMP VIEW {table} AS SELECT {cells} WHERE FALSE")


def create_row(database: Database, table: str, values: Mapping[str, bool]) -> None:
    """Create a table of one row, as a view: the optimizer then leaves out what the values rule out."""
    cells = ", ".join(f"{str(value).upper()} AS {name}" for name, value in values.items())
    database.execute(f"CREATE TEMP VIEW {table} AS SELECT {cells}")
