"""What keeps the actuals of several months from being brought together, and which months are lacking."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from kpicard.actuals.check import FURTHEST, STRAY, withhold
from kpicard.actuals.findings import Cell, Fault, faults_of, table_of
from kpicard.actuals.load import LoadedTable
from kpicard.cards.rollup import Longer, changed, longer_period, months_of, shape
from kpicard.engines.duckdb import Database, create, take_out
from kpicard.engines.rollup import create_longer, create_rolled, create_rollups, score_actuals, score_totals
from kpicard.numbers import LIMIT, from_millionths
from kpicard.rules.models import Kpi
from kpicard.rules.rule_index import Numbered

# One row per month that a card could have and has not; a month that is not wanted is not lacking.
_LACKING: Final = """
CREATE OR REPLACE TEMP TABLE lacking AS
SELECT c.card, c.period, c.employee, c.role, c.id, c.row, c.months, d.period AS month, d.wanted
FROM card AS c
JOIN (SELECT *, COUNT(*) OVER (PARTITION BY longer) AS wanted FROM calendar WHERE {wanted}) AS d ON d.longer = c.period
ANTI JOIN month AS m ON m.card = c.card AND m.period = d.period
WHERE c.card NOT IN (FROM withheld)
"""

# As for a figure that a month's card lacks: what is not understood of a row fits any. A row of the wrong width may
# hold any row of the months that there are.
_MISREAD: Final = f"""
SELECT l.card, l.period, l.employee, l.role, l.row, l.months, l.wanted, MIN(s.row) AS other
FROM lacking AS l
JOIN (
    SELECT DISTINCT r.row, r.period, r.employee, o.id
    FROM ({STRAY}) AS r LEFT JOIN role AS o ON o.role = r.role
    WHERE r.row NOT IN (FROM faulty_row)
    UNION ALL
    SELECT f.row, p.period, NULL, NULL FROM faulty_row AS f CROSS JOIN (SELECT DISTINCT period FROM month_card) AS p
) AS s
    ON COALESCE(s.period, l.month) = l.month AND COALESCE(s.employee, l.employee) = l.employee
    AND COALESCE(s.id, l.id) = l.id
GROUP BY ALL
"""

_UNREAD: Final = """
SELECT DISTINCT card, period, employee, role, row, months, wanted, NULL AS other FROM lacking
"""


def maybe_lacking(
    database: Database, tables: Sequence[LoadedTable], numbered: Numbered, periods: Collection[str], *, all_read: bool
) -> Iterator[Fault]:
    """Withhold the longer cards that lack a month which may be there, and yield why.

    `periods` are the months that were chosen, where any were; `all_read` is false where a file could not be read.
    """
    chosen = ", ".join(f"'{period}'" for period in sorted(periods))
    database.execute(_LACKING.format(wanted=f"period IN ({chosen})" if chosen else "TRUE"))
    code, select = ("month-maybe-misread", _MISREAD) if all_read else ("month-maybe-unread", _UNREAD)
    withhold(database, select)
    yield from faults_of(database, "FROM found", "row, card", lambda _, *row: _fault(code, row, tables, numbered))


def _fault(code: str, row: Sequence[Any], tables: Sequence[LoadedTable], numbered: Numbered) -> Fault:
    period, employee, role, first, months, wanted, other = row
    values = {
        "period": period,
        "employee": employee,
        "role": numbered.roles[role].title,
        "found": months,
        "wanted": wanted,
    }
    return Fault(employee_cell(tables, first), code, values, other=None if other is None else Cell(other, 0))


def employee_cell(tables: Sequence[LoadedTable], row: int) -> Cell:
    """Return the cell of a row that says whose it is."""
    return Cell(row, table_of(tables, row).layout.columns["employee"])


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


def lengthen(  # noqa: PLR0913 - the months, and what is to become of them
    database: Database,
    tables: Sequence[LoadedTable],
    numbered: Numbered,
    longer: Longer,
    periods: Collection[str],
    *,
    all_read: bool,
) -> list[Fault]:
    """Put the cards of longer periods in the place of the months'; return why some are withheld.

    `periods` are the months that were chosen, where any were; `all_read` is false where a file could not be read.
    """
    months = database.execute("SELECT DISTINCT period FROM card ORDER BY period").fetchall()
    wanted = dict.fromkeys(longer_period(month, longer.by) for (month,) in months)
    create_longer(database, {month: period for period in wanted for month in months_of(period)})
    faults = list(maybe_lacking(database, tables, numbered, periods, all_read=all_read))
    if longer.rollup == "totals":
        score_totals(database)
        return [*faults, *bases_lacking(database, tables, numbered)]
    faults += rules_changed(database, tables, numbered)
    create_rollups(database, _rollups(numbered))
    faults += not_ratios(database, numbered)
    create_rolled(database)
    faults += too_large(database, tables, numbered)
    score_actuals(database)
    faults += beyond(database, tables, numbered)
    return [*faults, *bases_lacking(database, tables, numbered)]


def _rollups(numbered: Numbered) -> list[tuple[int, str]]:
    """Return the rollup of each KPI that says one, by its number."""
    items = ((number, item) for number, (_, _, item) in enumerate(numbered.items))
    return [(number, item.rollup) for number, item in items if isinstance(item, Kpi) and item.rollup]
