"""The numbers about a card as a whole, beside its figures: the bonus base, and how long the employee had the role."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from kpicard.actuals.check import withhold
from kpicard.actuals.findings import Cell, Fault, faults_of, table_of
from kpicard.actuals.header_vocabulary import COLUMNS
from kpicard.actuals.load import LoadedTable
from kpicard.actuals.number_forms import create_read
from kpicard.actuals.readers import NOT_APPLICABLE, NOT_REPORTED, NUMBERS, read_number
from kpicard.engines.duckdb import Database, create, quote
from kpicard.numbers import from_millionths, to_millionths
from kpicard.rules.rule_index import Numbered

_BASE: Final = NUMBERS.index("base")
_DAYS: Final = NUMBERS.index("days")
_SHARE: Final = NUMBERS.index("share")


def read_person_numbers(database: Database, tables: Sequence[LoadedTable], numbered: Numbered) -> list[Fault]:
    """Create `person_number`, with `base`, `days` and `share` of each card in millionths; return the faults.

    Cards with a number that is not understood, or with two different ones, are withheld: which one would pay?
    """
    used = [column for column in NUMBERS if any(column in table.layout.columns for table in tables)]
    if not used:
        create(database, "person_number", {"card": "BIGINT", **dict.fromkeys(NUMBERS, "BIGINT")}, [])
        return []
    database.execute(_texts_of(used))
    _understand(database)
    database.execute(_VALUES)
    withhold(database, _BAD)
    withhold(database, _DIFFERING)
    faults = [*_bad(database, tables), *_differing(database, tables), *_parts_unknown(database, tables, numbered)]
    return [*faults, *_bases_twice(database, tables, numbered), *_shares_above_100(database, tables)]


# A card's rows usually repeat the same texts: each is kept once, with the first row that has it.
_TEXTS: Final = """
CREATE TEMP TABLE person_text AS
SELECT card, MIN(row) AS row, number AS kpi, text
FROM (
    SELECT r.card, r.row, unnest([{numbers}]) AS number, unnest([{texts}]) AS text
    FROM reading AS r
    JOIN cell AS c ON c.row = r.row AND c.col = r.col
    WHERE r.card IS NOT NULL AND r.row NOT IN (FROM faulty_row)
)
WHERE lower(trim(text)) NOT IN ({unsaid})
GROUP BY card, number, text
"""

_VALUES: Final = """
CREATE TEMP TABLE person_value AS
SELECT t.card, c.period, c.employee, c.role, t.row, t.kpi AS number, t.text, m.value
FROM person_text AS t
JOIN card AS c ON c.card = t.card
LEFT JOIN person_meaning AS m ON m.kpi = t.kpi AND m.text = t.text;
CREATE TEMP TABLE person_number AS
SELECT
    card, MIN(value) FILTER (number = 0) AS base, MIN(value) FILTER (number = 1) AS days,
    MIN(value) FILTER (number = 2) AS share
FROM person_value GROUP BY card;
"""

_BAD: Final = "SELECT card, row, number, text FROM person_value WHERE value IS NULL"

_DIFFERING: Final = """
SELECT card, period, employee, number, row, text, first_row, first_text FROM (
    SELECT
        *, FIRST_VALUE(row) OVER same AS first_row, FIRST_VALUE(text) OVER same AS first_text,
        FIRST_VALUE(value) OVER same AS first_value
    FROM person_value
    WHERE value IS NOT NULL
    WINDOW same AS (PARTITION BY card, number ORDER BY row)
)
WHERE value <> first_value
"""

# The cards of employees with several roles in a period, of which only some have the number that the most have.
_PARTS_UNKNOWN: Final = f"""
WITH part AS (
    SELECT
        c.card, c.period, c.employee, c.role, c.row,
        c.card IN (SELECT card FROM person_value WHERE number = {_DAYS}) AS has_days,
        c.card IN (SELECT card FROM person_value WHERE number = {_SHARE}) AS has_share
    FROM card AS c
), person AS (
    SELECT
        period, employee, COUNT(*) AS parts, COUNT(*) FILTER (has_days) AS days, COUNT(*) FILTER (has_share) AS shares
    FROM part GROUP BY period, employee
    HAVING parts > 1 AND GREATEST(days, shares) BETWEEN 1 AND parts - 1
)
SELECT
    p.row, p.period, p.employee, p.role, CASE WHEN e.days >= e.shares THEN {_DAYS} ELSE {_SHARE} END AS number
