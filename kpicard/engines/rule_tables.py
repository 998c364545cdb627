"""The rules as the engine's tables: roles and KPIs by number, curves as segments, grades as ranges of totals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from kpicard.numbers import LIMIT, MILLION, to_millionths
from kpicard.rules.models import FULL, Department, Grade, Kpi, Role
from kpicard.rules.rule_index import Numbered

if TYPE_CHECKING:
    from kpicard.engines.duckdb import Database

HIGHEST_TOTAL: Final = LIMIT
"""Above every total, in hundredths."""


class KpiRow(NamedTuple):
    """A KPI or an adjustment; the latter has neither weight nor target, direction and veto, and counts from 0 on.

    The flag is a power of two, another for each item of a role, so that a sum of flags is a set of items.
    Weight, share, target, range and full marks in millionths; the score below which it vetoes in hundredths, and the
    rank of the best grade then. The weight is a part of its section's; without sections, that is 100 and of number 0.
    The share is the percent of the total where all KPIs count.
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
    lowest: int = -LIMIT
    """From where to where its curve reaches, in millionths of the actual; an attainment's has no such end."""
    highest: int = LIMIT
    full_marks: int = to_millionths(FULL)
    section: int = 0
    section_weight: int = to_millionths(FULL)
    share: int | None = None
    section_id: str | None = None
    not_applicable: str | None = None
    """What N/A takes here: `with-reason` or `never`; NULL where it takes nothing."""
    veto_from: int | None = None
    """The count from which on an adjustment vetoes, in millionths."""
    left_out_most: int = to_millionths(FULL)
    """The most of the weight that may be not applicable on a card with a grade."""


KPI_COLUMNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "kpi": "INTEGER",
        "role": "SMALLINT",
        "flag": "BIGINT",
        "id": "VARCHAR",
        "axis": "VARCHAR",
        "scale": "SMALLINT",
        "weight": "BIGINT",
        "target": "BIGINT",
        "better": "VARCHAR",
        "veto_below": "BIGINT",
        "veto_rank": "SMALLINT",
        "range_from": "BIGINT",
        "range_upto": "BIGINT",
        "lowest": "BIGINT",
        "highest": "BIGINT",
        "full_marks": "BIGINT",
        "section": "SMALLINT",
        "section_weight": "BIGINT",
        "share": "BIGINT",
        "section_id": "VARCHAR",
        "not_applicable": "VARCHAR",
        "veto_from": "BIGINT",
        "left_out_most": "BIGINT",
    }
)
"""The columns of a KPI with their types in SQL."""


class SegmentRow(NamedTuple):
    """A straight piece of a KPI's curve: see `kpicard.rules.scoring.curve.Segment`."""

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

ROLE_COLUMNS: Final[Mapping[str, str]] = MappingProxyType({"role": "SMALLINT", "id": "VARCHAR", "all_items": "BIGINT"})
GRADE_COLUMNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "scale": "SMALLINT",
        "rank": "SMALLINT",
        "grade": "VARCHAR",
        "coefficient": "VARCHAR",
        "first": "BIGINT",
        "last": "BIGINT",
    }
)
"""The columns of the other tables of the rules, likewise."""


class GradeRow(NamedTuple):
    """A grade of a scale, the best of which has rank 0, and the totals that it takes, in hundredths, both included."""

    scale: int
    rank: int
    grade: str
    coefficient: str
    first: int
    last: int


def role_rows(numbered: Numbered) -> Iterator[tuple[int, str, int]]:
    """Yield the roles by number, each with its id and the sum of the flags of all its items."""
    for number, each in enumerate(numbered.editions):
        yield number, each.role.id, (1 << len(each.items)) - 1


