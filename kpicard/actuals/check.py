"""What the models find on cards: figures that are doubled, missing or out of range, as problems at their cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kpicard.actuals.findings import Cell, Fault, faults_of, table_of
from kpicard.actuals.load import LoadedTable
from kpicard.engines.duckdb import Database
from kpicard.numbers import from_millionths
from kpicard.problems import Value
from kpicard.rules.rule_index import Numbered

FURTHEST: Final = 10**14
"""The furthest attainment either way, in hundredths of a percent: 10^12 percent. See `attainment_range.sql`."""


def reasons_of(database: Database) -> frozenset[str]:
    """Return for what reasons cards are withheld: where there is none, the models of the reasons are not asked."""
    return frozenset(reason for (reason,) in database.execute("SELECT DISTINCT reason FROM withheld").fetchall())


def figure_findings(
    database: Database, tables: Sequence[LoadedTable], numbered: Numbered, reasons: frozenset[str]
) -> Iterator[Fault]:
    """Yield the figures that are doubled, and those that are missing as far as that withholds their cards.

    The models of the `reasons` are there.
    """
    if "not_allowed" in reasons:
        yield from _not_allowed(database, numbered)
    if "doubled" in reasons:
        yield from _doubled(database, numbered)
    if "not_reported" in reasons:
        yield from _not_reported(database, tables, numbered, "not-reported", "not_reported")
    if "maybe_elsewhere" in reasons:
        yield from _perhaps_given(database, tables, numbered)
    if "maybe_unread" in reasons:
        yield from _not_reported(database, tables, numbered, "maybe-unread", "maybe_unread")


# What a card lacks, but where as many of its rows are not understood, which may well be it.
CLEARLY_LACKING: Final = """
SELECT f.period, f.employee, f.kpi, f.card_row, f.row, f.col
FROM {lacking} AS f
JOIN (SELECT card, COUNT(*) AS lacking FROM {lacking} GROUP BY card) AS l ON l.card = f.card
LEFT JOIN (
    SELECT card, COUNT(DISTINCT row) AS unclear FROM tidy
    WHERE fault AND card IS NOT NULL AND (kpi IS NULL OR row IN (SELECT b.row FROM faulty_row AS b))
    GROUP BY card
) AS u ON u.card = f.card
WHERE COALESCE(u.unclear, 0) < l.lacking
"""


def _not_allowed(database: Database, numbered: Numbered) -> Iterator[Fault]:
    def fault(row: int, col: int, kpi: int, said: str) -> Fault:
        code = "never-not-applicable" if said == "never" else "no-reason"
        return Fault(Cell(row, col), code, {"kpi": numbered.items[kpi][2].name})

    yield from faults_of(database, "SELECT * EXCLUDE (card) FROM not_allowed", "row, col", fault)


def _doubled(database: Database, numbered: Numbered) -> Iterator[Fault]:
    def fault(  # noqa: PLR0913, PLR0917 - the columns of the query
        period: str, employee: str, kpi: int, row: int, col: int, first_row: int, first_col: int, *days: str
    ) -> Fault:
        values = _of_figure(numbered, period, employee, kpi) | {"days": days if len({*days}) > 1 else None}
        return Fault(Cell(row, col), "doubled-figure", values, other=Cell(first_row, first_col))

    return faults_of(database, _DOUBLED, "row, col", fault)


_DOUBLED: Final = """
SELECT d.* EXCLUDE (card), COALESCE(trim(f.period_text), '') AS first_day, COALESCE(trim(c.period_text), '') AS day
FROM doubled AS d
JOIN cell AS c ON c.row = d.row AND c.col = d.col
JOIN cell AS f ON f.row = d.first_row AND f.col = d.first_col"""


def _not_reported(
    database: Database, tables: Sequence[LoadedTable], numbered: Numbered, code: str, lacking: str
) -> Iterator[Fault]:
    """Return each figure that is not reported, but where rows of the card are not understood that may well be it."""

    def fault(period: str, employee: str, kpi: int, *cell: int) -> Fault:
        return Fault(_place(tables, *cell), code, _of_figure(numbered, period, employee, kpi))

    return faults_of(database, CLEARLY_LACKING.format(lacking=lacking), "COALESCE(row, card_row), kpi", fault)


def _perhaps_given(database: Database, tables: Sequence[LoadedTable], numbered: Numbered) -> Iterator[Fault]:
    def fault(_: int, period: str, employee: str, kpi: int, *cells: int) -> Fault:
        *cell, stray = cells
        values = _of_figure(numbered, period, employee, kpi)
        return Fault(_place(tables, *cell), "maybe-misread", values, other=Cell(stray, 0))

    return faults_of(database, "FROM maybe_elsewhere", "COALESCE(row, card_row), kpi", fault)


def _of_figure(numbered: Numbered, period: str, employee: str, kpi: int) -> dict[str, Value]:
    return {"period": period, "employee": employee, "kpi": numbered.items[kpi][2].name}


def _place(tables: Sequence[LoadedTable], card_row: int, row: int | None, col: int | None) -> Cell:
    """Return the figure's empty cell; where it has none, the employee's cell in the card's first row."""
    if row is not None and col is not None:
        return Cell(row, col)
    return Cell(card_row, table_of(tables, card_row).layout.columns["employee"])


# A card with another problem is withheld for that.
OUT_OF_RANGE: Final = """
SELECT a.row, a.col, a.kpi, a.actual FROM attainment_range AS a
WHERE NOT EXISTS (SELECT 1 FROM withheld AS w WHERE w.card = a.card AND w.reason <> 'attainment_range')
"""


def out_of_range(database: Database, numbered: Numbered) -> Iterator[Fault]:
    """Return the figures whose attainment is beyond the furthest, on cards that are right otherwise."""

    def fault(row: int, col: int, kpi: int, actual: int) -> Fault:
        values = {"value": from_millionths(actual), "kpi": numbered.items[kpi][2].name}
        return Fault(Cell(row, col), "out-of-range", values)

    return faults_of(database, OUT_OF_RANGE, "row, col", fault)


def other_rules(database: Database, tables: Sequence[LoadedTable], numbered: Numbered) -> Iterator[Fault]:
    """Yield the first row of each role whose rules' fingerprint is not among those that were expected."""
    first = "SELECT role, MIN(row) AS row, ARG_MIN(period, row) FROM other_rules GROUP BY role ORDER BY row"
    for role, row, period in database.execute(first).fetchall():
        edition = numbered.editions[role]
        cell = Cell(row, table_of(tables, row).layout.columns.get("role", 0))
        values = {"role": edition.role.title, "period": period, "found": edition.fingerprint}
        yield Fault(cell, "other-rules", values)
