"""Figures that look like a slip of the unit: a hundred, a thousand or sixty times off their target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final, NamedTuple

from kpicard.actuals.findings import Cell, Fault, faults_of, table_of
from kpicard.actuals.load import LoadedTable
from kpicard.actuals.readers import Vocabulary
from kpicard.engines.duckdb import Database, create_empty
from kpicard.numbers import MILLION, from_millionths, round2
from kpicard.problems import Value
from kpicard.rules.models import DEFAULT_CAP, Kpi
from kpicard.text import Both
from kpicard.units import Unit

_FACTORS: Final[Mapping[str, tuple[int, ...]]] = {
    "percent": (100, 10_000),  # 0.125 for 12.5 %, or that twice
    "money": (100, 1000, 10_000, 100_000_000),  # 分, 千, 万, 亿
    "score": (20, 10, 100),  # out of 5, 10 or 100
    "other": (1000, 10_000, 100_000_000),
}
"""By how much a figure in another unit is off, by the kind of the KPI's unit; of two that fit, the first."""

_TIMES: Final = (Fraction(1, 1000), Fraction(1), Fraction(60), Fraction(3600), Fraction(86_400))
"""The units of time, in seconds: a figure in a smaller one than the KPI's is too large."""

_NEAR: Final = 1.5
"""How far from its target a figure may be, either way, and still be what was meant."""

_USUAL: Final = 5
"""A figure within this many times its target, either way, is usual; what is meant may be like the others' ones."""

_CLEAR: Final = 3
"""How many times from its target, or from a slip, a figure must be to stand between the two."""

_SHARE: Final = 5
"""Where one in so many of a column's figures lies clearly between a slip and the target, such figures are usual."""

_FEW: Final = 2
"""So few figures between make none usual."""

# A figure as a part of its target, and a row's own target as one of the KPI's. These are no figures of a card, so that
# binary fractions serve.
_OF_TARGET: Final = """
SELECT r.card, r.row, r.col, r.kpi, r.actual AS value, COALESCE(r.target, k.target) AS goal, value / goal AS part,
    k.range_from, k.range_upto
FROM tidy AS r
JOIN kpi AS k ON k.kpi = r.kpi
WHERE r.status = 'scored' AND r.card IS NOT NULL AND value > 0 AND goal > 0
    AND value BETWEEN COALESCE(k.range_from, value) AND COALESCE(k.range_upto, value)
"""
_TARGETS: Final = """
SELECT r.card, r.row, r.col, r.kpi, r.target AS value, k.target AS goal, value / goal AS part,
    k.range_from, k.range_upto
FROM tidy AS r
JOIN kpi AS k ON k.kpi = r.kpi
WHERE r.status = 'scored' AND r.card IS NOT NULL AND value > 0 AND goal > 0 AND value <> goal
"""

_EDGES: Final = """
SELECT
    kpi, COUNT(*), MIN(part), MAX(part),
    MIN(part) FILTER (part >= 1 / {usual} AND part <= {usual}),
    MAX(part) FILTER (part >= 1 / {usual} AND part <= {usual})
FROM ({parts})
GROUP BY kpi
"""

_COUNTS: Final = """
SELECT
    n.number, COUNT(*) FILTER (p.part BETWEEN n.low AND n.high), COUNT(*) FILTER (p.part BETWEEN n.least AND n.most),
    COUNT(*) FILTER (p.part > n.after AND p.part < n.before)
FROM ({parts}) AS p
JOIN (VALUES {slips}) AS n(number, kpi, low, high, least, most, after, before) ON n.kpi = p.kpi
GROUP BY n.number
"""

_CELLS: Final = """
SELECT p.card, p.row, p.col, p.kpi, p.value, p.goal, MIN(n.number) AS number
FROM ({parts}) AS p
JOIN (VALUES {slips}) AS n(number, kpi, low, high, factor) ON n.kpi = p.kpi AND p.part BETWEEN n.low AND n.high
WHERE COALESCE(p.value / n.factor >= p.range_from, TRUE) AND COALESCE(p.value / n.factor <= p.range_upto, TRUE)
GROUP BY ALL
"""


