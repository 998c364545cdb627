"""Texts that are other than they look: like a formula, or with characters that are not seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kpicard.actuals.findings import Cell, Fault, faults_of, table_of
from kpicard.actuals.header_vocabulary import COLUMNS
from kpicard.actuals.load import LoadedTable
from kpicard.engines.duckdb import Database, quote

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


def suspicious_columns(database: Database, columns: Mapping[str, str]) -> frozenset[str]:
    """Return which columns have such a text at all; each comes with what stands for its rows in SQL."""
    texts = " UNION ALL ".join(
        f"SELECT '{column}' AS name, {column} AS text {rows}" for column, rows in columns.items()
    )
    query = f"SELECT DISTINCT name FROM ({texts}) WHERE ({_IS_FORMULA}) OR {_IS_HIDDEN}"
    return frozenset(name for (name,) in database.execute(query).fetchall())


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


# An id of capitals and digits without zeros before them is as any program writes it: only beside others may one be
# the same person's, so that nothing more is asked where all are of that kind.
_ODD: Final = r"regexp_matches(employee, '^[0'']|[a-z \t\x{3000}\x{ff01}-\x{ff5e}]|[.]0$')"
_ANY_ODD: Final = f"SELECT 1 FROM known_employee WHERE {_ODD} LIMIT 1"
_WIDE: Final = "".join(map(chr, range(0xFF01, 0xFF5F)))
_NARROW: Final = "".join(map(chr, range(0x21, 0x7F)))
_UNSPACED: Final = "replace(replace(employee, ' ', ''), chr(12288), '')"
_NARROWED: Final = f"translate({_UNSPACED}, {quote(_WIDE)}, {quote(_NARROW)})"
_KEY: Final = f"lower(ltrim(regexp_replace({_NARROWED}, '[.]0$', ''), '0' || chr(39)))"
_ALIKE: Final = f"""
SELECT MAX(row) AS row, list(employee ORDER BY row) AS ids
FROM (SELECT employee, {_KEY} AS key, MIN(row) AS row FROM card GROUP BY employee)
WHERE key <> ''
GROUP BY key
HAVING COUNT(*) > 1"""

# Two people may have the same name: in one role and one team, in one month, they are rather one.
_NAMESAKES: Final = """
SELECT MAX(row) AS row, name, list(DISTINCT employee ORDER BY employee) AS ids
FROM (
    SELECT n.row, n.name, n.team, c.period, c.role, c.employee
    FROM person_name AS n
    JOIN card AS c ON c.card = n.card
)
WHERE name IS NOT NULL AND name <> employee
GROUP BY name, team, period, role
HAVING COUNT(DISTINCT employee) > 1"""


def alike_ids(database: Database, tables: Sequence[LoadedTable]) -> Iterator[Fault]:
    """Yield the ids that differ only by zeros before them, width, case, blanks, an apostrophe or `.0`."""

    def fault(row: int, ids: Sequence[str]) -> Fault:
        return Fault(Cell(row, table_of(tables, row).layout.columns["employee"]), "alike-ids", {"ids": tuple(ids)})

    if database.execute(_ANY_ODD).fetchall():
        yield from faults_of(database, _ALIKE, "row", fault)


def namesakes(database: Database, tables: Sequence[LoadedTable]) -> Iterator[Fault]:
    """Yield the names that stand under several ids in one role, team and month."""

    def fault(row: int, name: str, ids: Sequence[str]) -> Fault:
        columns = table_of(tables, row).layout.columns
        cell = Cell(row, columns.get("name", columns["employee"]))
        return Fault(cell, "one-name", {"name": name, "ids": tuple(ids)})

    yield from faults_of(database, _NAMESAKES, "row", fault)