FROM part AS p JOIN person AS e ON e.period = p.period AND e.employee = p.employee
WHERE NOT CASE WHEN e.days >= e.shares THEN has_days ELSE has_share END
"""

_BASES_TWICE: Final = f"""
SELECT row, period, employee, role, value, first_row FROM (
    SELECT *, ROW_NUMBER() OVER same AS time, FIRST_VALUE(row) OVER same AS first_row
    FROM (
        SELECT period, employee, role, value, MIN(row) AS row FROM person_value
        WHERE number = {_BASE} AND value > 0 GROUP BY ALL
    )
    WINDOW same AS (PARTITION BY period, employee, value ORDER BY row, role)
)
WHERE time > 1
"""

_SHARES_ABOVE_100: Final = f"""
SELECT period, employee, MAX(row) AS row, SUM(value) AS sum FROM (
    SELECT DISTINCT ON (card) * FROM person_value WHERE number = {_SHARE} AND value IS NOT NULL ORDER BY card, row
)
GROUP BY period, employee
HAVING SUM(value) > 100 * 1000000
"""


def _texts_of(used: Sequence[str]) -> str:
    return _TEXTS.format(
        numbers=", ".join(str(NUMBERS.index(column)) for column in used),
        texts=", ".join(f"c.{column}_text" for column in used),
        unsaid=", ".join(quote(text) for text in sorted(NOT_APPLICABLE | NOT_REPORTED)),
    )


def _understand(database: Database) -> None:
    """Create `person_meaning`: as with actuals, the engine reads plain amounts itself, and Python each other text."""
    database.execute("CREATE TEMP TABLE person_distinct AS SELECT DISTINCT kpi, text FROM person_text")
    create_read(
        database,
        "person_meaning",
        "person_distinct",
        lambda number, text: read_number(NUMBERS[number], text).value,
        "value >= 0",
    )
    others = database.execute("FROM person_distinct EXCEPT SELECT kpi, text FROM person_meaning").fetchall()
    read = [(number, text, read_number(NUMBERS[number], text).value) for number, text in others]
    columns = {"kpi": "INTEGER", "text": "VARCHAR", "value": "BIGINT"}
    rows = [(number, text, to_millionths(value)) for number, text, value in read if value is not None]
    create(database, "person_meaning_read", columns, rows)
    database.execute("INSERT INTO person_meaning FROM person_meaning_read")


def _bad(database: Database, tables: Sequence[LoadedTable]) -> Iterator[Fault]:
    def fault(_: int, row: int, number: int, text: str) -> Fault:
        column = NUMBERS[number]
        found = read_number(column, text)
        values = {"value": text.strip(), "understood": found.understood, "left": found.left or None}
        return Fault(_cell(tables, row, column), f"bad-{column}", values)

    return faults_of(database, _BAD, "row, number", fault)


def _differing(database: Database, tables: Sequence[LoadedTable]) -> Iterator[Fault]:
    def fault(*found: Any) -> Fault:
        _, period, employee, number, row, text, first_row, first = found
        column = NUMBERS[number]
        values = {
            "column": COLUMNS[column],
            "period": period,
            "employee": employee,
            "value": text.strip(),
            "first": first.strip(),
        }
        return Fault(_cell(tables, row, column), "number-differs", values, other=_cell(tables, first_row, column))

    return faults_of(database, _DIFFERING, "row, number", fault)


def _parts_unknown(database: Database, tables: Sequence[LoadedTable], numbered: Numbered) -> Iterator[Fault]:
    def fault(row: int, period: str, employee: str, role: int, number: int) -> Fault:
        values: dict[str, Any] = {
            "employee": employee,
            "period": period,
            "role": numbered.roles[role].title,
            "column": COLUMNS[NUMBERS[number]],
        }
        return Fault(_cell(tables, row, NUMBERS[number]), "part-unknown", values)

    return faults_of(database, _PARTS_UNKNOWN, "row", fault)


def _bases_twice(database: Database, tables: Sequence[LoadedTable], numbered: Numbered) -> Iterator[Fault]:
    def fault(*found: Any) -> Fault:
        row, period, employee, role, value, first_row = found
        values: dict[str, Any] = {
            "employee": employee,
            "period": period,
            "role": numbered.roles[role].title,
            "value": from_millionths(value),
        }
        return Fault(_cell(tables, row, "base"), "base-twice", values, other=_cell(tables, first_row, "base"))

    return faults_of(database, _BASES_TWICE, "row", fault)


def _shares_above_100(database: Database, tables: Sequence[LoadedTable]) -> Iterator[Fault]:
    def fault(period: str, employee: str, row: int, total: int) -> Fault:
        values: dict[str, Any] = {"employee": employee, "period": period, "sum": from_millionths(int(total))}
        return Fault(_cell(tables, row, "share"), "shares-above-100", values)

    return faults_of(database, _SHARES_ABOVE_100, "row", fault)


def _cell(tables: Sequence[LoadedTable], row: int, column: str) -> Cell:
    """Return a row's cell in a column; where its table has none, the employee's."""
    columns = table_of(tables, row).layout.columns
    return Cell(row, columns.get(column, columns["employee"]))