class _Edges(NamedTuple):
    """The figures of a KPI, as parts of their targets: how many there are, and how far they reach."""

    figures: int
    lowest: float
    highest: float
    usual_low: float | None
    usual_high: float | None


class _Slip(NamedTuple):
    """A slip that a KPI's figures may have: by which factor, and between which parts of the target."""

    kpi: int
    factor: Fraction
    low: float
    high: float
    is_of_column: bool = False
    """Whether most of the column is off by it."""


def create_slips(database: Database, vocabulary: Vocabulary, tables: Sequence[LoadedTable]) -> list[Fault]:
    """Create `unit_slip`, the figures that are off their target by a factor between units; return what is said of them.

    Each is judged by itself, where the others of its column are not all the way from the target to it. Where most of a
    column is off by one factor, that is said once. A row's own target is compared with the KPI's in the same way.
    """
    faults = _slips(database, vocabulary, tables, _OF_TARGET, "unit_slip")
    if any("target" in table.layout.columns for table in tables):
        faults += _slips(database, vocabulary, tables, _TARGETS, "target_slip")
    return faults


def _slips(
    database: Database, vocabulary: Vocabulary, tables: Sequence[LoadedTable], parts: str, name: str
) -> list[Fault]:
    edges = {kpi: _Edges(*edge) for kpi, *edge in database.execute(_EDGES.format(parts=parts, usual=_USUAL)).fetchall()}
    possible = [each for kpi, edge in edges.items() for each in _possible(kpi, vocabulary, edge)]
    slips = list(_likely(database, possible, edges, parts)) if possible else []
    if not slips:
        columns = dict.fromkeys(("card", "row", "value", "goal"), "BIGINT")
        create_empty(database, name, {**columns, **dict.fromkeys(("col", "kpi", "number"), "INTEGER")})
        return []
    rows = ", ".join(
        f"({number}, {each.kpi}, {each.low!r}, {each.high!r}, {float(each.factor)!r})"
        for number, each in enumerate(slips)
    )
    database.execute(f"CREATE TEMP TABLE {name} AS {_CELLS.format(parts=parts, slips=rows)}")

    def cell(row: int, col: int) -> Cell:
        columns = table_of(tables, row).layout.columns
        return Cell(row, columns.get("target", col) if name == "target_slip" else col)

    def fault(*found: int) -> Fault:
        row, col, kpi, value, goal, number = found
        values = _values(value, goal, slips[number].factor)
        return Fault(cell(row, col), "unit-slip", {"kpi": vocabulary.numbered.items[kpi][2].name, **values})

    def of_column(*found: int) -> Fault:
        *first, count = found
        one = fault(*first)
        return replace(one, code="column-slip", values={**one.values, "count": count, "all": edges[first[2]].figures})

    whole = ", ".join(str(number) for number, each in enumerate(slips) if each.is_of_column) or "-1"
    single = f"SELECT row, col, kpi, value, goal, number FROM {name} WHERE number NOT IN ({whole})"
    once = f"""
        SELECT DISTINCT ON (kpi, number)
            row, col, kpi, value, goal, number, COUNT(*) OVER (PARTITION BY kpi, number) AS count
        FROM {name} WHERE number IN ({whole}) ORDER BY kpi, number, value, row, col"""
    return [*faults_of(database, single, "row, col", fault), *faults_of(database, once, "row, kpi", of_column)]


def several_slips(database: Database, tables: Sequence[LoadedTable]) -> Iterator[Fault]:
    """Yield the cards that are withheld for several slips."""

    def fault(row: int, period: str, employee: str, count: int) -> Fault:
        values: dict[str, Value] = {"period": period, "employee": employee, "count": count}
        return Fault(Cell(row, table_of(tables, row).layout.columns["employee"]), "several-slips", values)

    yield from faults_of(database, "SELECT row, period, employee, count FROM several_slips", "row", fault)


