"""Rows that sum others up, as tables of people often end: taken out, and said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kpicard.actuals.faults import Cell, Fault, table_of
from kpicard.actuals.load import LoadedTable
from kpicard.engine.database import Database, quote
from kpicard.text import fold

WORDS: Final = frozenset(
    {"合计", "总计", "小计", "汇总", "平均", "平均值", "total", "sum", "subtotal", "grandtotal", "average"}
)

_TEXTS: Final = {
    "period": "period_text",
    "employee": "employee",
    "role": "role_text",
    "kpi": "kpi_text",
    "name": "name",
    "team": "team",
}

# Only rows that name no role: an employee may be called anything.
_ROWS: Final = """
SELECT DISTINCT ON (c.row) c.row, {texts}
FROM cell AS c
WHERE c.row IN (SELECT row FROM reading WHERE fault AND role IS NULL)
ORDER BY c.row, c.col"""


def take_out_sums(database: Database, tables: Sequence[LoadedTable]) -> list[Fault]:
    """Delete the rows of sums from `reading`; return where they are."""
    texts = ", ".join(f"COALESCE(c.{text}, '')" for text in _TEXTS.values())
    faults: list[Fault] = []
    for row, *found in database.execute(_ROWS.format(texts=texts)).fetchall():
        columns = table_of(tables, row).layout.columns
        for column, text in zip(_TEXTS, found, strict=True):
            if column in columns and _is_sum(text):
                faults.append(Fault(Cell(row, columns[column]), "sum-row", {"value": text.strip()}))
                break
    if faults:
        rows = ", ".join(quote(str(fault.cell.row)) for fault in faults)
        database.execute(f"DELETE FROM reading WHERE row IN ({rows})")
    return faults


def _is_sum(text: str) -> bool:
    return fold(text).strip(":()") in WORDS
