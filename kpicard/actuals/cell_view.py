"""The cells of a file as rows of the engine, one per KPI."""

from __future__ import annotations

from typing import Final

from kpicard.actuals.load import LoadedFile
from kpicard.actuals.table import BLANKS, anything
from kpicard.engine.database import quote

_FIXED: Final = ("period", "employee", "role", "kpi", "actual", "target", "name", "team")


def cells_sql(loaded: LoadedFile, default_period: str | None) -> str:
    """Return the SELECT of a file's cells, one per KPI: long and wide files come out alike.

    Columns: row, col (the column of the figure, from 0), period_text, employee, role_text, kpi_text, actual_text,
    target_text, name and team. A wide row gives one cell per KPI column, and one more without a KPI, so that
    a row none of whose columns is for its role is still seen.
    """
    layout = loaded.layout
    column = {name: f"c{layout.columns[name]}" if name in layout.columns else "NULL" for name in _FIXED}
    if "period" not in layout.columns:
        period = loaded.source.period or default_period
        column["period"] = "NULL" if period is None else quote(period)
    if loaded.has_tabs:
        column = {name: f"trim({text}, {BLANKS})" for name, text in column.items()}
    if layout.is_wide:
        indices = [*layout.kpis, layout.columns["role"]]
        column["kpi"] = f"unnest([{', '.join([*(quote(text) for text in layout.kpis.values()), 'NULL'])}])"
        cells = [f"trim(c{index}, {BLANKS})" if loaded.has_tabs else f"c{index}" for index in layout.kpis]
        column["actual"] = f"unnest([{', '.join([*cells, 'NULL'])}])"
        col = f"unnest({indices})"
    else:
        col = str(layout.columns["actual"])
    return f"""
        SELECT
            rowid + {loaded.first} AS row, {col} AS col, CAST({column["period"]} AS VARCHAR) AS period_text,
            NULLIF(trim({column["employee"]}), '') AS employee, {column["role"]} AS role_text,
            {column["kpi"]} AS kpi_text, {column["actual"]} AS actual_text,
            CAST({column["target"]} AS VARCHAR) AS target_text, CAST({column["name"]} AS VARCHAR) AS name,
            CAST({column["team"]} AS VARCHAR) AS team
        FROM {loaded.table}
        WHERE {anything(layout)} IS NOT NULL OR {not loaded.has_blanks}"""
