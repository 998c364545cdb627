"""Rows that the engine has as they are, in no file of text: Parquet, and tables in the memory of a program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from kpicard.engine.database import Database

_WHOLE: Final = frozenset(
    {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"}
)
_FLOATS: Final = frozenset({"FLOAT", "DOUBLE"})
_MOMENTS: Final = ("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ")

# Whole numbers are doubles as soon as one is missing, and the missing one is NaN: an id of 1001.0 is 1001. Whether it
# is NaN is asked of its text: of the number, the engine may answer by the least and the greatest in a Parquet file,
# which leave NaN out.
_FLOAT_TEXT: Final = """
    CASE
        WHEN CAST({0} AS VARCHAR) IN ('nan', '-nan') THEN NULL
        WHEN isfinite({0}) AND {0} = trunc({0}) AND abs({0}) < 1e15 THEN CAST(CAST({0} AS BIGINT) AS VARCHAR)
        ELSE CAST({0} AS VARCHAR)
    END"""
# A moment is written in UTC, with its zone: the engine would take the zone of this machine.
_MOMENT: Final = "CAST({0} AS TIMESTAMP WITH TIME ZONE)"
_MOMENT_TEXT: Final = f"""
    CASE
        WHEN isfinite({_MOMENT}) THEN CAST(make_timestamp(epoch_us({_MOMENT})) AS VARCHAR) || '+00'
        ELSE CAST({{0}} AS VARCHAR)
    END"""
_PLAIN_TEXT: Final = "CAST({0} AS VARCHAR)"

# A cell is one line, as in a sheet; most have no breaks, and need no pattern.
_TEXT: Final = """
    CASE
        WHEN regexp_matches(CAST({0} AS VARCHAR), '[\\r\\n\\t]')
        THEN regexp_replace(CAST({0} AS VARCHAR), '[\\r\\n\\t]+', ' ', 'g')
        ELSE CAST({0} AS VARCHAR)
    END"""


class Relation(NamedTuple):
    """Rows that SQL can name. Its columns are called `c0`, `c1`, … here, by their order.

    `first` is what problems call the row behind the columns' names: 2 where these are counted as a row, as in Parquet.
    """

    expression: str
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    first: int = 2

    @property
    def texts(self) -> list[str]:
        """The cells of each column as texts, in SQL."""
        return [_text(kind).format(f"c{index}") for index, kind in enumerate(self.kinds)]

    @property
    def rows(self) -> str:
        """The rows, with their columns called by their order."""
        columns = ", ".join(f"c{index}" for index in range(len(self.names)))
        return f"{self.expression} AS relation({columns})"


def describe(database: Database, expression: str, names: Sequence[str], first: int = 2) -> Relation:
    """Return the relation that an expression of SQL names. Raises what DuckDB does where it cannot be read.

    `names` are the columns' own: where two are alike, DuckDB calls the second another.
    """
    columns = database.execute(f"DESCRIBE FROM {expression}").fetchall()
    return Relation(expression, tuple(names), tuple(kind for _, kind, *_ in columns), first)


def _text(kind: str) -> str:
    if kind in _FLOATS:
        return _FLOAT_TEXT
    if kind.startswith(_MOMENTS):
        return _MOMENT_TEXT
    return _PLAIN_TEXT if kind in _WHOLE or kind.startswith("DECIMAL") else _TEXT
