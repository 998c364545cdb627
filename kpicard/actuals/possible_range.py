"""Figures outside what can be true at all, and targets that change nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from kpicard.actuals.findings import Cell, Fault, faults_of, table_of
from kpicard.actuals.load import LoadedTable
from kpicard.actuals.readers import NOT_REPORTED
from kpicard.engines.duckdb import Database
from kpicard.models.run import Models
from kpicard.numbers import from_millionths, plain
from kpicard.problems import Value
from kpicard.rules.models import Kpi
from kpicard.rules.rule_index import Item, Numbered
from kpicard.text import Both, from_to

_FIGURES: Final = """
SELECT f.row, f.col, f.kpi, f.actual, c.actual_text, c.numerator_text, c.denominator_text
FROM impossible AS f JOIN cell AS c ON c.row = f.row AND c.col = f.col
WHERE f.is_figure
"""

_TARGETS: Final = """
SELECT f.row, f.kpi, trim(c.target_text)
FROM impossible AS f JOIN cell AS c ON c.row = f.row AND c.col = f.col
WHERE f.is_target
"""

_IDLE: Final = """
SELECT i.row, i.kpi, i.times, trim(c.target_text)
FROM idle_target AS i JOIN cell AS c ON c.row = i.row AND c.col = i.col
"""


def impossible_figures(database: Database, tables: Sequence[LoadedTable], numbered: Numbered) -> list[Fault]:
    """Return the figures and targets outside their KPI's range, and the counts below 0."""

    def figure(*found: Any) -> Fault:
        row, col, kpi, value, actual, numerator, denominator = found
        columns = table_of(tables, row).layout.columns_of(col)
        cell = Cell(row, columns["numerator"] if is_ratio(actual) else col)
        return Fault(
            cell, *impossible_figure(numbered.items[kpi][2], figure_text(actual, numerator, denominator, value))
        )

    def target(row: int, kpi: int, text: str) -> Fault:
        cell = Cell(row, table_of(tables, row).layout.columns["target"])
        return Fault(cell, "impossible-target", impossible_values(numbered.items[kpi][2], text))

    return [*faults_of(database, _FIGURES, "row, col", figure), *faults_of(database, _TARGETS, "row, kpi", target)]


def idle_targets(
    database: Database, tables: Sequence[LoadedTable], numbered: Numbered, models: Models
) -> Iterator[Fault]:
    """Yield the first target of each KPI that changes nothing, with how many there are."""
    if not any("target" in each.layout.columns for each in tables):
        return

    def fault(row: int, kpi: int, times: int, text: str) -> Fault:
        cell = Cell(row, table_of(tables, row).layout.columns["target"])
        return Fault(cell, "idle-target", idle_values(numbered.items[kpi][2], text, times))

    models.make("idle_target")
    yield from faults_of(database, _IDLE, "row, kpi", fault)


def idle_values(item: Item, text: str, times: int) -> dict[str, Value]:
    """Return what is said of a target that changes nothing, which is there so many times."""
    more = Both(f" ({times} such rows)", f"（共 {times} 行）") if times > 1 else ""
    can_count = isinstance(item, Kpi) and item.better != "within"
    return {"value": text, "kpi": item.name, "more": more, "axis": "axis: attainment" if can_count else None}


def is_ratio(actual_text: str | None) -> bool:
    """Return whether a figure that is understood was given as a numerator and a denominator."""
    return (actual_text or "").strip() in NOT_REPORTED


def figure_text(actual: str | None, numerator: str | None, denominator: str | None, value: int) -> str:
    """Return what was written for a figure that is understood, a ratio with its value, in millionths."""
    if not is_ratio(actual):
        return (actual or "").strip()
    return f"{(numerator or '').strip()} / {(denominator or '').strip()} = {plain(from_millionths(value))}"


def impossible_figure(item: Item, text: str) -> tuple[str, dict[str, Value]]:
    """Return the code and the values of what is wrong with a figure that cannot be true."""
    if isinstance(item, Kpi):
        return "impossible-figure", impossible_values(item, text)
    return "negative-count", {"value": text, "item": item.name}


def impossible_values(item: Item, text: str) -> dict[str, Value]:
    """Return what is said of a text under a KPI that cannot be true."""
    lowest, highest = item.bounds if isinstance(item, Kpi) else (None, None)
    possible = from_to(*(None if bound is None else plain(bound) for bound in (lowest, highest)))
    return {"value": text.strip(), "kpi": item.name, "possible": possible, "unit": item.unit}
