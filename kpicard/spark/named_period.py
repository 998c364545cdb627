"""Inputs whose name speaks of another month than their rows: a copy of last month's, perhaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from kpicard.problems import Problem
from kpicard.spark.inputs import Input
from kpicard.spark.meanings import period_of_name
from kpicard.spark.places import Place, path_of
from kpicard.spark.sql import run

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_PERIODS: Final = """
SELECT src, file, coalesce(card.period, period) AS period
FROM {reading}
WHERE card IS NOT NULL OR period IS NOT NULL
GROUP BY ALL
"""


def other_periods(spark: SparkSession, reading: DataFrame, inputs: Sequence[Input]) -> Iterator[Problem]:
    """Yield each input, or file of one, none of whose rows is of the month that it is named after."""
    dated = [number for number, each in enumerate(inputs) if "period" in each.layout.columns]
    if not any(inputs[number].has_files or period_of_name(inputs[number].table.name) for number in dated):
        return
    periods: dict[tuple[int, str | None], set[str]] = defaultdict(set)
    for src, file, period in run(spark, _PERIODS, reading=reading).collect():
        periods[src, file].add(period)
    for (src, file), found in periods.items():
        path = path_of(inputs, src, file)
        named = period_of_name(path)
        if src in dated and named and named not in found:
            yield Place(path).problem("other-period", {"named": named, "period": min(found)})
