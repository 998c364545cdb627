"""Who the employees are: the names and teams beside their ids, and rows that sum others up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kpicard.actuals.check import create_cards
from kpicard.actuals.findings import Cell, Fault, faults_of, table_of
from kpicard.actuals.header_vocabulary import COLUMNS
from kpicard.actuals.load import LoadedTable
from kpicard.engines.duckdb import Database, create, quoted
from kpicard.text import fold

# The first row of each text: a month says it once for each KPI.
_FOUND: Final = """
SELECT MIN(row) AS row, text FROM (SELECT row, {column} AS text FROM ({rows})) WHERE {condition} GROUP BY text"""

# A sign alone, or before digits as in a telephone number, computes nothing; with hyphens between them, it does.
_BEGINS: Final = " OR ".join(f"starts_with(text, '{sign}')" for sign in "=+-@")
_IS_FORMULA: Final = f"({_BEGINS}) AND NOT regexp_full_match(text, '[+-]?[0-9 .]*')"

# Controls, soft hyphens, and the marks that have no width, reorder the text or hide in it.
_IS_HIDDEN: Final = (
    r"regexp_matches(text, '[\x00-\x1f\x7f-\x9f\x{ad}\x{61c}\x{180e}\x{200b}-\x{200f}\x{2028}-\x{202e}"
    r"\x{2060}-\x{206f}\x{feff}\x{e0000}-\x{e007f}]')"
)


def formula_texts(database: Database, tables: Sequence[LoadedTable], rows: str, column: str) -> Iterator[Fault]:
    """Yield where a column has a text like a formula; `rows` is a SELECT of `row` and of the column."""
    yield from _texts(database, tables, rows, column, "like-a-formula", _IS_FORMULA)


def hidden_characters(database: Database, tables: Sequence[LoadedTable], rows: str, column: str) -> Iterator[Fault]:
    """Yield where a column has a character that is not seen; `rows` is a SELECT of `row` and of the column."""
    yield from _texts(database, tables, rows, column, "hidden-character", _IS_HIDDEN)


def _texts(  # noqa: PLR0913, PLR0917 - the parts of the query, and what it finds
    database: Database, tables: Sequence[LoadedTable], rows: str, column: str, code: str, condition: str
) -> Iterator[Fault]:
    def fault(row: int, text: str) -> Fault:
        cell = Cell(row, table_of(tables, row).layout.columns[column])
        return Fault(cell, code, {"column": COLUMNS[column], "value": text, "sign": text[0]})

    return faults_of(database, _FOUND.format(column=column, rows=rows, condition=condition), "row", fault)


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


SURELY: Final = frozenset({"合计", "总计", "小计", "汇总", "平均", "平均值", "total", "subtotal", "grandtotal"})
"""What nobody is called."""

SUMS: Final = SURELY | {"sum", "average", "mean"}
"""What a row is called that sums others up."""

# Looked for among the cards, of which there are fewer than rows.
_NOBODY: Final = f"""
SELECT DISTINCT employee, NOT is_sum FROM (
    SELECT
        employee, lower(employee) IN ({quoted(sorted(SURELY))}) AS is_sum,
        (starts_with(employee, '=') OR starts_with(employee, '#'))
            AND regexp_full_match(employee, '=.*|#(?:[A-Z]+[!?]|DIV/0!|N/A)') AS is_error
    FROM card
)
WHERE is_sum OR is_error"""

# A row without a role may be a sum whatever its first cells are headed.
_SUM_ROWS: Final = """
SELECT DISTINCT ON (c.row) c.row, COALESCE(trim(c.employee_text), ''), COALESCE(c.role_text, '')
FROM cell AS c
WHERE c.row IN (
    SELECT row FROM reading
    WHERE (fault AND role IS NULL)
        OR employee IN (SELECT number FROM known_employee WHERE employee IN ({employees}))
)
ORDER BY c.row, c.col"""


def take_out_nobody(database: Database, tables: Sequence[LoadedTable]) -> list[Fault]:
    """Take the rows about nobody out of `reading` and of the cards; return where the sums are.

    An error in place of the employee stays in `reading` as a fault of its cell.
    """
    nobody = dict(database.execute(_NOBODY).fetchall())
    sums = _sums(database, tables, [employee for employee, is_error in nobody.items() if not is_error])
    if sums:
        database.execute(f"DELETE FROM reading WHERE row IN ({', '.join(str(fault.cell.row) for fault in sums)})")
    errors = quoted(employee for employee, is_error in nobody.items() if is_error)
    if errors:
        database.execute(f"""
            UPDATE reading SET employee = NULL, card = NULL, fault = TRUE
            WHERE employee IN (SELECT number FROM known_employee WHERE employee IN ({errors}))""")
    if nobody:
        create_cards(database)
    return sums


def _sums(database: Database, tables: Sequence[LoadedTable], employees: Iterable[str]) -> list[Fault]:
    """Return the rows that sum others up. Those that some other cell may call a sum are asked for together."""
    faults: list[Fault] = []
    unclear: dict[str, tuple[LoadedTable, list[int]]] = {}
    query = _SUM_ROWS.format(employees=quoted(employees) or "NULL")
    for row, employee, role in database.execute(query).fetchall():
        table = table_of(tables, row)
        if is_sum(employee, SURELY):
            faults.append(Fault(Cell(row, table.layout.columns["employee"]), "sum-row", {"value": employee}))
        elif (not employee or is_sum(employee, SUMS)) and (not role.strip() or is_sum(role, SURELY)):
            unclear.setdefault(table.raw, (table, []))[1].append(row)
    for table, rows in unclear.values():
        faults += _sums_in(database, table, rows)
    return sorted(faults, key=lambda fault: fault.cell)


def _sums_in(database: Database, table: LoadedTable, rows: Sequence[int]) -> Iterator[Fault]:
    """Yield the first cell of each of some rows that calls it a sum, where there is one."""
    create(database, "maybe_sum", {"row": "BIGINT"}, [(row - table.first,) for row in rows])
    columns = [column for column in range(table.layout.width) if column not in table.layout.figures]
    texts = ", ".join(f"c{column}" for column in columns)
    found = database.execute(f"SELECT rowid, {texts} FROM {table.raw} WHERE rowid IN (FROM maybe_sum) ORDER BY rowid")
    for row, *cells in found.fetchall():
        for column, text in zip(columns, cells, strict=True):
            if is_sum(text or "", SUMS):
                yield Fault(Cell(row + table.first, column), "sum-row", {"value": text.strip()})
                break
    database.execute("DROP TABLE maybe_sum")


def is_sum(text: str, words: frozenset[str]) -> bool:
    """Return whether a text is one of the words for sums, however it is spaced and punctuated."""
    return fold(text).strip(":()") in words
