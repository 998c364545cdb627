"""Running SQL on Spark: texts with frames in them, and small tables that travel to every worker.

Nothing here needs more than DataFrames and SQL, so that it works over Spark Connect as well, and nothing is left behind
in the session: frames are named in the texts, not registered as views.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kpicard.engines.dialects import SPARK
from kpicard.text import BLANKS, HALF_WIDTH

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Value: TypeAlias = str | int | bool | None

_FULL: Final = "".join(map(chr, HALF_WIDTH))
_HALF: Final = "".join(half if isinstance(half, str) else chr(half) for half in HALF_WIDTH.values())
_BRACES: Final = str.maketrans({"{": "\\u007B", "}": "\\u007D"})


def run(spark: SparkSession, text: str, named: Mapping[str, str] | None = None, /, **frames: DataFrame) -> DataFrame:
    """Return what a query gives: `{name}` in it stands for a frame, `:name` for a text such as a pattern.

    Spark names each frame for a moment, and forgets what it kept of it with the name: so it is given another frame.
    """
    others = {name: frame.where("TRUE") for name, frame in frames.items()}
    return spark.sql(text, args=dict(named or {}), **others)


def small(spark: SparkSession, columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> DataFrame:
    """Return a small table that joins without moving the rows of the other side; `columns` are names and SQL types."""
    wide = [kind == SPARK.wide for kind in columns.values()]
    typed = [
        tuple(
            Decimal(cell) if is_wide and isinstance(cell, int) else cell
            for cell, is_wide in zip(row, wide, strict=True)
        )
        for row in rows
    ]
    schema = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    return spark.createDataFrame(typed, schema).hint("broadcast")


def rows_of(frame: DataFrame, most: int) -> list[tuple[Any, ...]]:
    """Return the rows of a frame, but never more than so many and one: whether there are more shows."""
    return [tuple(row) for row in frame.limit(most + 1).collect()]


def quote(text: str) -> str:
    """Return a text as a literal of Spark's SQL; braces are written so that none names a frame."""
    return SPARK.quote(text).translate(_BRACES).encode(errors="replace").decode()


def listed(texts: Sequence[str] | frozenset[str]) -> str:
    """Return texts as literals for `IN (…)`; of none, one that equals nothing."""
    return ", ".join(map(quote, sorted(texts))) or "NULL"


def trimmed(text: str) -> str:
    """Return the SQL of a text without blanks around it; NULL where nothing is left.

    To look for blanks of all kinds is slow, and most texts have ASCII only.
    """
    odd = " OR ".join(f"contains({text}, {quote(blank)})" for blank in "\t\n\r")
    all_kinds = f"trim(BOTH {quote(BLANKS)} FROM {text})"
    return f"nullif(IF(octet_length({text}) = length({text}) AND NOT ({odd}), trim({text}), {all_kinds}), '')"


def folded(text: str) -> str:
    """Return the SQL that does to a text what `kpicard.text.fold` does, and strips what stands around a word."""
    half = f"translate({text}, {quote(_FULL)}, {quote(_HALF)})"
    return f"trim(BOTH ':()' FROM lower(regexp_replace({half}, '(?U)[\\\\s_-]+', '')))"
