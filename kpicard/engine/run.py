"""Run the one SQL text that scores."""

from __future__ import annotations

from importlib.resources import files

import duckdb

from kpicard.engine.database import Database

WIDE = "HUGEINT"
NARROW = "BIGINT"


def create_scored(database: Database) -> None:
    """Create the table `scored` from `figure`, `kpi`, `segment`, `grade` and `scheme`.

    Most months fit 64 bits, which is faster. DuckDB checks every step of its integer arithmetic and refuses the
    statement when one overflows; then the same text runs in 128 bits, which hold every value that is read.
    """
    text = files("kpicard.engine").joinpath("score.sql").read_text("utf-8")
    try:
        database.execute(f"CREATE TEMP TABLE scored AS {text.replace(WIDE, NARROW)}")
    except (duckdb.OutOfRangeException, duckdb.ConversionException):
        database.execute(f"CREATE TEMP TABLE scored AS {text}")
