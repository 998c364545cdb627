"""Whether 64 bits hold all that scoring comes to: then it is many times faster than with decimals.

Decided from the range of each KPI's figures before anything is scored, so that nothing can overflow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from kpicard.numbers import to_millionths
from kpicard.rules.models import Kpi
from kpicard.rules.rule_index import Item, Numbered
from kpicard.rules.scoring.curve import Curve, Segment
from kpicard.spark.sql import run

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_MOST: Final = 2**63 - 1
_FULL: Final = 10**8
"""The highest weight, in millionths."""

_RANGES: Final = """
SELECT
    kpi, max(abs(actual)) AS furthest, max(abs(target)) AS highest, min(CASE WHEN target > 0 THEN target END) AS lowest
FROM {reading}
WHERE kpi IS NOT NULL
GROUP BY kpi
"""


class Range(NamedTuple):
    """How far a KPI's figures reach, in millionths: actuals, rows' own targets, and the lowest of those above 0."""

    furthest: int
    highest: int
    lowest: int | None


def ranges(spark: SparkSession, reading: DataFrame) -> Mapping[int, Range]:
    """Return the range of each KPI that has figures, by its number."""
    rows = run(spark, _RANGES, reading=reading).collect()
    return {kpi: Range(furthest or 0, highest or 0, lowest) for kpi, furthest, highest, lowest in rows}


def fits_64_bits(numbered: Numbered, found: Mapping[int, Range]) -> bool:
    """Return whether no step of the arithmetic leaves 64 bits, whatever the figures within the ranges are."""
    if any(max(abs(each.intercept), abs(each.slope), each.divisor) > _MOST for each in _segments(numbered)):
        return False
    return all(_fits(numbered.items[kpi][2], numbered.curves[kpi], each) for kpi, each in found.items())


def _segments(numbered: Numbered) -> Iterator[Segment]:
    return (each for curve in numbered.curves for each in curve.segments)


def _fits(item: Item, curve: Curve, found: Range) -> bool:
    """Follow the steps of the arithmetic with the largest values that each can have."""
    x = found.furthest
    own = to_millionths(item.target) if isinstance(item, Kpi) and item.target is not None else 0
    goals = [goal for goal in (own, found.lowest) if goal and goal > 0]
    if goals and isinstance(item, Kpi) and item.better != "within":
        twice = 20_000 * found.furthest + max(own, found.highest)
        attainment = twice // (2 * min(goals)) + 1 + 20_000
        if max(twice, 2 * max(own, found.highest), 10_000 * attainment) > _MOST:
            return False
        x = 10_000 * attainment if curve.axis == "attainment" else x
    if curve.axis == "gap":
        x += max(abs(own), found.highest)
    for each in curve.segments:
        if each.first <= x and each.last >= -x:
            inside = max(abs(max(each.first, -x)), abs(min(each.last, x)))
            numerator = abs(each.intercept) + abs(each.slope) * inside
            score = numerator // each.divisor + 1
            # the points of an adjustment are in hundredths of its scores
            highest = numerator if isinstance(item, Kpi) else 100 * numerator
            if max(2 * highest + each.divisor, (2 * score + 1) * _FULL) > _MOST:
                return False
    return True
