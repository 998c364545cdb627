"""Cells that cannot be read, one by one: what each says, and what was understood of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Final, NamedTuple, TypeAlias

from kpicard.actuals.files.tables import MERGED
from kpicard.actuals.findings import Cell, Fault, first_of, more_like, table_of
from kpicard.actuals.header_vocabulary import COLUMNS, RATIO_PARTS, Part
from kpicard.actuals.load import LoadedTable
from kpicard.actuals.readers import NOT_UNDERSTOOD, Meaning, Names, Reader, Vocabulary
from kpicard.engines.duckdb import Database
from kpicard.numbers import MILLION, plain
from kpicard.periods import either_month, has_lost_zero, has_zone, is_long, is_month_alone, is_range, is_week
from kpicard.problems import Value
from kpicard.rules.meant import numbers_meant
from kpicard.rules.models import Kpi
from kpicard.rules.rule_index import Item, Numbered
from kpicard.rules.rules import find_broken, role_names
from kpicard.text import Both, nearest, spellings


class RatioFault(NamedTuple):
    """What is wrong with a figure: in which of its cells, and the code."""

    part: Part
    code: str


def ratio_fault(actual: Meaning, numerator: Meaning, denominator: Meaning, factor: int | None) -> RatioFault | None:
    """Return what is wrong with a figure's cells taken together, None where each by itself says all.

    Either the actual stands alone, or numerator and denominator do; or, in a tidy table, it is their quotient times the
    `factor`. Both 0 are not applicable; any other numerator over 0 says nothing.
    """
    parts: dict[Part, Meaning] = {"numerator": numerator, "denominator": denominator}
    if any(part.fault for part in parts.values()) or all(part.status == "not_reported" for part in parts.values()):
        return None
    if actual.status != "not_reported" and not _is_quotient(actual.value, numerator.value, denominator.value, factor):
        return RatioFault("actual", "actual-and-ratio")
    for name, part in parts.items():
        if part.status == "not_reported":
            return RatioFault(name, "half-ratio")
    if numerator.status != denominator.status:
        return RatioFault("numerator" if numerator.status == "not_applicable" else "denominator", "half-ratio")
    if numerator.value is None or denominator.value is None or numerator.value == denominator.value == 0:
        return None
    return RatioFault("denominator", "zero-denominator") if denominator.value <= 0 else None


def _is_quotient(
    actual: Decimal | None, numerator: Decimal | None, denominator: Decimal | None, factor: int | None
) -> bool:
    """Whether an actual is numerator over denominator times the factor, rounded half away from zero to six decimals."""
    if factor is None or actual is None or numerator is None or denominator is None or denominator <= 0:
        return False
    exact = Fraction(numerator) / Fraction(denominator) * factor
    off = abs(Fraction(actual) - exact) * 2 * MILLION
    return off < 1 or (off == 1 and abs(actual) > abs(exact))


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
    weight_text: str = ""
    status_text: str = ""


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
    factor = reader.ratio_factor if suspect.status_text else None
    wrong = ratio_fault(meanings["actual"], meanings["numerator"], meanings["denominator"], factor)
    if wrong:
        found = True
        values = {"value": texts[wrong.part].strip(), "kpi": kpi.name, "missing": COLUMNS[wrong.part]}
        yield Fault(Cell(suspect.row, columns.get(wrong.part, suspect.col)), wrong.code, values)
    if not reader.is_unit(suspect.unit_text):
        found = True
        values = {"unit": suspect.unit_text.strip(), "kpi": kpi.name}
        yield Fault(Cell(suspect.row, columns["unit"]), "other-unit", values)
    if reader.weight is not None and not reader.is_weight(suspect.weight_text):
        found = True
        values = {"value": suspect.weight_text.strip(), "kpi": kpi.name, "weight": reader.weight}
        yield Fault(Cell(suspect.row, columns["weight"]), "other-weight", values)
    if not found and suspect.status_text and not (suspect.numerator_text and suspect.status_text == "scored"):
        values = {"value": suspect.status_text, "kpi": kpi.name, "actual": suspect.actual_text.strip() or None}
        yield Fault(Cell(suspect.row, columns["status"]), "bad-status", values)
    elif not found and suspect.numerator_text:  # each cell by itself is right: only the quotient can be too large
        values = {"value": f"{suspect.numerator_text} / {suspect.denominator_text}", "kpi": kpi.name}
        yield Fault(Cell(suspect.row, columns["numerator"]), "out-of-range", values)


def _values(meaning: Meaning, text: str, kpi: Item) -> dict[str, Value]:
    """Return what the message about a quantity quotes, and what says why it is none."""
    values: dict[str, Value] = {"value": text.strip(), "kpi": kpi.name, "unit": kpi.unit}
    if text == MERGED:
        values["merged"] = MERGED
    elif meaning.quantity and meaning.quantity.reason == "either-mark":
        whole, part = (re.sub("[.,]", mark, str(meaning.quantity.understood)) for mark in ("", "."))
        values |= {"either_mark": text.strip(), "whole": whole, "part": part}
    elif meaning.quantity:
        values |= {"understood": meaning.quantity.understood, "left": meaning.quantity.left}
        if meaning.quantity.reason not in {None, "unit", "left-over"}:  # these two show in what is left
            values[str(meaning.quantity.reason).replace("-", "_")] = text.strip()
            plainly = numbers_meant(text)
            one_of = Both(" or ".join(plainly), " 或 ".join(plainly))
            values["plain"] = one_of if plainly else Both("a plain number", "纯数字")
        if isinstance(kpi, Kpi):
            out_of = meaning.quantity.out_of
            values |= {"out_of": None if out_of is None else plain(out_of), "upto": kpi.bounds[1]}
    return values


_SUSPECTS = """
SELECT r.row, r.col, p.period, e.employee, r.role, r.kpi,
    COALESCE(c.period_text, ''), COALESCE(trim(c.employee_text), ''), COALESCE(c.role_text, ''), c.kpi_text,
    COALESCE(c.actual_text, ''),
    COALESCE(c.numerator_text, ''), COALESCE(c.denominator_text, ''), COALESCE(c.target_text, ''),
    COALESCE(c.unit_text, ''), COALESCE(c.weight_text, ''), COALESCE(c.status_text, '')
