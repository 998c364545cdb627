"""How each file was read, as lines of text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from kpicard.actuals.load import TableRead
from kpicard.text import Both, Language, printable, say

_FORMS = {False: Both("one row per KPI", "每个指标一行"), True: Both("one row per person", "每人一行")}
_LINE = Both(
    "{name}: {encoding}{separator}, heading in line {heading}, {form}, {rows} rows{period}",
    "{name}：{encoding}{separator}，表头在第 {heading} 行，{form}，共 {rows} 行{period}",
)
_SEPARATED = Both(" with {separator}", "，以{separator}分隔")
_PERIOD = Both(", {period} by its name", "，按名称为 {period}")


def write_tables(tables: Iterable[TableRead], language: Language, out: TextIO) -> None:
    """Write one line per table."""
    for table in tables:
        name = table.path if table.sheet is None else f"{table.path}:{table.sheet}"
        separated = (
            say(_SEPARATED, language).format(separator=say(table.separator, language)) if table.separator else ""
        )
        period = say(_PERIOD, language).format(period=table.period) if table.period else ""
        line = say(_LINE, language).format(
            name=printable(name),
            encoding=table.encoding,
            separator=separated,
            heading=table.heading,
            form=say(_FORMS[table.is_wide], language),
            rows=table.rows,
            period=period,
        )
        out.write(f"{line}\n")
