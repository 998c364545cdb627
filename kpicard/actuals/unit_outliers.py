"""Figures that look like a slip of the unit: a hundred, a thousand or sixty times off their target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final, NamedTuple

from kpicard.actuals.findings import Cell, Fault, faults_of, table_of
from kpicard.actuals.load import LoadedTable
from kpicard.actuals.readers import Vocabulary
from kpicard.engines.duckdb import Database
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

# A figure as a part of its target, and a row's own target as one of the KPI's. These are no figures of a card, so that
# binary fractions serve.
_OF_TARGET: Final = """
SELECT s.card, s.kpi, s.actual AS value, COALESCE(s.target, k.target) AS goal, value / goal AS part
FROM scored AS s
JOIN kpi AS k ON k.kpi = s.kpi
WHERE s.status = 'scored' AND value > 0 AND goal > 0
"""
_TARGETS: Final = """
SELECT s.card, s.kpi, s.target AS value, k.target AS goal, value / goal AS part
FROM scored AS s
JOIN kpi AS k ON k.kpi = s.kpi
WHERE s.status = 'scored' AND value > 0 AND goal > 0 AND value <> goal
"""

_EDGES: Final = """
SELECT
    kpi, MIN(part), MAX(part),
    MIN(part) FILTER (part >= 1 / {usual} AND part <= {usual}),
    MAX(part) FILTER (part >= 1 / {usual} AND part <= {usual}),
    MAX(part) FILTER (part < 1 / {clear}), MIN(part) FILTER (part > {clear})
FROM ({parts})
GROUP BY kpi
"""

_CELLS: Final = """
SELECT r.row, r.col, p.kpi, p.value, p.goal, MIN(n.number) AS number
FROM ({parts}) AS p
JOIN (VALUES {outliers}) AS n(number, kpi, low, high) ON n.kpi = p.kpi AND p.part BETWEEN n.low AND n.high
JOIN tidy AS r ON r.card = p.card AND r.kpi = p.kpi
WHERE r.status = 'scored'
GROUP BY ALL
"""


class _Edges(NamedTuple):
    """The figures of a KPI, as parts of their targets: how far they reach."""

    lowest: float
    highest: float
    usual_low: float | None
    usual_high: float | None
    below: float | None
    """The highest that is clearly below the target."""
    above: float | None
    """The lowest that is clearly above it."""


class _Outlier(NamedTuple):
    """A slip that a KPI's figures may have: by which factor, and between which parts of the target."""

    kpi: int
    factor: Fraction
    low: float
    high: float


def unit_outliers(database: Database, vocabulary: Vocabulary, tables: Sequence[LoadedTable]) -> Iterator[Fault]:
    """Yield the figures that are off their target by a factor between units, where nobody's lies between.

    Where others have figures all the way from the target to this one, such figures are usual. A row's own target is
    compared with the KPI's in the same way.
    """
    yield from _outliers(database, vocabulary, _OF_TARGET)
    if any("target" in table.layout.columns for table in tables):
        for fault in _outliers(database, vocabulary, _TARGETS):
            column = table_of(tables, fault.cell.row).layout.columns.get("target", fault.cell.column)
            yield replace(fault, cell=Cell(fault.cell.row, column))


def _outliers(database: Database, vocabulary: Vocabulary, parts: str) -> Iterator[Fault]:
    edges = database.execute(_EDGES.format(parts=parts, usual=_USUAL, clear=_CLEAR)).fetchall()
    outliers = [each for kpi, *edge in edges for each in _possible(kpi, vocabulary, _Edges(*edge))]
    if not outliers:
        return
    rows = ", ".join(
        f"({number}, {each.kpi}, CAST({each.low!r} AS DOUBLE), CAST({each.high!r} AS DOUBLE))"
        for number, each in enumerate(outliers)
    )

    def fault(*found: int) -> Fault:
        row, col, kpi, value, goal, number = found
        values = _values(value, goal, outliers[number].factor)
        return Fault(Cell(row, col), "unit-slip", {"kpi": vocabulary.numbered.items[kpi][2].name, **values})

    yield from faults_of(database, _CELLS.format(parts=parts, outliers=rows), "row, col", fault)


def _possible(kpi: int, vocabulary: Vocabulary, edges: _Edges) -> Iterator[_Outlier]:
    """Yield the outliers that a KPI may have: what is meant would be near the target, or like the usual ones."""
    meant_low = min(1 / _NEAR, edges.usual_low or 1 / _NEAR)
    meant_high = max(_NEAR, edges.usual_high or _NEAR)
    item = vocabulary.numbered.items[kpi][2]
    for factor in _factors(item, vocabulary.readers[kpi].unit) if isinstance(item, Kpi) else ():
        low, high = meant_low * float(factor), meant_high * float(factor)
        if factor < 1 and edges.lowest <= high and not (edges.below and edges.below > factor * _CLEAR):
            yield _Outlier(kpi, factor, low, min(high, 1 / _USUAL))
        elif factor > 1 and edges.highest >= low and not (edges.above and edges.above < factor / _CLEAR):
            yield _Outlier(kpi, factor, max(low, _USUAL), high)


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
