"""The one SQL text that scores, on Spark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kpicard.engines.dialects import SPARK, SPARK_NARROW
from kpicard.models.run import scoring_sql
from kpicard.rules.rule_index import Numbered
from kpicard.spark.rules_tables import rules_tables
from kpicard.spark.sql import run, small

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

# The figures of the cards that are not withheld, and those that they lack.
_FIGURES: Final = """
SELECT card, figure.*
FROM (
    SELECT
        card,
        explode(concat(
            transform(
                filter(figures, each -> each.given > 0),
                each -> struct(
                    each.kpi AS kpi, IF(each.status = 1, 'scored', 'not_applicable') AS status, each.actual AS actual,
                    each.target AS target, each.actual AS counted
                )
            ),
            transform(
                lacking,
                each -> struct(
                    each.kpi AS kpi, 'not_reported' AS status, CAST(NULL AS BIGINT) AS actual, each.target AS target,
                    CAST(NULL AS BIGINT) AS counted
                )
            )
        )) AS figure
    FROM {card}
    WHERE card IS NOT NULL AND NOT withheld AND beyond = 0
)
"""

_TABLES: Final = re.compile(r"\b(FROM|JOIN) (figure|kpi|segment|grade|scheme)\b")
"""Where the text that scores names a table, and not one of its own steps."""

_RESULT: Final = """
SELECT
    s.card.period AS period, s.card.employee AS employee, r.id AS role, k.id AS kpi,
    k.weight, s.effective_weight, s.target, s.actual, CAST(s.attainment AS BIGINT) AS attainment,
    CASE WHEN k.weight IS NOT NULL THEN s.score END AS score, s.points, s.status, s.total, s.grade, s.coefficient,
    v.grade AS veto
FROM {scored} AS s
JOIN {kpi} AS k ON k.kpi = s.kpi
JOIN {role} AS r ON r.role = k.role
LEFT JOIN {grade} AS v ON v.scale = k.scale AND v.rank = s.veto
"""


def scored(spark: SparkSession, cards: DataFrame, numbered: Numbered, *, zero: bool, is_narrow: bool) -> DataFrame:
    """Return one row per card and KPI of the cards that are not withheld, in the units of the text that scores.

    `is_narrow` says that 64 bits hold whatever comes up.
    """
    tables = rules_tables(spark, numbered, zero=zero)
    text = _TABLES.sub(r"\1 {\2}", scoring_sql(SPARK_NARROW if is_narrow else SPARK))
    result = run(spark, text, figure=run(spark, _FIGURES, card=cards), **tables)
    roles = small(
        spark, {"role": "INT", "id": "STRING"}, [(number, role.id) for number, role in enumerate(numbered.roles)]
    )
    return run(spark, _RESULT, scored=result, role=roles, kpi=tables["kpi"], grade=tables["grade"])
