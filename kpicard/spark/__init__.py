"""Scoring on Apache Spark: the same rules, the same arithmetic and the same problems, for tables of any size.

    from kpicard.spark import score

    result = score(rules, spark.table("actuals"), spark=spark, missing="refuse")
    result.frame.write.parquet("scores.parquet")

The input is a tidy table, as `kpicard tidy` makes it of any file. Names and teams are passed over, and so are slips of
the unit. Needs the extra: `pip install "kpicard[spark]"`, and Java 17 or newer where Spark runs.
"""

from kpicard.spark.scorecards import SparkScorecards, score

__all__ = ["SparkScorecards", "score"]
