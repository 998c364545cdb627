"""The cells of all tables as texts, a row for each figure: long and wide tables come out alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kpicard.actuals.header_vocabulary import OF_NO_FIGURE
from kpicard.actuals.layout import KpiColumns
from kpicard.actuals.load import LoadedTable
from kpicard.actuals.stage_rows import BLANKS, anything
from kpicard.engines.duckdb import Database, quote

TEXTS: Final = (
    *("period_text", "employee_text", "role_text", "kpi_text", "actual_text", "numerator_text", "denominator_text"),
    *("target_text", "unit_text", "weight_text", *OF_NO_FIGURE, "base_text", "days_text", "share_text", "status_text"),
    "reason_text",
)
"""The texts of a cell's row, by the columns of the view."""

_NO_CELLS: Final = f"""
SELECT 0 AS row, 0 AS col, {", ".join(f"NULL AS {text}" for text in TEXTS)}, CAST(NULL AS BIGINT) AS millionths,
    FALSE AS is_wide
WHERE FALSE"""

_MOST_IN_A_VIEW: Final = 16
"""With more tables than these `cell` is a table: the engine would plan all of them anew for each question."""


def create_cells(database: Database, tables: Sequence[LoadedTable], default_period: str | None) -> None:
    """Create `cell`, the cells of all tables as texts: long and wide tables come out alike.

    Columns: row, col (the column of the figure, from 0), `TEXTS`, `millionths`, the actual where its text is a plain
    number, and is_wide. A wide row gives one cell per KPI, and one more without a KPI, so that a row none of whose
    columns is for its role is still seen.
    """
    selects = [_select(table, default_period) for table in tables] or [_NO_CELLS]
    parts = [" UNION ALL ".join(part) for part in _batched(selects)]
    database.execute(f"CREATE TEMP {_kind(tables)} cell AS {parts[0]}")
    for part in parts[1:]:
        database.execute(f"INSERT INTO cell {part}")


def forget_cells(database: Database, tables: Sequence[LoadedTable]) -> None:
    """Drop `cell` and what it is made of, once all is understood: scoring takes as much memory again."""
    database.execute(f"DROP {_kind(tables)} cell")
    for table in tables:
        database.execute(f"DROP TABLE {table.raw}")


def _kind(tables: Sequence[LoadedTable]) -> str:
    return "VIEW" if len(tables) <= _MOST_IN_A_VIEW else "TABLE"


def _batched(selects: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(selects), _MOST_IN_A_VIEW):
        yield selects[first : first + _MOST_IN_A_VIEW]


def _select(table: LoadedTable, default_period: str | None) -> str:
    layout = table.layout
    text = {name: _text(table, layout.columns.get(name.removesuffix("_text"))) for name in TEXTS}
    if "period" not in layout.columns:
        period = table.period(default_period)
        text["period_text"] = "NULL" if period is None else quote(period)
    if layout.role is not None:
        text["role_text"] = quote(layout.role)
    if "status" in layout.columns:
        text |= _tidy_texts(text)
    col = str(layout.columns.get("actual", layout.columns.get("numerator", 0)))
    millionths = f"m{layout.columns['actual']}" if "actual" in layout.columns else "NULL"
    if layout.is_wide:
        text |= _unnested(table, layout.kpis)
        plain = ("NULL" if kpi.actual is None else f"m{kpi.actual}" for kpi in layout.kpis)
        millionths = f"unnest([{', '.join([*plain, 'NULL'])}])"
        col = (
            f"unnest({[*(kpi.column for kpi in layout.kpis), layout.columns.get('role', layout.columns['employee'])]})"
        )
    columns = ", ".join(f"CAST({text[name]} AS VARCHAR) AS {name}" for name in TEXTS)
    condition = f"{anything(table.columns)} IS NOT NULL" if table.has_blanks else "TRUE"
    columns += f", CAST({millionths} AS BIGINT) AS millionths, {str(layout.is_wide).upper()} AS is_wide"
    return f"SELECT rowid + {table.first} AS row, {col} AS col, {columns} FROM {table.raw} WHERE {condition}"


def _tidy_texts(text: Mapping[str, str]) -> dict[str, str]:
    """Return the texts that a tidy table writes otherwise: N/A in its own column, and a share always in percent."""
    status, actual, share = (text[name] for name in ("status_text", "actual_text", "share_text"))
    said = f"NULLIF(lower(trim({status})), '')"
    return {
        "status_text": said,
        "actual_text": f"CASE WHEN {said} = 'not_applicable' AND COALESCE(trim({actual}), '') = '' THEN 'N/A' "
        f"ELSE {actual} END",
        "share_text": f"CASE WHEN regexp_full_match({share}, '[0-9.]+') THEN {share} || '%' ELSE {share} END",
    }


def _unnested(table: LoadedTable, kpis: Sequence[KpiColumns]) -> dict[str, str]:
    """Return the texts of a wide row that differ from figure to figure, and behind them the cell without a KPI."""
    texts = {
        "kpi_text": [quote(kpi.kpi) for kpi in kpis],
        "actual_text": [_text(table, kpi.actual) for kpi in kpis],
    }
    if table.layout.has_ratios:
        texts["numerator_text"] = [_text(table, kpi.numerator) for kpi in kpis]
        texts["denominator_text"] = [_text(table, kpi.denominator) for kpi in kpis]
    return {name: f"unnest([{', '.join([*each, 'NULL'])}])" for name, each in texts.items()}


def _text(table: LoadedTable, index: int | None) -> str:
    """Return the text of a column as SQL, without blanks around it where there may be other than spaces."""
    if index is None:
        return "NULL"
    text = f"c{index}"
    if table.table.inspection.has_formula_texts:  # ="E017", so that a spreadsheet takes it for a text
        text = f"regexp_replace({text}, '^[ \\t]*=\"([^\"]*)\"[ \\t]*$', '\\1')"
    return f"trim({text}, {BLANKS})" if table.has_tabs else text