def kpi_rows(numbered: Numbered) -> Iterator[KpiRow]:
    """Yield the KPIs and adjustments, by number."""
    for number, ((role, position, item), curve) in enumerate(zip(numbered.items, numbered.curves, strict=True)):
        scale = numbered.scales[role]
        row = KpiRow(number, role, 1 << position, item.id, curve.axis, scale)
        if curve.axis == "actual":
            row = row._replace(lowest=curve.segments[0].first, highest=curve.segments[-1].last)
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
                full_marks=to_millionths(item.full),
                section=_section(numbered.editions[role].role, item),
                section_weight=to_millionths(numbered.editions[role].role.section_weight(item)),
                section_id=item.section,
                not_applicable=_not_applicable(item, numbered.departments[scale]),
                left_out_most=to_millionths(numbered.departments[scale].left_out_at_most),
                share=to_millionths(numbered.editions[role].role.share(item)),
            )
        elif item.veto is not None:
            rank = _rank(item.veto.grade_at_most, numbered.departments[scale].grades)
            row = row._replace(veto_from=to_millionths(item.veto.from_), veto_rank=rank)
        yield row


def _section(role: Role, kpi: Kpi) -> int:
    """Return the number of the section that a KPI's weight is a part of, from 1; 0 where it is one of the total."""
    if role.weights != "in-section":
        return 0
    return next((number for number, each in enumerate(role.sections, start=1) if each.id == kpi.section), 0)


def _not_applicable(kpi: Kpi, department: Department) -> str | None:
    said = kpi.not_applicable or department.not_applicable
    return None if said == "allowed" else said


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


def _rank(name: str, grades: Sequence[Grade]) -> int:
    return next(rank for rank, grade in enumerate(grades) if grade.grade == name)


def _veto(kpi: Kpi, grades: Sequence[Grade]) -> tuple[int | None, int | None]:
    """Return below which score a KPI vetoes, and the rank of the best grade then; both None without."""
    if kpi.veto is None:
        return None, None
    rank = _rank(kpi.veto.grade_at_most, grades)
    # millionths of a percent times millionths of a mark
    return -(-to_millionths(kpi.veto.score_below) * to_millionths(kpi.full) // (100 * MILLION * 10_000)), rank


def _up_to_hundredths(bound: Decimal) -> int:
    """Return a bound in hundredths; where it lies between two of them, the higher, since nothing else lies between."""
    return -(-to_millionths(bound) // 10_000)


def create_rules(database: Database, numbered: Numbered) -> None:
    """Create the tables `role`, `kpi`, `segment` and `grade`.

    Joined on the number of its scale, a total finds its grade in a hash table; by bounds alone, a million rows would be
    sorted. Words are enumerations, so that a million rows that repeat them stay small.
    """
    from kpicard.engines.duckdb import create  # the script for a database of one's own does without the engine

    scales = [department.grades for department in numbered.departments]
    _create_type(database, "role_id", (role.id for role in numbered.roles))
    _create_type(database, "kpi_id", (item.id for _, _, item in numbered.items))
    _create_type(database, "grade_name", (grade.grade for grades in scales for grade in grades))
    _create_type(database, "coefficient", (f"{grade.coefficient:f}" for grades in scales for grade in grades))
    create(database, "role", {**ROLE_COLUMNS, "id": "role_id"}, list(role_rows(numbered)))
    create(database, "kpi", {**KPI_COLUMNS, "id": "kpi_id"}, list(kpi_rows(numbered)))
    create(database, "segment", SEGMENT_COLUMNS, list(segment_rows(numbered)))
    create(
        database,
        "grade",
        {**GRADE_COLUMNS, "grade": "grade_name", "coefficient": "coefficient"},
        list(grade_rows(numbered)),
    )


def _create_type(database: Database, name: str, words: Iterable[str]) -> None:
    from kpicard.engines.duckdb import quote

    unique = dict.fromkeys(words)
    quoted = ", ".join(quote(word) for word in unique) or "''"
    database.execute(f"CREATE TEMP TYPE {name} AS ENUM ({quoted})")
