"""Running SQL on Spark: texts with frames in them, small tables that travel to every worker, and the models.

Nothing here needs more than DataFrames and SQL, so that it works over Spark Connect as well, and nothing is left behind
in the session: frames are named in the texts, not registered as views.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kpicard.engines.dialects import SPARK, SPARK_NARROW
from kpicard.models.run import GIVEN, Model, in_order, needed, renamed

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Frames: TypeAlias = "Mapping[str, DataFrame]"

_FRAME: Final = re.compile(r"\{(\w+)\}")
_BRACES: Final = str.maketrans({"{": "\\u007B", "}": "\\u007D"})
_OVERFLOWS: Final = ("ARITHMETIC_OVERFLOW", "CAST_OVERFLOW", "NUMERIC_VALUE_OUT_OF_RANGE")


def run(spark: SparkSession, text: str, frames: Frames) -> DataFrame:
    """Return what a query gives; `{name}` in it stands for a frame.

    Spark names each frame for a moment, and forgets what it kept of it with the name: so it is given another frame.
    """
    used: dict[str, Any] = {name: frames[name].where("TRUE") for name in dict.fromkeys(_FRAME.findall(text))}
    return spark.sql(text, **used)


def small(spark: SparkSession, columns: Mapping[str, str], rows: Iterable[Sequence[Any]] = ()) -> DataFrame:
    """Return a small table that joins without moving the rows of the other side.

    `columns` are names and types as the models write them; wide numbers come as decimals.
    """
    kinds = {name: SPARK.of(kind) for name, kind in columns.items()}
    wide = [kind == SPARK.wide for kind in kinds.values()]
    typed = [tuple(Decimal(cell) if is_wide else cell for cell, is_wide in zip(row, wide, strict=True)) for row in rows]
    schema = ", ".join(f"{name} {kind}" for name, kind in kinds.items())
    return spark.createDataFrame(typed, schema).hint("broadcast")


def quote(text: str) -> str:
    """Return a text as a literal of Spark's SQL; braces are written so that none names a frame."""
    return SPARK.quote(text).translate(_BRACES).encode(errors="replace").decode()


def listed(texts: Iterable[str]) -> str:
    """Return texts as literals for `IN (…)`; of none, one that equals nothing."""
    return ", ".join(map(quote, sorted(texts))) or "NULL"


class SparkModels:
    """The models on Spark: each table is made once, when it is first wanted, and kept until `forget`."""

    def __init__(self, spark: SparkSession, given: Frames) -> None:
        """Take the session, and the frames that no model makes."""
        self._spark = spark
        self.frames: dict[str, DataFrame] = dict(given)
        self.kept: list[DataFrame] = []

    def make(self, *wanted: str) -> None:
        """Make tables, and before each what it reads. What is a view stands inside what reads it."""
        for each in in_order(needed(wanted, {*GIVEN, *self.frames})):
            if each.makes in wanted or not each.is_view:
                self.frames[each.makes] = self._made(each)

    def query(self, text: str) -> DataFrame:
        """Return what a query over the tables gives that are there."""
        return run(self._spark, renamed(text, {name: _named(name) for name in self.frames}), self.frames)

    def small(self, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> DataFrame:
        """Return a small table: see `small`."""
        return small(self._spark, columns, rows)

    def keep(self, frame: DataFrame) -> DataFrame:
        """Return a frame that Spark keeps once it was asked for, and that is no part of the plans of what reads it.

        Spark puts the plan of a frame into that of each query on it, whether it is kept or not: of a table that twenty
        others read, and these are read in turn, the plans would grow beyond all memory. What a worker loses is computed
        again; on a server of Spark Connect, which knows no other way, it is lost.
        """
        kept: Any = frame.persist()
        self.kept.append(kept)
        if not hasattr(kept, "_jdf"):
            return frame.localCheckpoint(eager=True)
        session: Any = self._spark
        java = session._jsparkSession.createDataFrame(kept._jdf.javaRDD(), kept._jdf.schema())  # noqa: SLF001 - Python's API has no way that keeps the rows in Java
        return type(frame)(java, session)

    def forget(self) -> None:
        """Let Spark forget what it keeps."""
        for frame in self.kept:
            frame.unpersist()

    def _run(self, text: str) -> DataFrame:
        return run(self._spark, text, self.frames)

    def _made(self, each: Model) -> DataFrame:
        """Return a model's table. Spark checks each step of its whole numbers: where one overflows, 128 bits do."""
        if each.is_view:
            return self._run(each.query(SPARK, _named))
        if each.is_narrow_first:
            frame = self.keep(self._run(each.query(SPARK_NARROW, _named)))
            try:
                frame.count()
            except Exception as error:
                if not any(code in str(error) for code in _OVERFLOWS):
                    raise
            else:
                return frame
        return self.keep(self._run(each.query(SPARK, _named)))


def _named(table: str) -> str:
    return f"{{{table}}}"