FROM tidy AS r JOIN cell AS c ON c.row = r.row AND c.col = r.col
LEFT JOIN known_period AS p ON p.number = r.period
LEFT JOIN known_employee AS e ON e.number = r.employee
WHERE r.fault AND r.row NOT IN (FROM faulty_row)"""


def cell_faults(database: Database, tables: Sequence[LoadedTable], vocabulary: Vocabulary) -> list[Fault]:
    """Return what is wrong with each cell that is not understood. Rows of the wrong width are problems already."""
    suspects = first_of(database, _SUSPECTS, "row, col")
    faults = suspect_faults((Suspect(*row) for row in suspects.rows), tables, vocabulary)
    return [*faults, more_like(faults[-1], suspects.more)] if suspects.more else faults


def suspect_faults(suspects: Iterable[Suspect], tables: Sequence[LoadedTable], vocabulary: Vocabulary) -> list[Fault]:
    """Return what is wrong with cells that are not understood, wherever they were found, each fault once."""
    found: dict[tuple[object, ...], Fault] = {}
    unknown = _Unknown(vocabulary.numbered, vocabulary.names)
    for suspect in suspects:
        table = table_of(tables, suspect.row)
        for fault in _faults(suspect, table, vocabulary, unknown):
            found.setdefault(_same(fault, table), fault)
    return list(found.values())


def _same(fault: Fault, table: LoadedTable) -> tuple[object, ...]:
    """Return what tells a fault from others.

    The cells of one wide row share their period, employee and role: each fault once. That a role's own file is wrong
    or has no rules for a period, that a table does not say its period at all, or says another weight, is said once for
    each table.
    """
    if fault.code == "broken-role":
        return fault.code, table.raw, fault.values["role"]
    if fault.code == "no-rules-yet":
        return fault.code, table.raw, fault.values["role"], fault.values["period"]
    if fault.code == "no-period" and "period" not in table.layout.columns:
        return fault.code, table.raw
    if fault.code == "other-weight":
        return fault.code, table.raw, fault.values["kpi"], fault.values["value"]
    return fault.code, fault.cell


def _faults(suspect: Suspect, table: LoadedTable, vocabulary: Vocabulary, unknown: _Unknown) -> Iterator[Fault]:
    numbered = vocabulary.numbered
    columns = table.layout.columns
    if suspect.status_text == NOT_UNDERSTOOD:
        yield Fault(Cell(suspect.row, columns["status"]), "not-understood")
        return
    if suspect.period is None:
        text = suspect.period_text.strip()
        column = columns.get("period", 0)
        headed = COLUMNS["period"] if "period" in columns else None
        values: dict[str, Value] = {
            "value": text,
            "column": headed,
            "one_digit": text if has_lost_zero(text) else None,
            "zoned": text if has_zone(text) else None,
            "week": text if is_week(text) else None,
            "either": either_month(text),
            "range": text if is_range(text) else None,
            "longer": text if is_long(text) else None,
            "alone": text if is_month_alone(text) else None,
        }
        yield Fault(Cell(suspect.row, column), "bad-period" if text else "no-period", values)
    if suspect.employee is None:
        text = suspect.employee_text
        code = "no-employee" if not text else "lost-digits" if text[0].isdigit() else "bad-employee"
        yield Fault(Cell(suspect.row, columns["employee"]), code, {"value": suspect.employee_text})
    if suspect.role is None:
        if suspect.role_text.strip() or not vocabulary.roster:  # else the roster says why
            yield from _role_faults(suspect, Cell(suspect.row, columns.get("role", 0)), vocabulary, unknown)
    elif suspect.kpi is not None:
        kpi, reader = numbered.items[suspect.kpi][2], vocabulary.readers[suspect.kpi]
        yield from figure_faults(suspect, table, kpi, reader)
    elif suspect.kpi_text is not None or not table.layout.is_wide:
        yield _unknown_kpi(suspect, suspect.role, table, unknown)


def _role_faults(suspect: Suspect, cell: Cell, vocabulary: Vocabulary, unknown: _Unknown) -> Iterator[Fault]:
    """Yield why a role's rules are not known: nothing where that hangs on a period that is not understood."""
    numbered = vocabulary.numbered
    text, period = suspect.role_text.strip(), suspect.period
    meant = vocabulary.names.roles(text)
    if len(meant) == 1:
        (id_,) = meant
        if period:
            first = min(numbered.editions[number].first or "" for number in numbered.by_id.get(id_, ()))
            yield Fault(
                cell, "no-rules-yet", {"role": numbered.rules.roles[id_].title, "period": period, "first": first}
            )
    else:
        yield Fault(cell, *unknown.role(text))


