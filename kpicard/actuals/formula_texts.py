"""Ids, names and teams that a spreadsheet takes for formulas where it opens a file with separators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kpicard.actuals.faults import Cell, Fault, faults_of, table_of
from kpicard.actuals.load import LoadedTable
from kpicard.engine.database import Database
from kpicard.headings import COLUMNS

# A sign alone, or before digits as in a telephone number, computes nothing; with hyphens between them, it does.
_IS_FORMULA: Final = "regexp_matches(text, '^[=+@-]') AND NOT regexp_full_match(text, '[+-]?[0-9 .]*')"

# The first row of each text: a month says it once for each KPI.
_FOUND: Final = f"""
SELECT MIN(row) AS row, text FROM (SELECT row, {{column}} AS text FROM ({{rows}})) WHERE {_IS_FORMULA}
GROUP BY text"""


def formula_texts(database: Database, tables: Sequence[LoadedTable], rows: str, column: str) -> Iterator[Fault]:
    """Yield where a column has a text like a formula; `rows` is a SELECT of `row` and of the column."""

    def fault(row: int, text: str) -> Fault:
        cell = Cell(row, table_of(tables, row).layout.columns[column])
        return Fault(cell, "like-a-formula", {"column": COLUMNS[column], "value": text, "sign": text[0]})

    return faults_of(database, _FOUND.format(column=column, rows=rows), "row", fault)
