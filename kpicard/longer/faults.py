"""What keeps the actuals of several months from being brought together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from kpicard.actuals.beyond import FURTHEST
from kpicard.actuals.check import withhold
from kpicard.actuals.faults import Cell, Fault, faults_of, table_of
from kpicard.actuals.load import LoadedTable
from kpicard.engine.database import Database, create
from kpicard.engine.run import take_out
from kpicard.longer.fingerprints import changed, shape
from kpicard.longer.lacking import employee_cell
from kpicard.numbers import LIMIT, from_millionths
from kpicard.rules.numbered import Numbered

_CHANGED: Final = """
SELECT m.card, ANY_VALUE(c.row) AS row, c.period, c.id, MIN(m.role) AS first, MAX(m.role) AS last
FROM month AS m
JOIN card AS c ON c.card = m.card
JOIN shape AS s ON s.role = m.role
WHERE m.card NOT IN (FROM withheld)
GROUP BY m.card, c.period, c.id
HAVING COUNT(DISTINCT s.shape) > 1
"""

_NOT_A_RATIO: Final = """
SELECT m.card, r.row, r.col, s.kpi, c.period, c.employee, s.actual
FROM month AS m
JOIN month_scored AS s ON s.card = m.month_card AND s.status = 'scored'
JOIN kpi_rollup AS x ON x.kpi = s.kpi AND x.rollup = 'ratio'
ANTI JOIN month_ratio AS q ON q.card = s.card AND q.kpi = s.kpi
JOIN month_card AS c ON c.card = m.month_card
JOIN reading AS r ON r.card = c.card AND r.kpi = s.kpi AND r.status = 'scored'
WHERE m.card NOT IN (FROM withheld)
"""

_TOO_LARGE: Final = f"""
SELECT card, kpi FROM rolled
WHERE GREATEST(ABS(actual), ABS(target), ABS(numerator), ABS(denominator)) >= {LIMIT} AND card NOT IN (FROM withheld)
UNION
SELECT card, kpi FROM adjusted WHERE actual >= {LIMIT} AND card NOT IN (FROM withheld)
"""


_BEYOND: Final = f"""
SELECT s.card, s.kpi FROM scored AS s JOIN kpi AS k ON k.kpi = s.kpi AND k.weight IS NOT NULL
WHERE s.status = 'scored' AND (s.score IS NULL OR s.attainment NOT BETWEEN -{FURTHEST} AND {FURTHEST})
"""

_BASE_LACKING: Final = """
SELECT o.row, c.period, c.employee, c.role, m.period AS month
FROM month AS m
JOIN card AS c ON c.card = m.card
JOIN month_card AS o ON o.card = m.month_card
LEFT JOIN month_person AS p ON p.card = m.month_card
WHERE p.base IS NULL AND m.card NOT IN (FROM withheld) AND m.card IN (
    SELECT m.card FROM month AS m JOIN month_person AS p ON p.card = m.month_card WHERE p.base IS NOT NULL
)
"""


def bases_lacking(database: Database, tables: Sequence[LoadedTable], numbered: Numbered) -> Iterator[Fault]:
    """Yield each month without a bonus base on a card of which other months have one: the card has none then."""

    def fault(row: int, period: str, employee: str, role: int, month: str) -> Fault:
        values = {"employee": employee, "role": numbered.roles[role].title, "period": period, "month": month}
        columns = table_of(tables, row).layout.columns
        return Fault(Cell(row, columns.get("base", columns["employee"])), "base-lacking", values)

    yield from faults_of(database, _BASE_LACKING, "row", fault)


def rules_changed(database: Database, tables: Sequence[LoadedTable], numbered: Numbered) -> Iterator[Fault]:
    """Withhold the cards whose role has other figures in one month than in another; yield each such role once."""
    shapes = {each: number for number, each in enumerate({shape(edition): None for edition in numbered.editions})}
    rows = [(number, shapes[shape(edition)]) for number, edition in enumerate(numbered.editions)]
    create(database, "shape", {"role": "SMALLINT", "shape": "SMALLINT"}, rows)
    withhold(database, _CHANGED)
    found = database.execute("FROM found ORDER BY row").fetchall()
    said: set[tuple[str, str]] = set()
    for _, row, period, id_, first, last in found:
        if (period, id_) not in said:
            said.add((period, id_))
            cell = Cell(row, table_of(tables, row).layout.columns["role"])
            ids = changed(numbered.editions[first : last + 1])
            values = {"role": numbered.roles[last].title, "period": period, "changed": ids}
            yield Fault(cell, "rules-changed-within", values)


def not_ratios(database: Database, numbered: Numbered) -> Iterator[Fault]:
    """Withhold the cards with a figure that is no ratio where the KPI's rollup needs one; yield each such figure."""
    withhold(database, _NOT_A_RATIO)

    def fault(*found: Any) -> Fault:
        _, row, col, kpi, period, employee, actual = found
        name = numbered.items[kpi][2].name
        values = {"kpi": name, "period": period, "employee": employee, "value": from_millionths(actual)}
        return Fault(Cell(row, col), "rollup-needs-ratio", values)

    yield from faults_of(database, "FROM found", "row, col", fault)


def too_large(database: Database, tables: Sequence[LoadedTable], numbered: Numbered) -> Iterator[Fault]:
    """Withhold the cards with a figure that has too many digits once it is brought together; yield each."""
    found = _of_cards(database, _TOO_LARGE)
    withhold(database, _TOO_LARGE)
    yield from _out_of_range(found, tables, numbered)


def beyond(database: Database, tables: Sequence[LoadedTable], numbered: Numbered) -> Iterator[Fault]:
    """Take the cards out of the scores with an attainment that is beyond the furthest; yield each such figure."""
    found = _of_cards(database, _BEYOND)
    take_out(database, _BEYOND)
    yield from _out_of_range(found, tables, numbered)


def _of_cards(database: Database, select: str) -> list[tuple[Any, ...]]:
    return database.execute(
        f"SELECT c.row, c.period, c.employee, f.kpi FROM ({select}) AS f JOIN card AS c ON c.card = f.card ORDER BY ALL"
    ).fetchall()


def _out_of_range(
    found: Sequence[tuple[Any, ...]], tables: Sequence[LoadedTable], numbered: Numbered
) -> Iterator[Fault]:
    for row, period, employee, kpi in found:
        values = {"kpi": numbered.items[kpi][2].name, "period": period, "employee": employee}
        yield Fault(employee_cell(tables, row), "rollup-out-of-range", values)