def _possible(kpi: int, vocabulary: Vocabulary, edges: _Edges) -> Iterator[_Slip]:
    """Yield the slips that a KPI's figures may have: what is meant would be near the target, or like the usual ones."""
    meant_low = min(1 / _NEAR, edges.usual_low or 1 / _NEAR)
    meant_high = max(_NEAR, edges.usual_high or _NEAR)
    item = vocabulary.numbered.items[kpi][2]
    for factor in _factors(item, vocabulary.readers[kpi].unit) if isinstance(item, Kpi) else ():
        low, high = meant_low * float(factor), meant_high * float(factor)
        if factor < 1 and edges.lowest <= high:
            yield _Slip(kpi, factor, low, min(high, 1 / _USUAL))
        elif factor > 1 and edges.highest >= low:
            yield _Slip(kpi, factor, max(low, _USUAL), high)


def _likely(database: Database, possible: Sequence[_Slip], edges: Mapping[int, _Edges], parts: str) -> Iterator[_Slip]:
    """Yield the slips that are none of a column's usual figures, those of most of a column as such."""
    rows = []
    for number, each in enumerate(possible):
        factor = float(each.factor)
        wide = _of_column(each)
        between = (factor * _CLEAR, 1 / _CLEAR) if factor < 1 else (_CLEAR, factor / _CLEAR)
        bounds = (each.low, each.high, wide.low, wide.high, *between)
        rows.append(f"({number}, {each.kpi}, {', '.join(f'CAST({bound!r} AS DOUBLE)' for bound in bounds)})")
    counts = database.execute(_COUNTS.format(parts=parts, slips=", ".join(rows))).fetchall()
    for number, near, wide, between in sorted(counts):
        each, count = possible[number], edges[possible[number].kpi].figures
        if wide > 1 and 2 * wide > count and near:
            yield _of_column(possible[number])
        elif near and between <= max(_FEW, count // _SHARE):
            yield each


def _of_column(slip: _Slip) -> _Slip:
    """Return a slip as one of most of a column, whose scale is then the column's: any usual figure may be meant."""
    low, high = float(slip.factor) / _USUAL, float(slip.factor) * _USUAL
    if slip.factor < 1:
        return slip._replace(low=low, high=min(high, 1 / _USUAL), is_of_column=True)
    return slip._replace(low=max(low, _USUAL), high=high, is_of_column=True)


def _factors(kpi: Kpi, unit: Unit) -> Iterator[Fraction]:
    """Yield by what a figure is multiplied that is written in another unit, but for what may well be true.

    A day's work may be done in an hour, and a growth may be hardly any.
    """
    if unit.kind == "time":
        factors = [unit.scale / other for other in _TIMES if other != unit.scale]
        yield from (factor for factor in factors if kpi.better != "lower" or factor != Fraction(1, 24))
    else:
        below = () if unit.kind == "percent" and _may_be_nothing(kpi) else _FACTORS[unit.kind]
        yield from map(Fraction, _FACTORS[unit.kind])
        yield from (Fraction(1, factor) for factor in below)


def _may_be_nothing(kpi: Kpi) -> bool:
    """Whether a KPI's scoring speaks of an actual of hardly more than 0, or less, where more is better."""
    curve = kpi.curve(DEFAULT_CAP)
    return kpi.better == "higher" and curve.axis == "actual" and curve.segments[0].last < MILLION // 100


def _values(value: int, goal: int, factor: Fraction) -> dict[str, Value]:
    return {
        "value": from_millionths(value),
        "target": from_millionths(goal),
        "factor": int(max(factor, 1 / factor)),
        "size": Both("large", "大") if factor > 1 else Both("small", "小"),
        "meant": round2(Fraction(value, MILLION) / factor),
    }
