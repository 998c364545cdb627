"""Run the one SQL text that scores."""

from __future__ import annotations

import duckdb

from kpicard.engine.database import Database
from kpicard.engine.dialects import NARROW, scoring_sql


def create_scored(database: Database) -> None:
    """Create the table `scored` from `figure`, `kpi`, `segment`, `grade` and `scheme`.

    Most months fit 64 bits, which is faster. DuckDB checks every step of its integer arithmetic and refuses the
    statement when one overflows; then the same text runs in 128 bits, which hold every value that is read.
    """
    try:
        database.execute(f"CREATE TEMP TABLE scored AS {scoring_sql(NARROW)}")
    except (duckdb.OutOfRangeException, duckdb.ConversionException):
        database.execute(f"CREATE TEMP TABLE scored AS {scoring_sql()}")
