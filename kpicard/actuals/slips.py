"""Figures that look like a slip of the unit: a hundred, a thousand or sixty times off their target."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from kpicard.actuals.faults import Cell, Fault
from kpicard.actuals.vocabulary import Vocabulary
from kpicard.engine.database import Database, create
from kpicard.numbers import MILLION, from_millionths, round2
from kpicard.problems.problem import Value
from kpicard.quantities import Unit
from kpicard.text import Both

_FACTORS: Final[Mapping[str, tuple[int, ...]]] = {
    "percent": (100, 10_000),  # 0.125 for 12.5 %, or that twice
    "money": (100, 1000, 10_000, 100_000_000),  # 分, 千, 万, 亿
    "score": (20, 10, 100),  # out of 5, 10 or 100
    "other": (1000, 10_000, 100_000_000),
}
"""By how much a figure in another unit is off, by the kind of the KPI's unit; of two that fit, the first."""

_TIMES: Final = (Fraction(1, 1000), Fraction(1), Fraction(60), Fraction(3600), Fraction(86_400))
"""The units of time, in seconds: a figure in a smaller one than the KPI's is too large."""

_NEAR: Final = Fraction(3, 2)
"""How far from its target a figure may be, either way, and still be what was meant."""

_USUAL: Final = 5
"""A figure within this many times its target, either way, is usual; what is meant may be like the others' ones."""

# A figure as a part of its target, in millionths.
_PARTS: Final = f"""
SELECT
    s.card, s.kpi, s.actual, COALESCE(s.target, k.target) AS own_target,
    CAST(s.actual AS HUGEINT) * {MILLION} // own_target AS part
FROM scored AS s
JOIN kpi AS k ON k.kpi = s.kpi
WHERE s.status = 'scored' AND s.actual > 0 AND own_target > 0
"""

_OFF: Final = f"""
SELECT DISTINCT kpi, actual, own_target FROM ({_PARTS})
WHERE actual > {_USUAL} * CAST(own_target AS HUGEINT) OR actual * CAST({_USUAL} AS HUGEINT) < own_target
"""

_CELLS: Final = f"""
SELECT r.row, r.col, o.kpi, o.actual, o.own_target
FROM slip AS o
JOIN ({_PARTS}) AS p ON p.kpi = o.kpi AND p.actual = o.actual AND p.own_target = o.own_target
JOIN card AS c ON c.card = p.card
JOIN reading AS r ON r.period = c.period AND r.employee = c.employee AND r.role = c.role AND r.kpi = o.kpi
WHERE r.status = 'scored'
"""


def unit_slips(database: Database, vocabulary: Vocabulary) -> Iterator[Fault]:
    """Yield the figures that are off their target by a factor between units, where nobody's lies between.

    Where others have figures all the way from the target to this one, such figures are usual.
    """
    off = database.execute(_OFF).fetchall()
    others = _parts(database, {kpi for kpi, _, _ in off})
    factors = {
        (kpi, actual, target): factor
        for kpi, actual, target in off
        if (factor := _slip(Fraction(actual, target), vocabulary.readers[kpi].unit, others[kpi]))
    }
    if not factors:
        return
    create(database, "slip", {"kpi": "INTEGER", "actual": "BIGINT", "own_target": "BIGINT"}, list(factors))
    for row, col, kpi, actual, target in database.execute(_CELLS).fetchall():
        values = _values(actual, target, factors[kpi, actual, target])
        yield Fault(Cell(row, col), "unit-slip", {"kpi": vocabulary.numbered.kpis[kpi][2].name, **values})


def _parts(database: Database, kpis: set[int]) -> Mapping[int, list[int]]:
    """Return the KPIs' figures as parts of their targets, in millionths and in order."""
    found: dict[int, list[int]] = defaultdict(list)
    if kpis:
        wanted = ", ".join(map(str, sorted(kpis)))
        query = f"SELECT DISTINCT kpi, part FROM ({_PARTS}) WHERE kpi IN ({wanted}) ORDER BY ALL"
        for kpi, part in database.execute(query).fetchall():
            found[kpi].append(int(part))
    return found


def _slip(ratio: Fraction, unit: Unit, others: Sequence[int]) -> Fraction | None:
    """Return the factor by which a figure seems to be off its target, above or below 1; None where it does not."""
    usual = others[bisect_left(others, MILLION // _USUAL) : bisect_right(others, MILLION * _USUAL)]
    low, high = 1 / _NEAR, _NEAR
    if usual:
        low, high = min(low, Fraction(usual[0], MILLION)), max(high, Fraction(usual[-1], MILLION))
    for factor in _factors(unit):
        if (factor > 1) == (ratio > 1) and low <= ratio / factor <= high:
            start, end = (factor * 3, Fraction(1, 3)) if factor < 1 else (Fraction(3), factor / 3)
            between = bisect_left(others, end * MILLION) - bisect_right(others, start * MILLION)
            return None if between > 0 else factor
    return None


def _factors(unit: Unit) -> Iterator[Fraction]:
    """Yield by what a figure is multiplied that is written in another unit."""
    if unit.kind == "time":
        yield from (unit.scale / other for other in _TIMES if other != unit.scale)
    else:
        for factor in _FACTORS[unit.kind]:
            yield Fraction(factor)
            yield Fraction(1, factor)


def _values(actual: int, target: int, factor: Fraction) -> dict[str, Value]:
    return {
        "value": from_millionths(actual),
        "target": from_millionths(target),
        "factor": int(max(factor, 1 / factor)),
        "size": Both("large", "大") if factor > 1 else Both("small", "小"),
        "meant": round2(Fraction(actual, MILLION) / factor),
    }
