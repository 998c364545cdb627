"""Which figures are doubled or missing, and so which cards are withheld."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from kpicard.actuals.figures import card_parts
from kpicard.actuals.findings import Cell, Fault, faults_of, table_of
from kpicard.actuals.load import LoadedTable
from kpicard.actuals.readers import Vocabulary
from kpicard.actuals.unread_cells import cell_faults
from kpicard.cards.values import Missing
from kpicard.engines.duckdb import Database, take_out
from kpicard.numbers import from_millionths
from kpicard.problems import Value
from kpicard.rules.rule_index import Numbered


def check_figures(
    database: Database, tables: Sequence[LoadedTable], vocabulary: Vocabulary, missing: Missing, *, all_read: bool
) -> list[Fault]:
    """Return the faults of all cells and cards.

    `all_read` is false where a file could not be read: a missing figure may stand there, so that it is never scored 0
    and never left out.
    """
    numbered = vocabulary.numbered
    faults = cell_faults(database, tables, vocabulary)
    faults += _doubled(database, numbered)
    database.execute(_MISSING)
    if database.execute("FROM missing LIMIT 1").fetchall():
        faults += _lacking(database, tables, numbered, missing, all_read=all_read)
    database.execute(_FIGURES)
    return faults


def create_cards(database: Database) -> None:
    """Create `card` and `withheld` from `reading`."""
    database.execute(_CARDS)


_PERIOD, _EMPLOYEE, _ROLE = card_parts("c.card")

# A figure is given where its cell says something; `mask` has a bit for each KPI of the card that is given.
_CARDS = f"""
CREATE OR REPLACE TEMP TABLE card AS
SELECT c.card, p.period, e.employee, {_ROLE} AS role, c.row, c.given, c.mask
FROM (
    SELECT
        r.card, MIN(r.row) AS row, COUNT(k.kpi) AS given,
        COALESCE(BIT_OR(k.flag), 0) AS mask
    FROM reading AS r
    LEFT JOIN kpi AS k ON k.kpi = r.kpi AND r.status IS DISTINCT FROM 'not_reported'
    WHERE r.card IS NOT NULL
    GROUP BY r.card
) AS c
JOIN known_period AS p ON p.number = {_PERIOD}
JOIN known_employee AS e ON e.number = {_EMPLOYEE};
CREATE OR REPLACE TEMP TABLE withheld AS SELECT DISTINCT card FROM reading WHERE fault AND card IS NOT NULL;
"""

_DOUBLED = """
SELECT card, period, employee, kpi, row, col, first_row, first_col FROM (
    SELECT
        c.card, c.period, c.employee, r.kpi, r.row, r.col, ROW_NUMBER() OVER same AS number,
        FIRST_VALUE(r.row) OVER same AS first_row, FIRST_VALUE(r.col) OVER same AS first_col
    FROM reading AS r
    JOIN card AS c ON c.card = r.card AND c.given > BIT_COUNT(c.mask)
    WHERE r.kpi IS NOT NULL AND r.status IS DISTINCT FROM 'not_reported'
    WINDOW same AS (PARTITION BY c.card, r.kpi ORDER BY r.row, r.col)
)
WHERE number > 1
"""

# `row` and `col` are those of the figure's empty cell, NULL where it has none. An adjustment may be missing: then there
# was nothing to add or to take off.
_MISSING = """
CREATE TEMP TABLE missing AS
SELECT
    c.card, c.period, c.employee, c.role, k.kpi, c.row AS card_row, b.row AS row, b.col AS col, b.target,
    k.weight IS NOT NULL AS needed
