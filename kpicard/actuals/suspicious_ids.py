"""Ids and names that may be one person's: the same but for how they are written, or one name under two ids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kpicard.actuals.findings import Cell, Fault, faults_of, table_of
from kpicard.actuals.load import LoadedTable
from kpicard.engines.duckdb import Database, quote

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
SELECT MAX(row) AS row, list(employee ORDER BY employee) AS ids
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
