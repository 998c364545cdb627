"""The rows of all inputs as cells of one shape: a long table gives one figure per row, a wide one several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from typing import TYPE_CHECKING, Final

from kpicard.actuals.layout import KpiColumns, Layout
from kpicard.actuals.summary_rows import SUMS
from kpicard.spark.inputs import Input
from kpicard.spark.sql import folded, listed, quote, trimmed

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

NAMED: Final = "name:"
"""What stands before the path of a file, or the name of an input, in place of a period that no column says."""

OF_ROW: Final = ("src", "file", "ord", "ragged", "broken", "period_text", "employee", "role_text", "sum_text")
"""What a cell has of its row: the number of its input, and the texts; the last two are there where all is not well."""

FIGURE: Final = ("kpi_text", "actual_text", "numerator_text", "denominator_text", "target_text", "unit_text")
"""The texts of a figure; `col` is the column that stands for it."""

_NOTHING: Final = "CAST(NULL AS STRING)"
_NO_MATTER: Final = frozenset({"note", "comment", "name", "team"})


def cells(inputs: Sequence[Input], sum_roles: Sequence[str] = ()) -> DataFrame:
    """Return the cells of all inputs, of which there is at least one, as texts.

    A wide row gives one cell per KPI, and one more without a KPI, so that a row none of whose columns is for its role
    is still seen. `sum_roles` are the texts in place of a role that call a row a sum.
    """
    frames = [_cells(number, each, sum_roles) for number, each in enumerate(inputs)]
    return reduce(lambda one, other: one.unionByName(other), frames)


def _cells(number: int, of: Input, sum_roles: Sequence[str]) -> DataFrame:
    layout = of.layout
    shown = [f"c{index}" for index in range(layout.width) if index not in layout.unnamed]
    used = {index for column, index in layout.columns.items() if column not in _NO_MATTER} | layout.figures
    some = " OR ".join(f"{trimmed(cell)} IS NOT NULL" for cell in shown)
    broken = " OR ".join(_broken(index, is_csv=of.is_csv) for index in sorted(used))
    beside = [cell for cell in shown if cell not in {f"c{index}" for index in layout.figures}]
    texts = {
        "src": str(number),
        "file": "file",
        "ord": "ord",
        "ragged": "ragged",
        "broken": f"CASE WHEN {broken} THEN concat_ws(',', {', '.join(shown)}) END",
        "period_text": _period(of),
        "employee": _of(layout, "employee"),
        "role_text": _of(layout, "role"),
        "sum_text": _sum_text(_of(layout, "role"), beside, sum_roles),
    }
    rows = of.frame.where(f"ragged IS NOT NULL OR {some}")
    if layout.is_wide:
        rows = rows.selectExpr(*(f"{text} AS {name}" for name, text in texts.items()), f"{_figures(layout)} AS figures")
        return rows.selectExpr(*OF_ROW, "TRUE AS is_wide", "inline(figures)")
    col = layout.columns.get("actual", layout.columns.get("numerator", 0))
    texts |= {"is_wide": "FALSE", "col": str(col), **{text: _of(layout, text) for text in FIGURE}}
    return rows.selectExpr(*(f"{text} AS {name}" for name, text in texts.items()))


def _broken(index: int, *, is_csv: bool) -> str:
    """Return the SQL of whether a cell is not what was meant: bytes that are no UTF-8, or a quote that is not closed.

    Spark takes such a quote for a part of the text; one that is closed is none.
    """
    bytes_ = f"contains(c{index}, '\ufffd')"
    return f"{bytes_} OR startswith(c{index}, '\"')" if is_csv else bytes_


def _period(of: Input) -> str:
    if "period" in of.layout.columns:
        return _of(of.layout, "period")
    return f"{quote(NAMED)} || {'file' if of.has_files else quote(of.table.name)}"


def _sum_text(role: str, cells: Sequence[str], sum_roles: Sequence[str]) -> str:
    """Return the SQL of the first cell of a row that calls it a sum: looked for only where no role says another."""
    words = ", ".join(f"CASE WHEN {folded(cell)} IN ({listed(SUMS)}) THEN {trimmed(cell)} END" for cell in cells)
    return f"CASE WHEN {role} IS NULL OR {role} IN ({listed(sum_roles)}) THEN coalesce({words}) END"


def _figures(layout: Layout) -> str:
    figures = [*map(_figure, layout.kpis), f"named_struct('col', {layout.columns['role']}, {_named({})})"]
    return f"array({', '.join(figures)})"


def _figure(kpi: KpiColumns) -> str:
    parts = {f"{part}_text": _cell(index) for part, index in kpi.parts.items()}
    return f"named_struct('col', {kpi.column}, {_named({'kpi_text': quote(kpi.kpi), **parts})})"


def _named(texts: dict[str, str]) -> str:
    def named() -> Iterator[str]:
        for text in FIGURE:
            yield quote(text)
            yield texts.get(text, _NOTHING)

    return ", ".join(named())


def _of(layout: Layout, text: str) -> str:
    """Return the SQL of a text of a row by its name; NULL where the table has no such column."""
    index = layout.columns.get(text.removesuffix("_text"))
    return _NOTHING if index is None else _cell(index)


def _cell(index: int) -> str:
    """Return the SQL of a cell's text without blanks around it; `="E017"`, as exports write texts, is E017."""
    formula = quote(r'^[ \t]*="([^"]*)"[ \t]*$')
    return trimmed(f"""IF(contains(c{index}, '="'), regexp_replace(c{index}, {formula}, '$1'), c{index})""")
