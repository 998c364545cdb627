"""What was read: an account of every table, for whoever wants to see how it was understood."""

from __future__ import annotations

from dataclasses import dataclass

from kpicard.actuals.load import LoadedTable
from kpicard.text import Both

_SEPARATORS = {
    ",": Both("commas", "逗号"),
    "\t": Both("tabs", "制表符"),
    ";": Both("semicolons", "分号"),
    "，": Both("full-width commas", "全角逗号"),
}


@dataclass(frozen=True, slots=True)
class TableRead:
    """One table of actuals as it was read.

    `path` is as the user gave it, `encoding` one of text, `Excel` or `Parquet`; `separator` is None where there is
    none; `heading` is the line or row of the heading; `period` the one that the names of file and sheet say.
    """

    path: str
    sheet: str | None
    encoding: str
    separator: Both | None
    heading: int
    is_wide: bool
    rows: int
    period: str | None


def account(table: LoadedTable) -> TableRead:
    """Return how a table was read."""
    source = table.table
    return TableRead(
        path=source.name,
        sheet=source.sheet,
        encoding=source.encoding,
        separator=None if source.is_grid else _SEPARATORS[source.separator],
        heading=table.heading,
        is_wide=table.layout.is_wide,
        rows=table.rows_not_empty,
        period=None if "period" in table.layout.columns else source.period,
    )
