"""Cells that cannot be read, one by one: what each says, and what was understood of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kpicard.actuals.faults import Cell, Fault, table_of
from kpicard.actuals.load import LoadedTable
from kpicard.actuals.meaning import Meaning, Names, Reader
from kpicard.actuals.ratio import ratio_fault
from kpicard.engine.database import Database
from kpicard.headings import COLUMNS
from kpicard.nearest import nearest
from kpicard.problems.problem import Value
from kpicard.rules.models import Kpi
from kpicard.rules.names import find_broken, role_names
from kpicard.rules.numbered import Numbered
from kpicard.text import Both, spellings

_SUSPECTS = """
SELECT r.row, r.col, r.period, r.employee, r.role, r.kpi,
    COALESCE(c.period_text, ''), COALESCE(c.role_text, ''), c.kpi_text, COALESCE(c.actual_text, ''),
    COALESCE(c.numerator_text, ''), COALESCE(c.denominator_text, ''), COALESCE(c.target_text, ''),
    COALESCE(c.unit_text, '')
FROM reading AS r JOIN cell AS c ON c.row = r.row AND c.col = r.col
WHERE r.fault
ORDER BY r.row, r.col"""


def cell_faults(
    database: Database, tables: Sequence[LoadedTable], numbered: Numbered, readers: Sequence[Reader]
) -> list[Fault]:
    """Return what is wrong with each cell that is not understood. Rows of the wrong width are problems already."""
    names = Names(numbered)
    found: dict[tuple[object, ...], Fault] = {}
    for row in database.execute(_SUSPECTS).fetchall():
        suspect = _Suspect(*row)
        table = table_of(tables, suspect.row)
        if suspect.row not in table.faulty:
            for fault in _faults(suspect, table, numbered, names, readers):
                found.setdefault(_same(fault, table), fault)
    return list(found.values())


def _same(fault: Fault, table: LoadedTable) -> tuple[object, ...]:
    """Return what tells a fault from others.

    The cells of one wide row share their period, employee and role: each fault once. That a role's own file is wrong,
    or that a table does not say its period at all, is said once for each table.
    """
    if fault.code == "broken-role":
        return fault.code, table.raw, fault.values["role"]
    if fault.code == "no-period" and "period" not in table.layout.columns:
        return fault.code, table.raw
    return fault.code, fault.cell


@dataclass(frozen=True, slots=True)
class _Suspect:
    """A cell with what is understood of its row, None where nothing is, and with the texts."""

    row: int
    col: int
    period: str | None
    employee: str | None
    role: int | None
    kpi: int | None
    period_text: str
    role_text: str
    kpi_text: str | None
    actual_text: str
    numerator_text: str
    denominator_text: str
    target_text: str
    unit_text: str


def _faults(
    suspect: _Suspect, table: LoadedTable, numbered: Numbered, names: Names, readers: Sequence[Reader]
) -> Iterator[Fault]:
    columns = table.layout.columns
    if suspect.period is None:
        text = suspect.period_text.strip()
        column = columns.get("period", 0)
        headed = "period" if "period" in columns else None
        yield Fault(Cell(suspect.row, column), "bad-period" if text else "no-period", {"value": text, "column": headed})
    if suspect.employee is None:
        yield Fault(Cell(suspect.row, columns["employee"]), "no-employee")
    if suspect.role is None:
        yield _unknown_role(Cell(suspect.row, columns["role"]), suspect.role_text.strip(), numbered, names)
    elif suspect.kpi is not None:
        yield from _numbers(suspect, suspect.kpi, table, numbered, readers[suspect.kpi])
    elif suspect.kpi_text is not None or not table.layout.is_wide:
        yield _unknown_kpi(suspect, suspect.role, table, numbered, names)


def _unknown_role(cell: Cell, text: str, numbered: Numbered, names: Names) -> Fault:
    if not text:
        return Fault(cell, "no-role")
    for id_ in find_broken(numbered.rules, text):
        return Fault(cell, "broken-role", {"role": id_})
    meant = names.roles(text)
    if meant:
        return Fault(
            cell, "ambiguous-role", {"role": text, "ids": tuple(numbered.roles[each].id for each in sorted(meant))}
        )
    known = role_names(numbered.roles)
    ids = tuple(role.id for role in numbered.roles)
    return Fault(cell, "unknown-role", {"role": text, "nearest": nearest(text, known), "known": ids})


def _unknown_kpi(suspect: _Suspect, role: int, table: LoadedTable, numbered: Numbered, names: Names) -> Fault:
    text = (suspect.kpi_text or "").strip()
    title = numbered.roles[role].title
    meant = names.kpis(role, text)
    cell = Cell(suspect.row, suspect.col if table.layout.is_wide else table.layout.columns["kpi"])
    if meant:
        ids = tuple(numbered.kpis[each][2].id for each in sorted(meant))
        return Fault(cell, "ambiguous-kpi", {"kpi": text, "ids": ids})
    if table.layout.is_wide:
        values: dict[str, Value] = {
            "kpi": text,
            "role": title,
            "value": (suspect.actual_text or suspect.numerator_text or suspect.denominator_text).strip(),
        }
        return Fault(cell, "kpi-not-in-role", values)
    if not text:
        return Fault(cell, "no-kpi")
    kpis = numbered.roles[role].kpis
    known = [word for kpi in kpis for word in (kpi.id, *spellings(kpi.name))]
    ids = tuple(kpi.id for kpi in kpis)
    return Fault(cell, "unknown-kpi", {"kpi": text, "role": title, "nearest": nearest(text, known), "known": ids})


def _numbers(suspect: _Suspect, number: int, table: LoadedTable, numbered: Numbered, reader: Reader) -> Iterator[Fault]:
    kpi = numbered.kpis[number][2]
    columns = {**table.layout.columns, **_columns(suspect, table)}
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
            yield Fault(Cell(suspect.row, columns[part]), meaning.fault, values)
    wrong = ratio_fault(meanings["actual"], meanings["numerator"], meanings["denominator"])
    if wrong:
        found = True
        values = {"value": texts[wrong.part].strip(), "kpi": kpi.name, "missing": Both(*COLUMNS[wrong.part])}
        yield Fault(Cell(suspect.row, columns.get(wrong.part, suspect.col)), wrong.code, values)
    if suspect.unit_text.strip() and not reader.is_unit(suspect.unit_text):
        found = True
        values = {"unit": suspect.unit_text.strip(), "kpi": kpi.name, "own": kpi.unit}
        yield Fault(Cell(suspect.row, columns["unit"]), "other-unit", values)
    if not found and suspect.numerator_text:  # each cell by itself is right: only the quotient can be too large
        values = {"value": f"{suspect.numerator_text} / {suspect.denominator_text}", "kpi": kpi.name}
        yield Fault(Cell(suspect.row, columns["numerator"]), "out-of-range", values)


def _columns(suspect: _Suspect, table: LoadedTable) -> dict[str, int]:
    """Return the columns of a wide table that the figure is from."""
    for kpi in table.layout.kpis:
        if kpi.column == suspect.col:
            parts: dict[str, int | None] = {
                "actual": kpi.actual,
                "numerator": kpi.numerator,
                "denominator": kpi.denominator,
            }
            return {part: column for part, column in parts.items() if column is not None}
    return {}


def _values(meaning: Meaning, text: str, kpi: Kpi) -> dict[str, Value]:
    """Return what the message about a quantity quotes, and what says why it is none."""
    values: dict[str, Value] = {"value": text.strip(), "kpi": kpi.name, "unit": kpi.unit}
    if meaning.quantity:
        values |= {"understood": meaning.quantity.understood, "left": meaning.quantity.left}
        if meaning.quantity.reason:
            values[meaning.quantity.reason.replace("-", "_")] = meaning.quantity.left or text.strip()
    return values
