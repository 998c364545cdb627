"""What is wrong with the cells of one figure: its actual or its parts, its target and its unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kpicard.actuals.faults import Cell, Fault
from kpicard.actuals.load import LoadedTable
from kpicard.actuals.meaning import Meaning, Reader
from kpicard.actuals.ratio import ratio_fault
from kpicard.headings import COLUMNS, RATIO_PARTS
from kpicard.numbers import plain
from kpicard.problems.problem import Value
from kpicard.rules.editions import Item
from kpicard.rules.models import Kpi
from kpicard.sources.sheets import MERGED


class Suspect(NamedTuple):
    """A cell with what is understood of its row, None where nothing is, and with the texts."""

    row: int
    col: int
    period: str | None
    employee: str | None
    role: int | None
    kpi: int | None
    period_text: str
    employee_text: str
    role_text: str
    kpi_text: str | None
    actual_text: str
    numerator_text: str
    denominator_text: str
    target_text: str
    unit_text: str


def figure_faults(suspect: Suspect, table: LoadedTable, kpi: Item, reader: Reader) -> Iterator[Fault]:
    """Yield what is wrong with the cells of a figure whose KPI is known."""
    columns = table.layout.columns_of(suspect.col)
    texts = {
        "actual": suspect.actual_text,
        "numerator": suspect.numerator_text,
        "denominator": suspect.denominator_text,
        "target": suspect.target_text,
    }
    meanings = {
        "actual": reader.actual(suspect.actual_text),
        "numerator": reader.numerator(suspect.numerator_text),
        "denominator": reader.denominator(suspect.denominator_text),
        "target": reader.target(suspect.target_text),
    }
    found = False
    for part, meaning in meanings.items():
        if meaning.fault and part in columns:
            found = True
            values = _values(meaning, texts[part], kpi)
            if part in RATIO_PARTS:  # these have no unit
                values |= {"unit": None, "out_of": None, "part": COLUMNS[part]}
            yield Fault(Cell(suspect.row, columns[part]), meaning.fault, values)
    wrong = ratio_fault(meanings["actual"], meanings["numerator"], meanings["denominator"])
    if wrong:
        found = True
        values = {"value": texts[wrong.part].strip(), "kpi": kpi.name, "missing": COLUMNS[wrong.part]}
        yield Fault(Cell(suspect.row, columns.get(wrong.part, suspect.col)), wrong.code, values)
    if not reader.is_unit(suspect.unit_text):
        found = True
        values = {"unit": suspect.unit_text.strip(), "kpi": kpi.name}
        yield Fault(Cell(suspect.row, columns["unit"]), "other-unit", values)
    if not found and suspect.numerator_text:  # each cell by itself is right: only the quotient can be too large
        values = {"value": f"{suspect.numerator_text} / {suspect.denominator_text}", "kpi": kpi.name}
        yield Fault(Cell(suspect.row, columns["numerator"]), "out-of-range", values)


def _values(meaning: Meaning, text: str, kpi: Item) -> dict[str, Value]:
    """Return what the message about a quantity quotes, and what says why it is none."""
    values: dict[str, Value] = {"value": text.strip(), "kpi": kpi.name, "unit": kpi.unit}
    if text == MERGED:
        values["merged"] = MERGED
    elif meaning.quantity:
        values |= {"understood": meaning.quantity.understood, "left": meaning.quantity.left}
        if meaning.quantity.reason not in {None, "unit", "left-over"}:  # these two show in what is left
            values[str(meaning.quantity.reason).replace("-", "_")] = text.strip()
        if isinstance(kpi, Kpi):
            out_of = meaning.quantity.out_of
            values |= {"out_of": None if out_of is None else plain(out_of), "upto": kpi.bounds[1]}
    return values
