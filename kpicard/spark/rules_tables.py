"""The rules as small tables of Spark: those of `kpicard.engines.rule_tables`, and what the cells are joined with."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Final

from kpicard.actuals.readers import Vocabulary
from kpicard.engines.dialects import SPARK
from kpicard.engines.rule_tables import KPI_COLUMNS, SEGMENT_COLUMNS, grade_rows, kpi_rows, segment_rows
from kpicard.numbers import LIMIT, to_millionths
from kpicard.rules.models import Kpi
from kpicard.rules.rule_index import Numbered
from kpicard.spark.sql import Value, small

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_ITEM: Final = {
    "role": "INT",
    "text": "STRING",
    "kpi": "INT",
    "weighted": "BOOLEAN",
    "better": "STRING",
    "own_target": "BIGINT",
    "needs_positive": "BOOLEAN",
    "lowest": "BIGINT",
    "highest": "BIGINT",
    "range_from": "BIGINT",
    "range_upto": "BIGINT",
    "factor": "INT",
}


def items(spark: SparkSession, kpis: Collection[tuple[int, str, int]], numbered: Numbered) -> DataFrame:
    """Return what a role's cell in place of a KPI means: the item's number, and all that its figures are read by."""
    readers = Vocabulary(numbered).readers
    in_kpi = list(kpi_rows(numbered))
    rows: list[tuple[Value, ...]] = []
    for role, text, number in sorted(kpis):
        item = numbered.items[number][2]
        curve = numbered.curves[number]
        on_actual = curve.axis == "actual"
        rows.append(
            (
                role,
                text,
                number,
                isinstance(item, Kpi),
                item.better if isinstance(item, Kpi) else None,
                None if item.target is None else to_millionths(item.target),
                not on_actual,
                curve.segments[0].first if on_actual else -LIMIT,
                curve.segments[-1].last if on_actual else LIMIT,
                in_kpi[number].range_from,
                in_kpi[number].range_upto,
                readers[number].ratio_factor,
            )
        )
    return small(spark, _ITEM, rows)


def rules_tables(spark: SparkSession, numbered: Numbered, *, zero: bool) -> dict[str, DataFrame]:
    """Return the tables that the scoring reads beside the figures, by the names that it has for them."""
    return {
        "kpi": small(spark, _KPI, list(kpi_rows(numbered))),
        "segment": small(spark, _SEGMENT, list(segment_rows(numbered))),
        "grade": small(spark, _GRADE, list(grade_rows(numbered))),
        "scheme": small(spark, {"zero": "BOOLEAN"}, [(zero,)]),
    }


def roles_items(spark: SparkSession, numbered: Numbered) -> DataFrame:
    """Return the items of each role, and whether a card needs them: not the adjustments."""
    rows: list[tuple[Any, ...]] = [(number, []) for number in range(len(numbered.editions))]
    for number, (role, _, item) in enumerate(numbered.items):
        rows[role][1].append((number, isinstance(item, Kpi)))
    return small(spark, {"role": "INT", "items": "ARRAY<STRUCT<kpi: INT, needed: BOOLEAN>>"}, rows)


_KPI: Final = {name: SPARK.of(kind) for name, kind in KPI_COLUMNS.items()}
_SEGMENT: Final = {name: SPARK.of(kind) for name, kind in SEGMENT_COLUMNS.items()}
_GRADE: Final = {
    "scale": "INT",
    "rank": "INT",
    "grade": "STRING",
    "coefficient": "STRING",
    "first": "BIGINT",
    "last": "BIGINT",
}
