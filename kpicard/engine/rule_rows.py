"""The rules as rows of the engine's tables: roles and KPIs by number, curves as segments, grades as ranges of totals.

Each edition of a role is a role of its own here, and each adjustment a KPI without a weight. A department's grades are
a scale.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Final, NamedTuple

from kpicard.numbers import LIMIT, to_millionths
from kpicard.rules.models import Grade, Kpi
from kpicard.rules.numbered import Numbered

HIGHEST_TOTAL: Final = LIMIT
"""Above every total, in hundredths."""


class KpiRow(NamedTuple):
    """A KPI or an adjustment; the latter has neither weight nor target, direction and veto, and counts from 0 on.

    The flag is a power of two, another for each item of a role, so that a sum of flags is a set of items.
    Weight, target and range in millionths; the score below which it vetoes in hundredths, and the rank of the best
    grade then.
    """

    kpi: int
    role: int
    flag: int
    id: str
    axis: str
    scale: int
    weight: int | None = None
    target: int | None = None
    better: str | None = None
    veto_below: int | None = None
    veto_rank: int | None = None
    range_from: int | None = 0
    range_upto: int | None = None


class SegmentRow(NamedTuple):
    """A straight piece of a KPI's curve: see `kpicard.rules.curve.Segment`."""

    kpi: int
    first: int
    last: int
    intercept: int
    slope: int
    divisor: int


SEGMENT_COLUMNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "kpi": "INTEGER",
        "first": "BIGINT",
        "last": "BIGINT",
        "intercept": "HUGEINT",
        "slope": "HUGEINT",
        "divisor": "HUGEINT",
    }
)
"""The columns of a segment with their types in SQL."""


class GradeRow(NamedTuple):
    """A grade of a scale, the best of which has rank 0, and the totals that it takes, in hundredths, both included."""

    scale: int
    rank: int
    grade: str
    coefficient: str
    first: int
    last: int


def kpi_rows(numbered: Numbered) -> Iterator[KpiRow]:
    """Yield the KPIs and adjustments, by number."""
    for number, ((role, position, item), curve) in enumerate(zip(numbered.items, numbered.curves, strict=True)):
        scale = numbered.scales[role]
        row = KpiRow(number, role, 1 << position, item.id, curve.axis, scale)
        if isinstance(item, Kpi):
            below, rank = _veto(item, numbered.departments[scale].grades)
            lowest, highest = (None if bound is None else to_millionths(bound) for bound in item.bounds)
            row = row._replace(
                weight=to_millionths(item.weight),
                target=None if item.target is None else to_millionths(item.target),
                better=item.better,
                veto_below=below,
                veto_rank=rank,
                range_from=lowest,
                range_upto=highest,
            )
        yield row


def segment_rows(numbered: Numbered) -> Iterator[SegmentRow]:
    """Yield the pieces of all curves."""
    for number, curve in enumerate(numbered.curves):
        for piece in curve.segments:
            yield SegmentRow(number, piece.first, piece.last, piece.intercept, piece.slope, piece.divisor)


def grade_rows(numbered: Numbered) -> Iterator[GradeRow]:
    """Yield the grades of all scales; the last one of each takes all totals below too."""
    for scale, department in enumerate(numbered.departments):
        last = HIGHEST_TOTAL
        for rank, grade in enumerate(department.grades):
            lowest = rank == len(department.grades) - 1
            first = -HIGHEST_TOTAL if lowest else _up_to_hundredths(grade.from_)
            yield GradeRow(scale, rank, grade.grade, f"{grade.coefficient:f}", first, last)
            last = first - 1


def _veto(kpi: Kpi, grades: Sequence[Grade]) -> tuple[int | None, int | None]:
    """Return below which score a KPI vetoes, and the rank of the best grade then; both None without."""
    if kpi.veto is None:
        return None, None
    rank = next(rank for rank, grade in enumerate(grades) if grade.grade == kpi.veto.grade_at_most)
    return _up_to_hundredths(kpi.veto.score_below), rank


def _up_to_hundredths(bound: Decimal) -> int:
    """Return a bound in hundredths; where it lies between two of them, the higher, since nothing else lies between."""
    return -(-to_millionths(bound) // 10_000)
