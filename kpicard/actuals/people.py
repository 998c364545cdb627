"""Who the employees are: the name and the team that the tables give beside their ids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpicard.actuals.faults import Cell, Fault, faults_of, table_of
from kpicard.actuals.load import LoadedTable
from kpicard.actuals.odd_texts import formula_texts, hidden_characters
from kpicard.engine.database import Database


def create_people(database: Database, tables: Sequence[LoadedTable]) -> list[Fault]:
    """Create `person`, with what `person_number` has of each card, and the first name and the first team given on it.

    Return where later ones differ, and where one of them, or an id, is other than it looks.
    """
    faults = [
        *formula_texts(database, tables, "FROM card", "employee"),
        *hidden_characters(database, tables, "FROM card", "employee"),
    ]
    if not any({"name", "team"} & set(table.layout.columns) for table in tables):
        database.execute(_NAMELESS)
        return faults
    database.execute(_PEOPLE)
    for column in ("name", "team"):
        faults += _differing(database, tables, column)
        faults += formula_texts(database, tables, _ROWS, column)
    return faults


_ROWS = """
    SELECT r.card, r.row, NULLIF(trim(c.name), '') AS name, NULLIF(trim(c.team), '') AS team
    FROM reading AS r
    JOIN cell AS c ON c.row = r.row AND c.col = r.col
    WHERE r.card IS NOT NULL AND r.row NOT IN (FROM faulty_row)"""

_PEOPLE = f"""
CREATE TEMP TABLE person AS
SELECT *
FROM (
    SELECT
        card, ARG_MIN(name, row) FILTER (name IS NOT NULL) AS name, ARG_MIN(team, row) FILTER (team IS NOT NULL) AS team
    FROM ({_ROWS})
    GROUP BY card
)
LEFT JOIN person_number USING (card)
"""

_NAMELESS = """
CREATE TEMP TABLE person AS
SELECT card, CAST(NULL AS VARCHAR) AS name, CAST(NULL AS VARCHAR) AS team, base, days, share FROM person_number
"""


def _differing(database: Database, tables: Sequence[LoadedTable], column: str) -> Iterator[Fault]:
    def fault(row: int, employee: str, value: str, other: str) -> Fault:
        cell = Cell(row, table_of(tables, row).layout.columns[column])
        return Fault(cell, "name-differs", {"employee": employee, "value": value, "first": other})

    return faults_of(
        database,
        f"""SELECT MIN(r.row) AS row, c.employee, r.{column}, p.{column}
        FROM ({_ROWS}) AS r
        JOIN person AS p ON p.card = r.card
        JOIN card AS c ON c.card = r.card
        WHERE r.{column} <> p.{column}
        GROUP BY ALL""",
        "row",
        fault,
    )
