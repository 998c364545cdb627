"""The rules as the engine's tables: roles and KPIs by number, curves as segments, grades as ranges of totals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from kpicard.engine.database import Database, create, quote
from kpicard.numbers import LIMIT, to_millionths
from kpicard.rules.models import Grade
from kpicard.rules.numbered import Numbered

HIGHEST_TOTAL = LIMIT
"""Above every total, in hundredths."""

SCALE = 0
"""The number of the one department's grade scale. Joined on it, a total finds its grade in a hash table; by bounds
alone, a million rows would be sorted."""


def create_rules(database: Database, numbered: Numbered) -> None:
    """Create the tables `role`, `kpi`, `segment` and `grade`.

    Their words are enumerations, so that a million rows that repeat them stay small.
    """
    _create_type(database, "role_id", (role.id for role in numbered.roles))
    _create_type(database, "kpi_id", (kpi.id for _, _, kpi in numbered.kpis))
    _create_type(database, "grade_name", (grade.grade for grade in _scale(numbered)))
    _create_type(database, "coefficient", (f"{grade.coefficient:f}" for grade in _scale(numbered)))
    create(
        database,
        "role",
        {"role": "SMALLINT", "id": "role_id", "all_kpis": "BIGINT"},
        [(number, role.id, (1 << len(role.kpis)) - 1) for number, role in enumerate(numbered.roles)],
    )
    curves = [numbered.rules.curve(kpi) for _, _, kpi in numbered.kpis]
    create(
        database,
        "kpi",
        {
            "kpi": "INTEGER",
            "role": "SMALLINT",
            "position": "SMALLINT",
            "id": "kpi_id",
            "weight": "BIGINT",
            "target": "BIGINT",
            "better": "VARCHAR",
            "axis": "VARCHAR",
            "scale": "SMALLINT",
        },
        [
            (
                number,
                role,
                position,
                kpi.id,
                to_millionths(kpi.weight),
                _millionths(kpi.target),
                kpi.better,
                curve.axis,
                SCALE,
            )
            for number, ((role, position, kpi), curve) in enumerate(zip(numbered.kpis, curves, strict=True))
        ],
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
            for number, curve in enumerate(curves)
            for piece in curve.segments
        ],
    )
    create(
        database,
        "grade",
        {"scale": "SMALLINT", "grade": "grade_name", "coefficient": "coefficient", "first": "BIGINT", "last": "BIGINT"},
        _grades(_scale(numbered)),
    )


def _scale(numbered: Numbered) -> tuple[Grade, ...]:
    return numbered.rules.department.grades if numbered.rules.department else ()


def _create_type(database: Database, name: str, words: Iterable[str]) -> None:
    unique = dict.fromkeys(words)
    quoted = ", ".join(quote(word) for word in unique) or "''"
    database.execute(f"CREATE TYPE {name} AS ENUM ({quoted})")


def _grades(grades: Sequence[Grade]) -> list[tuple[int, str, str, int, int]]:
    """Return each grade with the totals that it takes, in hundredths; the last one takes all that is left below."""
    rows: list[tuple[int, str, str, int, int]] = []
    last = HIGHEST_TOTAL
    for index, grade in enumerate(grades):
        lowest = index == len(grades) - 1
        # A bound with more than two decimals lies between two totals: the higher of them is the first in the band.
        first = -HIGHEST_TOTAL if lowest else -(-to_millionths(grade.from_) // 10_000)
        rows.append((SCALE, grade.grade, f"{grade.coefficient:f}", first, last))
        last = first - 1
    return rows


def _millionths(value: Decimal | None) -> int | None:
    return None if value is None else to_millionths(value)
