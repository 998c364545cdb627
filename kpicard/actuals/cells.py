"""Cells that cannot be read, one by one: what each says, and what was understood of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kpicard.actuals.faults import Cell, Fault, file_of
from kpicard.actuals.load import LoadedFile
from kpicard.actuals.meaning import Names, Quantity, read_actual, read_target
from kpicard.engine.database import Database
from kpicard.nearest import nearest
from kpicard.problems.problem import Value
from kpicard.rules.names import find_broken, role_names
from kpicard.rules.numbered import Numbered
from kpicard.text import spellings

_SUSPECTS = """
SELECT r.row, r.col, r.period, r.employee, r.role, r.kpi,
    COALESCE(c.period_text, ''), COALESCE(c.role_text, ''), c.kpi_text, COALESCE(c.actual_text, ''),
    COALESCE(c.target_text, '')
FROM reading AS r JOIN cell AS c ON c.row = r.row AND c.col = r.col
WHERE r.fault
ORDER BY r.row, r.col"""


def cell_faults(database: Database, files: Sequence[LoadedFile], numbered: Numbered) -> list[Fault]:
    """Return what is wrong with each cell that is not understood. Rows of the wrong width are problems already."""
    names = Names(numbered)
    found: dict[tuple[object, ...], Fault] = {}
    for row in database.execute(_SUSPECTS).fetchall():
        suspect = _Suspect(*row)
        file = file_of(files, suspect.row)
        if suspect.row not in file.faulty:
            for fault in _faults(suspect, file, numbered, names):
                found.setdefault(_same(fault, file), fault)
    return list(found.values())


def _same(fault: Fault, file: LoadedFile) -> tuple[object, ...]:
    """Return what tells a fault from others.

    The cells of one wide row share their period, employee and role: each fault once. That a role's own file is wrong,
    or that a file does not say its period at all, is said once for each file of actuals.
    """
    if fault.code == "broken-role":
        return fault.code, file.source.name, fault.values["role"]
    if fault.code == "no-period" and "period" not in file.layout.columns:
        return fault.code, file.source.name
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
    target_text: str


def _faults(suspect: _Suspect, file: LoadedFile, numbered: Numbered, names: Names) -> Iterator[Fault]:
    columns = file.layout.columns
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
        yield from _numbers(suspect, file, numbered)
    elif suspect.kpi_text is not None or not file.layout.is_wide:
        yield _unknown_kpi(suspect, suspect.role, file, numbered, names)


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


def _unknown_kpi(suspect: _Suspect, role: int, file: LoadedFile, numbered: Numbered, names: Names) -> Fault:
    text = (suspect.kpi_text or "").strip()
    title = numbered.roles[role].title
    meant = names.kpis(role, text)
    cell = Cell(suspect.row, suspect.col if file.layout.is_wide else file.layout.columns["kpi"])
    if meant:
        ids = tuple(numbered.kpis[each][2].id for each in sorted(meant))
        return Fault(cell, "ambiguous-kpi", {"kpi": text, "ids": ids})
    if file.layout.is_wide:
        values: dict[str, Value] = {"kpi": text, "role": title, "value": suspect.actual_text.strip()}
        return Fault(cell, "kpi-not-in-role", values)
    if not text:
        return Fault(cell, "no-kpi")
    kpis = numbered.roles[role].kpis
    known = [word for kpi in kpis for word in (kpi.id, *spellings(kpi.name))]
    ids = tuple(kpi.id for kpi in kpis)
    return Fault(cell, "unknown-kpi", {"kpi": text, "role": title, "nearest": nearest(text, known), "known": ids})


def _numbers(suspect: _Suspect, file: LoadedFile, numbered: Numbered) -> Iterator[Fault]:
    kpi = numbered.kpis[suspect.kpi or 0][2]

    def unreadable(quantity: Quantity, text: str, column: int) -> Iterator[Fault]:
        if quantity.fault:
            values: dict[str, Value] = {"value": text.strip(), "kpi": kpi.name, "unit": kpi.unit}
            yield Fault(Cell(suspect.row, column), quantity.fault, values)

    yield from unreadable(read_actual(suspect.actual_text, kpi), suspect.actual_text, suspect.col)
    if "target" in file.layout.columns:
        needs_positive = numbered.rules.curve(kpi).axis == "attainment"
        target = read_target(suspect.target_text, kpi, needs_positive=needs_positive)
        yield from unreadable(target, suspect.target_text, file.layout.columns["target"])
