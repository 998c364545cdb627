"""The rows of a result, one per card and KPI, and where they go: CSV, Parquet or a table. Nothing is overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal

from kpicard.spark.tidy import TABLE

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from kpicard.spark.scorecards import SparkScorecards

SCORES: Final = """
SELECT
    c.period, c.employee, r.id AS role, k.id AS kpi, k.weight, s.effective_weight, s.target, s.actual,
    CAST(s.attainment AS BIGINT) AS attainment, CASE WHEN k.weight IS NOT NULL THEN s.score END AS score, s.points,
    s.status, g.total, g.grade, g.coefficient, v.grade AS veto, k.section_id AS section,
    CASE WHEN k.weight IS NOT NULL THEN k.full_marks END AS out_of
FROM scored AS s
JOIN graded AS g ON g.card = s.card
JOIN card AS c ON c.card = s.card
JOIN kpi AS k ON k.kpi = s.kpi
JOIN role AS r ON r.role = k.role
LEFT JOIN grade AS v ON v.scale = k.scale AND v.rank = s.veto
"""
"""The rows, in whole numbers."""


_MILLIONTHS: Final = ("weight", "effective_weight", "target", "actual", "out_of")
_HUNDREDTHS: Final = ("attainment", "score", "total")
_COLUMNS: Final = (
    *("period", "employee", "role", "kpi", "weight", "effective_weight", "target", "actual", "attainment", "score"),
    *("points", "status", "total", "grade", "coefficient"),
)
MORE: Final = ("veto", "section", "out_of")
"""The columns that stand behind the others where the rules of the cards use what they say."""
USED: Final = """
SELECT COUNT(veto_rank) > 0 AS veto, COUNT(section_id) > 0 AS section,
    COALESCE(BOOL_OR(full_marks <> 100000000), FALSE) AS out_of
FROM kpi WHERE role IN (SELECT role FROM card)
"""
"""Which of them are used."""
_KINDS: Final = {
    **dict.fromkeys((*_COLUMNS, *MORE), "STRING"),
    **dict.fromkeys(_MILLIONTHS, "DECIMAL(18, 6)"),
    **dict.fromkeys(_HUNDREDTHS, "DECIMAL(18, 2)"),
    "points": "DECIMAL(18, 4)",
    "coefficient": "DECIMAL(18, 6)",
}

# Written from whole numbers digit by digit: decimals and patterns are many times slower.
_PLAIN: Final = """
    IF({0} < 0, '-', '') || CAST(abs({0}) div 1000000 AS STRING)
    || IF({0} % 1000000 = 0, '', '.' || trim(TRAILING '0' FROM lpad(CAST(abs({0}) % 1000000 AS STRING), 6, '0')))
    AS {0}"""
_TWO_PLACES: Final = """
    IF({0} < 0, '-', '') || CAST(abs({0}) div 100 AS STRING) || '.' || lpad(CAST(abs({0}) % 100 AS STRING), 2, '0')
    AS {0}"""
_FOUR_PLACES: Final = """
    IF({0} < 0, '-', '') || CAST(abs({0}) div 10000 AS STRING) || '.' || lpad(CAST(abs({0}) % 10000 AS STRING), 4, '0')
    AS {0}"""
_TYPED: Final = {
    **dict.fromkeys(_MILLIONTHS, "CAST(CAST({0} AS DECIMAL(19, 0)) * 0.000001BD AS {1}) AS {0}"),
    **dict.fromkeys(_HUNDREDTHS, "CAST(CAST({0} AS DECIMAL(18, 0)) * 0.01BD AS {1}) AS {0}"),
    "points": "CAST(CAST({0} AS DECIMAL(18, 0)) * 0.0001BD AS {1}) AS {0}",
    "coefficient": "CAST({0} AS {1}) AS {0}",
}
_TEXTS: Final = {
    **dict.fromkeys(_MILLIONTHS, _PLAIN),
    **dict.fromkeys(_HUNDREDTHS, _TWO_PLACES),
    "points": _FOUR_PLACES,
}


def typed(scored: DataFrame, more: Sequence[str]) -> DataFrame:
    """Return the rows with exact decimals; `more` are the columns behind the others."""
    return scored.selectExpr(*(_TYPED.get(name, "{0}").format(name, _KINDS[name]) for name in (*_COLUMNS, *more)))


def texts(scored: DataFrame, more: Sequence[str]) -> DataFrame:
    """Return the rows as texts, to the letter those of `--format csv`."""
    return scored.selectExpr(*(_TEXTS.get(name, "{0}").format(name) for name in (*_COLUMNS, *more)))


def none_scored(spark: SparkSession) -> DataFrame:
    """Return no rows, where nothing could be read."""
    kinds = {name: "BIGINT" if name in _TEXTS else "STRING" for name in (*_COLUMNS, *MORE)}
    columns = ", ".join(f"CAST(NULL AS {kind}) AS {name}" for name, kind in kinds.items())
    return spark.sql(f"SELECT {columns} WHERE FALSE")


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
