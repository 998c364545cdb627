"""Run the one SQL text that scores."""

from __future__ import annotations

import duckdb

from kpicard.engine.database import Database
from kpicard.engine.dialects import NARROW, scoring


def create_scored(database: Database) -> None:
    """Create the tables `scored` and `graded` from `figure`, `kpi`, `segment`, `grade` and `scheme`.

    Most months fit 64 bits, which is faster. DuckDB checks every step of its integer arithmetic and refuses the
    statement when one overflows; then the same text runs in 128 bits, which hold every value that is read.
    """
    try:
        database.execute(f"CREATE TEMP TABLE scored AS {scoring(NARROW).scored}")
    except (duckdb.OutOfRangeException, duckdb.ConversionException):
        database.execute(f"CREATE TEMP TABLE scored AS {scoring().scored}")
    database.execute(f"CREATE TEMP TABLE graded AS {scoring().graded}")


def take_out(database: Database, cards: str) -> None:
    """Take cards out of `scored` and `graded`; `cards` is a SELECT of theirs."""
    database.execute(f"CREATE TEMP TABLE taken_out AS SELECT DISTINCT card FROM ({cards})")
    for table in ("scored", "graded"):
        database.execute(f"DELETE FROM {table} WHERE card IN (FROM taken_out)")
    database.execute("DROP TABLE taken_out")
