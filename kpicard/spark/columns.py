"""Columns of any type as texts, written as the cells of a CSV file would be."""

from __future__ import annotations

from typing import Final

_FLOATS: Final = frozenset({"float", "double"})

# Whole numbers are doubles as soon as one is missing, and the missing one is NaN: an id of 1001.0 is 1001. Spark itself
# writes 10,000,000.5 as 1.00000005E7; and as a decimal a float of 32 bits has more digits than its text.
_FLOAT: Final = """
CASE
    WHEN isnan({0}) THEN NULL
    WHEN abs({0}) < 1e15 AND {0} = CAST({0} AS BIGINT) THEN CAST(CAST({0} AS BIGINT) AS STRING)
    WHEN abs({0}) >= 1e-3 AND abs({0}) < 1e15
        THEN trim(TRAILING '.' FROM
            trim(TRAILING '0' FROM CAST(CAST(CAST({0} AS STRING) AS DECIMAL(38, 22)) AS STRING)))
    ELSE CAST({0} AS STRING)
END"""

# A moment is of another month in another zone: its zone is written behind it, so that it is no period.
_MOMENT: Final = "CAST({0} AS STRING) || ' ' || current_timezone()"

_TEXT: Final = "regexp_replace(CAST({0} AS STRING), '[\\\\r\\\\n\\\\t]+', ' ')"


def as_text(name: str, kind: str) -> str:
    """Return the SQL of a column's text, by its name and its type as Spark calls it."""
    column = quoted(name)
    if kind in _FLOATS:
        return _FLOAT.format(column)
    return (_MOMENT if kind == "timestamp" else _TEXT).format(column)


def quoted(name: str) -> str:
    """Return a column's name as SQL."""
    return "`" + name.replace("`", "``") + "`"
