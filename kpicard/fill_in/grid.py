"""What stands in a template: its headings and rows, one row per person and KPI, or one per person."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from kpicard.actuals.files.cell_text import clean
from kpicard.actuals.header_vocabulary import COLUMNS, KnownHeadings, column_of
from kpicard.numbers import plain
from kpicard.roster.people import Person, Roster
from kpicard.rules.models import Kpi, Role
from kpicard.rules.ranges import Bounds
from kpicard.rules.rule_index import Item
from kpicard.rules.rules import Rules, by_name, find_broken, find_role
from kpicard.text import Both, Language, Text, fold, say, spellings
from kpicard.units import unit_of

_BESIDE = {"possible": Both("possible", "取值范围"), "definition": Both("definition", "定义")}
"""What heads the columns that only say what belongs into the others."""


class Labels:
    """The words of a template in one language, all of them on one line."""

    def __init__(self, rules: Rules, language: Language) -> None:
        """Take the names from the rules."""
        self._rules = rules
        self._language: Language = language
        self._known = KnownHeadings(rules)

    def text(self, text: Text | None) -> str:
        """Return a text of the rules, empty where there is none."""
        return "" if text is None else clean(say(text, self._language))

    def column(self, column: str) -> str:
        """Return what heads a column."""
        return say(_BESIDE.get(column) or COLUMNS[column], self._language)

    def possible(self, kpi: Item) -> str:
        """Return what a KPI's range says, empty where there is none."""
        return say(kpi.bounds.words, self._language) if isinstance(kpi, Kpi) and kpi.range else ""

    def role(self, role: Role) -> str:
        """Return a role's title, or its id where the title may mean another role."""
        title = self.text(role.title)
        word = fold(title)
        is_clear = find_role(self._rules, word) == {role.id} and not find_broken(self._rules, word)
        return title if is_clear else role.id

    def items(self, role: Role) -> tuple[Item, ...]:
        """Return what is filled in for a role: its KPIs, then the adjustments."""
        return (*role.kpis, *self._rules.adjustments(role))

    def kpi(self, role: Role, kpi: Item) -> str:
        """Return a KPI's name, or its id where the name may mean another one of the role, or heads another column."""
        name = self.text(kpi.name)
        names = by_name((each.id, (each.id, *spellings(each.name))) for each in self.items(role))
        is_clear = names.folded.get(fold(name)) == frozenset({kpi.id}) and column_of(name) is None
        return name if is_clear else kpi.id

    def kpi_heading(self, label: str, units: Collection[str]) -> str:
        """Return what heads the column of a KPI in the wide form: with the unit, if all that share it have the same."""
        (unit, *others) = dict.fromkeys(units)
        heading = f"{label} ({unit})"
        if others or not unit or column_of(heading):
            return label
        read = self._known.kpi(heading)
        is_clear = read and fold(read.kpi) == fold(label) and read.part == "actual" and not self._known.other_unit(read)
        return heading if is_clear else label


class ToFill(NamedTuple):
    """A cell to fill in with a KPI's actual, and all that is to be said of it there."""

    role: str
    kpi: str
    unit: str
    target: str
    possible: str
    definition: str
    is_percent: bool
    bounds: Bounds


Cell: TypeAlias = str | Decimal | ToFill | None
"""A text, a target, a cell to fill in, or None: one that stays empty, since the role does not have the KPI."""


@dataclass(frozen=True)
class Template:
    """The headings and the rows of a file to fill in."""

    period: str
    language: Language
    is_wide: bool
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def column(self, index: int) -> tuple[Cell, ...]:
        """Return the cells of a column, without its heading."""
        return tuple(row[index] for row in self.rows)


def long_template(roster: Roster, rules: Rules, period: str, language: Language) -> Template:
    """Return the template with a row per person and KPI, in the order of the role's file."""
    labels = Labels(rules, language)
    ranged = any(labels.possible(kpi) for person in roster.people for kpi in person.role.kpis)
    columns = [*_who(roster), "kpi", "target", "unit", *(["possible"] if ranged else ()), "actual", "definition"]
    headings = tuple(map(labels.column, columns))
    rows = tuple(_long_rows(roster, labels, period, ranged=ranged))
    return Template(period, language, is_wide=False, headings=headings, rows=rows)


def wide_template(roster: Roster, rules: Rules, period: str, language: Language) -> Template:
    """Return the template with a row per person; KPIs of the same name share a column."""
    labels = Labels(rules, language)
    roles = {person.role.id: person.role for person in roster.people}
    cells = {id_: _to_fill(role, labels) for id_, role in roles.items()}
    columns: dict[str, list[ToFill]] = {}
    for cell in (each for of_role in cells.values() for each in of_role):
        columns.setdefault(fold(cell.kpi), []).append(cell)
    kpi_headings = [labels.kpi_heading(each[0].kpi, [cell.unit for cell in each]) for each in columns.values()]
    rows: list[tuple[Cell, ...]] = []
    for person in roster.people:
        items = labels.items(person.role)
        own = {fold(cell.kpi): _own(cell, person, kpi) for cell, kpi in zip(cells[person.role.id], items, strict=True)}
        rows.append((*_person(person, roster, labels, period), *map(own.get, columns)))
    headings = (*map(labels.column, _who(roster)), *kpi_headings)
    return Template(period, language, is_wide=True, headings=headings, rows=tuple(rows))


def _who(roster: Roster) -> list[str]:
    names = ["name"] if roster.has_names else []
    teams = ["team"] if roster.has_teams else []
    return ["period", "employee", *names, *teams, "role"]


def _person(person: Person, roster: Roster, labels: Labels, period: str) -> Iterator[str]:
    """Yield the cells that say who a row is about, in the order of `_who`."""
    yield from (period, person.employee)
    if roster.has_names:
        yield person.name
    if roster.has_teams:
        yield person.team
    yield labels.role(person.role)


def _long_rows(roster: Roster, labels: Labels, period: str, *, ranged: bool) -> Iterator[tuple[Cell, ...]]:
    for person in roster.people:
        who = tuple(_person(person, roster, labels, period))
        for kpi, cell in zip(labels.items(person.role), _to_fill(person.role, labels), strict=True):
            target = person.targets.get(kpi.id, "" if kpi.target is None else kpi.target)
            own = _own(cell, person, kpi)
            yield (*who, cell.kpi, target, cell.unit, *([cell.possible] if ranged else ()), own, cell.definition)


def _own(cell: ToFill, person: Person, kpi: Item) -> ToFill:
    """Return a cell with the person's own target, where there is one."""
    return cell._replace(target=plain(person.targets[kpi.id])) if kpi.id in person.targets else cell


def _to_fill(role: Role, labels: Labels) -> Sequence[ToFill]:
    """Return the cells of a role's KPIs and adjustments."""
    return [
        ToFill(
            role=labels.role(role),
            kpi=labels.kpi(role, kpi),
            unit=labels.text(kpi.unit),
            target="" if kpi.target is None else plain(kpi.target),
            possible=labels.possible(kpi),
            definition=labels.text(kpi.definition),
            is_percent=_is_percent(kpi),
            bounds=kpi.bounds if isinstance(kpi, Kpi) else Bounds(),
        )
        for kpi in labels.items(role)
    ]


def _is_percent(kpi: Item) -> bool:
    return unit_of(kpi.unit).kind == "percent"
