"""Rows that sum others up, as tables of people often end: taken out, and said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kpicard.actuals.faults import Cell, Fault, table_of
from kpicard.actuals.load import LoadedTable
from kpicard.engine.database import Database, quote
from kpicard.text import fold

_SURELY: Final = frozenset({"合计", "总计", "小计", "汇总", "平均", "平均值", "total", "subtotal", "grandtotal"})
"""What nobody is called."""

_WORDS: Final = _SURELY | {"sum", "average", "mean"}

# An employee who is called a sum, or a row without a role, which may be one whatever its first cells are headed.
_ROWS: Final = f"""
SELECT DISTINCT ON (c.row) c.row, COALESCE(c.employee, ''), COALESCE(c.role_text, '')
FROM cell AS c
WHERE c.row IN (
    SELECT row FROM reading
    WHERE (fault AND role IS NULL) OR lower(employee) IN ({", ".join(map(quote, sorted(_SURELY)))})
)
ORDER BY c.row, c.col"""


def take_out_sums(database: Database, tables: Sequence[LoadedTable]) -> list[Fault]:
    """Delete the rows of sums from `reading`; return where they are."""
    faults: list[Fault] = []
    for row, employee, role in database.execute(_ROWS).fetchall():
        table = table_of(tables, row)
        if _is_sum(employee, _SURELY):
            faults.append(Fault(Cell(row, table.layout.columns["employee"]), "sum-row", {"value": employee}))
        elif not role.strip() or _is_sum(role, _SURELY):
            faults += _sum_in(database, table, row)
    if faults:
        rows = ", ".join(str(fault.cell.row) for fault in faults)
        database.execute(f"DELETE FROM reading WHERE row IN ({rows})")
    return faults


def _sum_in(database: Database, table: LoadedTable, row: int) -> list[Fault]:
    """Return the first cell of a row that calls it a sum, if there is one."""
    (cells,) = database.execute(f"FROM {table.raw} WHERE rowid = {row - table.first}").fetchall()
    for column, text in enumerate(cells):
        if column not in table.layout.figures and _is_sum(text or "", _WORDS):
            return [Fault(Cell(row, column), "sum-row", {"value": text.strip()})]
    return []


def _is_sum(text: str, words: frozenset[str]) -> bool:
    return fold(text).strip(":()") in words
