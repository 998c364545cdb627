"""The rows of a result, one per card and KPI: with the types of a database, or with the texts of `--format csv`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpicard.spark.sql import run

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_MILLIONTHS: Final = ("weight", "effective_weight", "target", "actual")
_HUNDREDTHS: Final = ("attainment", "score", "total")
_COLUMNS: Final = (
    *("period", "employee", "role", "kpi", "weight", "effective_weight", "target", "actual", "attainment", "score"),
    *("points", "status", "total", "grade", "coefficient", "veto"),
)
_KINDS: Final = {
    **dict.fromkeys(_COLUMNS, "STRING"),
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


def typed(scored: DataFrame, *, has_vetoes: bool) -> DataFrame:
    """Return the rows with exact decimals; where rules have vetoes, with the best grade that the row's veto leaves."""
    shown = _shown(has_vetoes=has_vetoes)
    return scored.selectExpr(*(_TYPED.get(name, "{0}").format(name, _KINDS[name]) for name in shown))


def texts(scored: DataFrame, *, has_vetoes: bool) -> DataFrame:
    """Return the rows as texts, to the letter those of `--format csv`."""
    return scored.selectExpr(*(_TEXTS.get(name, "{0}").format(name) for name in _shown(has_vetoes=has_vetoes)))


def none_scored(spark: SparkSession) -> DataFrame:
    """Return no rows, where nothing could be read."""
    columns = ", ".join(f"CAST(NULL AS {'BIGINT' if name in _TEXTS else 'STRING'}) AS {name}" for name in _COLUMNS)
    return run(spark, f"SELECT {columns} WHERE FALSE")


def _shown(*, has_vetoes: bool) -> tuple[str, ...]:
    return _COLUMNS if has_vetoes else _COLUMNS[:-1]
