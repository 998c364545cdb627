"""Rows that sum others up, and spreadsheet errors in place of an employee: settled before the tidy table is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from kpicard.actuals.findings import Cell, Fault, table_of
from kpicard.actuals.load import LoadedTable
from kpicard.engines.duckdb import Database, create, quoted
from kpicard.text import fold

SURELY: Final = frozenset({"合计", "总计", "小计", "汇总", "平均", "平均值", "total", "subtotal", "grandtotal"})
"""What nobody is called."""

SUMS: Final = SURELY | {"sum", "average", "mean"}
"""What a row is called that sums others up."""

# Employees are looked at before rows, of which there are more.
_SUSPICIOUS: Final = f"""
SELECT employee, number, NOT is_sum FROM (
    SELECT
        employee, number, lower(employee) IN ({quoted(sorted(SURELY))}) AS is_sum,
        (starts_with(employee, '=') OR starts_with(employee, '#'))
            AND regexp_full_match(employee, '=.*|#(?:[A-Z]+[!?]|DIV/0!|N/A)') AS is_error
    FROM known_employee
)
WHERE is_sum OR is_error"""

_ON_CARDS: Final = "SELECT DISTINCT employee FROM reading WHERE card IS NOT NULL AND employee IN ({numbers})"

# A row without a role may be a sum whatever its first cells are headed.
_SUM_ROWS: Final = """
SELECT DISTINCT ON (c.row) c.row, COALESCE(trim(c.employee_text), ''), COALESCE(c.role_text, '')
FROM cell AS c
WHERE c.row IN (SELECT row FROM reading WHERE role IS NULL OR employee IN ({numbers})) AND c.status_text IS NULL
ORDER BY c.row, c.col"""

_IS_ERROR: Final = "COALESCE(employee IN ({numbers}), FALSE)"
_WITHOUT_ERRORS: Final = f"""
SELECT * REPLACE (
    CASE WHEN NOT {_IS_ERROR} THEN employee END AS employee, CASE WHEN NOT {_IS_ERROR} THEN card END AS card,
    fault OR {_IS_ERROR} AS fault
)
FROM reading"""


class Settled(NamedTuple):
    """The rows of `reading` that are left, as a SELECT, and where the sums are."""

    rows: str
    faults: list[Fault]


def settle(database: Database, tables: Sequence[LoadedTable], *, has_unknown_roles: bool) -> Settled:
    """Return which rows of `reading` are figures: not those that sum others up.

    An error in place of the employee stays, as a fault of its cell, on no card. Either is looked for only where a text
    may be one: `has_unknown_roles` says whether a row may be without a role.
    """
    found = database.execute(_SUSPICIOUS).fetchall()
    if found:  # those that no card is of are not settled here: their rows have faults of their own
        query = _ON_CARDS.format(numbers=_listed(number for _, number, _ in found))
        on_cards = {number for (number,) in database.execute(query).fetchall()}
        found = [each for each in found if each[1] in on_cards]
    sums = _listed(number for _, number, is_error in found if not is_error)
    errors = _listed(number for _, number, is_error in found if is_error)
    faults = _sums(database, tables, sums) if sums or has_unknown_roles else []
    rows = _WITHOUT_ERRORS.format(numbers=errors) if errors else "SELECT * FROM reading"
    if faults:
        rows += f" WHERE row NOT IN ({_listed(fault.cell.row for fault in faults)})"
    return Settled(rows, faults)


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))


def _sums(database: Database, tables: Sequence[LoadedTable], numbers: str) -> list[Fault]:
    """Return the rows that sum others up. Those that some other cell may call a sum are asked for together."""
    faults: list[Fault] = []
    unclear: dict[str, tuple[LoadedTable, list[int]]] = {}
    query = _SUM_ROWS.format(numbers=numbers or "NULL")
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