FROM card AS c
JOIN role AS o ON o.role = c.role AND o.all_items <> c.mask
JOIN kpi AS k ON k.role = c.role AND (c.mask & k.flag) = 0
LEFT JOIN (
    SELECT card, kpi, MIN(row) AS row, ARG_MIN(col, row) AS col, ARG_MIN(target, row) AS target
    FROM reading
    WHERE status = 'not_reported' AND kpi IS NOT NULL AND card IS NOT NULL
    GROUP BY card, kpi
) AS b ON b.card = c.card AND b.kpi = k.kpi
"""

STRAY: Final = """
    SELECT r.row, p.period, e.employee, r.role, r.kpi
    FROM reading AS r
    LEFT JOIN known_period AS p ON p.number = r.period
    LEFT JOIN known_employee AS e ON e.number = r.employee
    WHERE r.fault AND r.card IS NULL"""
"""The rows that cannot be given to a card, with what is understood of them."""

# A row that cannot be given to a card may hold the figure that a card lacks: what is not understood of it fits any.
# In a row of the wrong width nothing is sure: cells may have shifted, or hold other rows.
_PERHAPS = f"""
SELECT m.card, m.period, m.employee, m.kpi, m.card_row, m.row, m.col, MIN(s.row) AS stray_row
FROM missing AS m
JOIN (
    {STRAY}
    UNION ALL
    SELECT row, NULL, NULL, NULL, NULL FROM faulty_row
) AS s
    ON m.card NOT IN (FROM withheld)
    AND COALESCE(s.period, m.period) = m.period AND COALESCE(s.employee, m.employee) = m.employee
    AND COALESCE(s.role, m.role) = m.role AND COALESCE(s.kpi, m.kpi) = m.kpi
GROUP BY ALL
"""

_FIGURES = """
CREATE TEMP VIEW figure AS
SELECT card, kpi, status, actual, target FROM reading
WHERE card IS NOT NULL AND kpi IS NOT NULL AND status <> 'not_reported' AND card NOT IN (FROM withheld)
UNION ALL
SELECT card, kpi, CAST('not_reported' AS status), NULL, target FROM missing WHERE card NOT IN (FROM withheld)
"""

_ANY = "SELECT * FROM missing"
_NEEDED = f"{_ANY} WHERE needed"
_MAY_BE = f"{_ANY} WHERE card NOT IN (FROM withheld)"

# What a card lacks, but where as many of its rows are not understood, which may well be it.
_CLEARLY_LACKING = """
SELECT f.period, f.employee, f.kpi, f.card_row, f.row, f.col
FROM found AS f
JOIN (SELECT card, COUNT(*) AS lacking FROM found GROUP BY card) AS l ON l.card = f.card
LEFT JOIN (
    SELECT card, COUNT(DISTINCT row) AS unclear FROM reading
    WHERE fault AND card IS NOT NULL AND (kpi IS NULL OR row IN (FROM faulty_row))
    GROUP BY card
) AS u ON u.card = f.card
WHERE COALESCE(u.unclear, 0) < l.lacking
"""


def withhold(database: Database, select: str) -> None:
    """Withhold the cards that a SELECT names, NULL where a row is of none. It runs once: its rows are in `found`."""
    database.execute(f"CREATE OR REPLACE TEMP TABLE found AS {select}")
    database.execute("INSERT INTO withheld SELECT DISTINCT card FROM found WHERE card IS NOT NULL")


def _lacking(
    database: Database, tables: Sequence[LoadedTable], numbered: Numbered, missing: Missing, *, all_read: bool
) -> Iterator[Fault]:
    """Yield the figures that are not reported, as far as that withholds their cards."""
    if missing == "refuse":
        yield from _not_reported(database, tables, numbered, "not-reported", _NEEDED)
    if all_read:
        yield from _perhaps_given(database, tables, numbered)
    else:
        select = _MAY_BE if missing == "refuse" else _ANY
        yield from _not_reported(database, tables, numbered, "maybe-unread", select)


def _doubled(database: Database, numbered: Numbered) -> Iterator[Fault]:
    def fault(  # noqa: PLR0913, PLR0917 - the columns of the query
        _: int, period: str, employee: str, kpi: int, row: int, col: int, first_row: int, first_col: int
    ) -> Fault:
        values = _of_figure(numbered, period, employee, kpi)
        return Fault(Cell(row, col), "doubled-figure", values, other=Cell(first_row, first_col))

    withhold(database, _DOUBLED)
    return faults_of(database, "FROM found", "row, col", fault)


def _not_reported(
    database: Database, tables: Sequence[LoadedTable], numbered: Numbered, code: str, select: str
) -> Iterator[Fault]:
    """Return each figure that is not reported, but where rows of the card are not understood that may well be it."""

    def fault(period: str, employee: str, kpi: int, *cell: int) -> Fault:
        return Fault(_place(tables, *cell), code, _of_figure(numbered, period, employee, kpi))

    withhold(database, select)
    return faults_of(database, _CLEARLY_LACKING, "COALESCE(row, card_row), kpi", fault)


def _perhaps_given(database: Database, tables: Sequence[LoadedTable], numbered: Numbered) -> Iterator[Fault]:
    def fault(_: int, period: str, employee: str, kpi: int, *cells: int) -> Fault:
        *cell, stray = cells
        values = _of_figure(numbered, period, employee, kpi)
        return Fault(_place(tables, *cell), "maybe-misread", values, other=Cell(stray, 0))

    withhold(database, _PERHAPS)
    return faults_of(database, "FROM found", "COALESCE(row, card_row), kpi", fault)


def _of_figure(numbered: Numbered, period: str, employee: str, kpi: int) -> dict[str, Value]:
    return {"period": period, "employee": employee, "kpi": numbered.items[kpi][2].name}


def _place(tables: Sequence[LoadedTable], card_row: int, row: int | None, col: int | None) -> Cell:
    """Return the figure's empty cell; where it has none, the employee's cell in the card's first row."""
    if row is not None and col is not None:
        return Cell(row, col)
    return Cell(card_row, table_of(tables, card_row).layout.columns["employee"])


