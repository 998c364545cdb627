"""Rows that are about nobody: those that sum others up, and those with a spreadsheet's error for an employee."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kpicard.actuals.check import create_cards
from kpicard.actuals.faults import Cell, Fault, table_of
from kpicard.actuals.load import LoadedTable
from kpicard.engine.database import Database, create, quoted
from kpicard.text import fold

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
_ROWS: Final = """
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
    query = _ROWS.format(employees=quoted(employees) or "NULL")
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
