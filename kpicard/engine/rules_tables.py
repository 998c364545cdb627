"""The rules as the engine's tables: roles and KPIs by number, curves as segments, grades as ranges of totals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from kpicard.engine.database import Database, Value, create, quote
from kpicard.numbers import LIMIT, to_millionths
from kpicard.rules.models import Grade, Kpi
from kpicard.rules.numbered import Numbered

HIGHEST_TOTAL = LIMIT
"""Above every total, in hundredths."""


def create_rules(database: Database, numbered: Numbered) -> None:
    """Create the tables `role`, `kpi`, `segment` and `grade`.

    Each edition of a role is a role of its own here, and each adjustment a KPI without a weight. A department's grades
    are a scale: joined on its number, a total finds its grade in a hash table; by bounds alone, a million rows would be
    sorted. Words are enumerations, so that a million rows that repeat them stay small.
    """
    scales = [department.grades for department in numbered.departments]
    _create_type(database, "role_id", (role.id for role in numbered.roles))
    _create_type(database, "kpi_id", (item.id for _, _, item in numbered.items))
    _create_type(database, "grade_name", (grade.grade for grades in scales for grade in grades))
    _create_type(database, "coefficient", (f"{grade.coefficient:f}" for grades in scales for grade in grades))
    create(
        database,
        "role",
        {"role": "SMALLINT", "id": "role_id", "all_items": "BIGINT"},
        [(number, each.role.id, (1 << len(each.items)) - 1) for number, each in enumerate(numbered.editions)],
    )
    create(
        database,
        "kpi",
        {
            "kpi": "INTEGER",
            "role": "SMALLINT",
            "position": "SMALLINT",
            "id": "kpi_id",
            "axis": "VARCHAR",
            "scale": "SMALLINT",
            "weight": "BIGINT",
            "target": "BIGINT",
            "better": "VARCHAR",
            "veto_below": "BIGINT",
            "veto_rank": "SMALLINT",
        },
        list(_items(numbered)),
    )
    create(
        database,
        "segment",
        {
            "kpi": "INTEGER",
            "first": "BIGINT",
            "last": "BIGINT",
            "intercept": "HUGEINT",
            "slope": "HUGEINT",
            "divisor": "HUGEINT",
        },
        [
            (number, piece.first, piece.last, piece.intercept, piece.slope, piece.divisor)
            for number, curve in enumerate(numbered.curves)
            for piece in curve.segments
        ],
    )
    create(
        database,
        "grade",
        {
            "scale": "SMALLINT",
            "rank": "SMALLINT",
            "grade": "grade_name",
            "coefficient": "coefficient",
            "first": "BIGINT",
            "last": "BIGINT",
        },
        [(scale, *row) for scale, grades in enumerate(scales) for row in _grades(grades)],
    )


def _items(numbered: Numbered) -> Iterator[tuple[Value, ...]]:
    """Yield the rows of `kpi`; an adjustment has neither weight nor target, direction and veto."""
    for number, ((role, position, item), curve) in enumerate(zip(numbered.items, numbered.curves, strict=True)):
        scale = numbered.scales[role]
        row = (number, role, position, item.id, curve.axis, scale)
        if isinstance(item, Kpi):
            target = None if item.target is None else to_millionths(item.target)
            veto = _veto(item, numbered.departments[scale].grades)
            yield (*row, to_millionths(item.weight), target, item.better, *veto)
        else:
            yield (*row, None, None, None, None, None)


def _veto(kpi: Kpi, grades: Sequence[Grade]) -> tuple[int | None, int | None]:
    """Return below which score, in hundredths, a KPI vetoes, and the rank of the best grade then; both None without."""
    if kpi.veto is None:
        return None, None
    rank = next(rank for rank, grade in enumerate(grades) if grade.grade == kpi.veto.grade_at_most)
    return _up_to_hundredths(kpi.veto.score_below), rank


def _create_type(database: Database, name: str, words: Iterable[str]) -> None:
    unique = dict.fromkeys(words)
    quoted = ", ".join(quote(word) for word in unique) or "''"
    database.execute(f"CREATE TYPE {name} AS ENUM ({quoted})")


def _grades(grades: Sequence[Grade]) -> list[tuple[int, str, str, int, int]]:
    """Return each grade with its rank and the totals that it takes, in hundredths; the last one takes all below too."""
    rows: list[tuple[int, str, str, int, int]] = []
    last = HIGHEST_TOTAL
    for rank, grade in enumerate(grades):
        lowest = rank == len(grades) - 1
        first = -HIGHEST_TOTAL if lowest else _up_to_hundredths(grade.from_)
        rows.append((rank, grade.grade, f"{grade.coefficient:f}", first, last))
        last = first - 1
    return rows


def _up_to_hundredths(bound: Decimal) -> int:
    """Return a bound in hundredths; where it lies between two of them, the higher, since nothing else lies between."""
    return -(-to_millionths(bound) // 10_000)