FURTHEST: Final = 10**14
"""The furthest attainment either way, in hundredths of a percent: 10^12 percent."""

_BEYOND = f"""
SELECT card, kpi FROM scored
WHERE status = 'scored' AND (score IS NULL OR attainment NOT BETWEEN -{FURTHEST} AND {FURTHEST})
"""

_CELLS = f"""
SELECT r.row, r.col, r.kpi, r.actual
FROM ({_BEYOND}) AS b
JOIN reading AS r ON r.card = b.card AND r.kpi = b.kpi
WHERE r.status = 'scored'
"""


def out_of_range(database: Database, numbered: Numbered) -> list[Fault]:
    """Return the figures whose attainment is beyond the furthest, and take their cards out of the scores."""
    if not database.execute(f"{_BEYOND} LIMIT 1").fetchall():
        return []

    def fault(row: int, col: int, kpi: int, actual: int) -> Fault:
        values = {"value": from_millionths(actual), "kpi": numbered.items[kpi][2].name}
        return Fault(Cell(row, col), "out-of-range", values)

    faults = list(faults_of(database, _CELLS, "row, col", fault))
    take_out(database, _BEYOND)
    return faults


def other_rules(
    database: Database, tables: Sequence[LoadedTable], numbered: Numbered, expected: Collection[str]
) -> Iterator[Fault]:
    """Withhold the cards whose rules' fingerprint is not among the expected; yield the first row of each such role."""
    first = "SELECT role, MIN(row) AS row, ARG_MIN(period, row) FROM card GROUP BY role ORDER BY row"
    for role, row, period in database.execute(first).fetchall():
        edition = numbered.editions[role]
        if edition.fingerprint not in expected:
            withhold(database, f"SELECT card FROM card WHERE role = {role}")
            cell = Cell(row, table_of(tables, row).layout.columns["role"])
            values = {"role": edition.role.title, "period": period, "found": edition.fingerprint}
            yield Fault(cell, "other-rules", values)