def _unknown_kpi(suspect: Suspect, role: int, table: LoadedTable, unknown: _Unknown) -> Fault:
    code, values = unknown.kpi(role, (suspect.kpi_text or "").strip())
    if not table.layout.is_wide:
        return Fault(Cell(suspect.row, table.layout.columns["kpi"]), code, values)
    cell = Cell(suspect.row, suspect.col)
    if code == "ambiguous-kpi":
        return Fault(cell, code, values)
    value = (suspect.actual_text or suspect.numerator_text or suspect.denominator_text).strip()
    title = unknown.numbered.roles[role].title
    return Fault(cell, "kpi-not-in-role", {"kpi": values.get("kpi", ""), "role": title, "value": value})


MOST_COMPARED: Final = 300
"""How many wrong words are compared with the right ones, which takes longer than all else that is done for a row."""

Code: TypeAlias = tuple[str, Mapping[str, Value]]
"""The code of a problem, and what its message quotes."""


class _Unknown:
    """Says of a role or a KPI why it is not known: once for each word, however many rows have it."""

    def __init__(self, numbered: Numbered, names: Names) -> None:
        self.numbered: Final = numbered
        self._names: Final = names
        self._left = MOST_COMPARED
        self.role: Final = cache(self._role)
        self.kpi: Final = cache(self._kpi)

    def _role(self, text: str) -> Code:
        rules = self.numbered.rules
        if not text:
            return "no-role", {}
        for id_ in find_broken(rules, text):
            return "broken-role", {"role": id_}
        if meant := self._names.roles(text):
            return "ambiguous-role", {"role": text, "ids": tuple(sorted(meant))}
        known = role_names(rules.roles.values())
        return "unknown-role", {"role": text, "nearest": self._nearest(text, known), "known": tuple(rules.roles)}

    def _kpi(self, role: int, text: str) -> Code:
        if meant := self._names.kpis(role, text):
            ids = tuple(self.numbered.items[each][2].id for each in sorted(meant))
            return "ambiguous-kpi", {"kpi": text, "ids": ids}
        if not text:
            return "no-kpi", {}
        items = self.numbered.editions[role].items
        known = [word for item in items for word in (item.id, *spellings(item.name))]
        values: dict[str, Value] = {"kpi": text, "role": self.numbered.roles[role].title}
        return "unknown-kpi", {
            **values,
            "nearest": self._nearest(text, known),
            "known": tuple(item.id for item in items),
        }

    def _nearest(self, word: str, known: Iterable[str]) -> str | None:
        self._left -= 1
        return nearest(word, known) if self._left >= 0 else None
