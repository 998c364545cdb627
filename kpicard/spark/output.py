"""Where the rows go: a folder of CSV or Parquet files that Spark writes, or a table. Nothing is overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from kpicard.spark.inputs import TABLE
from kpicard.spark.scorecards import SparkScorecards

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Format = Literal["csv", "parquet"]

_CSV: Final = {
    "header": "true",
    "quote": '"',
    "escape": '"',
    "ignoreLeadingWhiteSpace": "false",
    "ignoreTrailingWhiteSpace": "false",
}
"""Cells are quoted as `--format csv` quotes them."""


class TakenError(Exception):
    """There is something at the output already."""


class NotWrittenError(Exception):
    """Spark cannot write there; the text is its reason, in one line."""


def format_of(output: str) -> Format:
    """Return the format that an output's name says: Parquet for `.parquet`, otherwise CSV."""
    return "parquet" if output.rstrip("/").lower().endswith(".parquet") else "csv"


def refuse_taken(spark: SparkSession, output: str) -> None:
    """Look whether the output is free before there is any work to lose. Raises TakenError."""
    from pyspark.errors import AnalysisException

    if output.startswith(TABLE):
        if spark.catalog.tableExists(output.removeprefix(TABLE)):
            raise TakenError
        return
    try:
        _ = spark.read.text(output).schema
    except AnalysisException:
        return
    raise TakenError


def write(result: SparkScorecards, output: str, format_: Format) -> None:
    """Write one row per card and KPI to a path or to `table:NAME`. Raises TakenError and NotWrittenError."""
    from pyspark.errors import AnalysisException

    try:
        if output.startswith(TABLE):
            result.frame.write.mode("error").saveAsTable(output.removeprefix(TABLE))
        elif format_ == "parquet":
            result.frame.write.mode("error").parquet(output)
        else:
            result.texts.write.mode("error").options(**_CSV).csv(output)
    except AnalysisException as error:
        if error.getCondition() in {"PATH_ALREADY_EXISTS", "TABLE_OR_VIEW_ALREADY_EXISTS"}:
            raise TakenError from None
        raise NotWrittenError(str(error).partition("\n")[0]) from error
