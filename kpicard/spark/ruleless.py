"""How many cards no rules score, by `kpicard.actuals.selection`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpicard.actuals.readers import Vocabulary
from kpicard.actuals.selection import Selection, may_lack_rules, without_rules
from kpicard.spark.sql import run, small

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_LACKING: Final = """
SELECT period, employee, said.role_text AS text FROM {reading}
WHERE card IS NULL AND role IS NULL AND period IS NOT NULL AND employee IS NOT NULL AND said.role_text IS NOT NULL
"""
_TEXTS: Final = f"SELECT DISTINCT text, period FROM ({_LACKING})"
_COUNT: Final = f"""
SELECT COUNT(DISTINCT l.period, l.employee, m.role)
FROM ({_LACKING}) AS l JOIN {{role}} AS m ON m.text = l.text AND m.period = l.period
"""


def count_ruleless(spark: SparkSession, reading: DataFrame, vocabulary: Vocabulary, selection: Selection) -> int:
    """Return for how many cards there are no rules, where it is clear which cards these are."""
    if not may_lack_rules(vocabulary):
        return 0
    texts = [(text, period) for text, period in run(spark, _TEXTS, reading=reading).collect()]
    found = list(without_rules(texts, vocabulary, selection))
    if not found:
        return 0
    role = small(spark, dict.fromkeys(("text", "period", "role"), "STRING"), found)
    ((count,),) = run(spark, _COUNT, reading=reading, role=role).collect()
    return int(count)
