"""Reads a roster: its rows as people, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from kpicard.actuals.files.cell_text import clean
from kpicard.actuals.files.prepare import ChangedError, state_of, steady
from kpicard.actuals.files.records import Place, Record, read_records
from kpicard.actuals.files.tables import Source
from kpicard.actuals.header_vocabulary import KnownHeadings
from kpicard.actuals.possible_range import impossible_values
from kpicard.actuals.readers import NOT_APPLICABLE, NOT_REPORTED, Vocabulary, read_number
from kpicard.periods import read_period
from kpicard.problems import Problem, Value, has_errors, in_order
from kpicard.roster.people import ALWAYS, Person, Roster
from kpicard.roster.table import RosterTable, open_roster
from kpicard.rules.models import Kpi, Role
from kpicard.rules.rule_index import Numbered
from kpicard.rules.rules import Rules, find_broken, find_role, role_names
from kpicard.text import nearest

_FORMULA_TEXT: Final = re.compile('="([^"]*)"')
"""As exports write a text that a spreadsheet shall not take for a number."""


class RosterRead(NamedTuple):
    """A roster, and the problems found in it, sorted. A row with an error is not in it."""

    roster: Roster
    problems: tuple[Problem, ...]


def read_roster(source: Source, rules: Rules, folder: Path) -> RosterRead:
    """Read a roster: text with separators in any encoding, a workbook or Parquet. `folder` is for copies.

    Never raises for what is in the file.
    """
    try:
        with steady(source.path, state_of(source.path)):
            return _read(source, rules, folder)
    except ChangedError:
        return RosterRead(Roster(()), (Problem(source.name, None, None, "changed-while-read"),))


def _read(source: Source, rules: Rules, folder: Path) -> RosterRead:
    opened, problems = open_roster(source, KnownHeadings(rules), folder / "roster")
    if opened is None:
        return RosterRead(Roster(()), in_order(problems))
    rows = _Rows(opened, Vocabulary(Numbered(rules)))
    people = list(rows.people())
    problems += rows.problems
    if not people and not has_errors(problems):
        problems.append(opened.table.problem("no-people", opened.heading.record.place(0)))
    has = opened.used
    roster = Roster(tuple(people), "name" in has, "team" in has, frozenset(rows.unread))
    return RosterRead(roster, in_order(problems))


@dataclass
class _Rows:
    """Reads the rows of a roster, and collects what is wrong with them."""

    opened: RosterTable
    vocabulary: Vocabulary
    problems: list[Problem] = field(default_factory=list)
    idle: set[int] = field(default_factory=set)
    """The columns of targets that change nothing, as was told."""
    unread: set[str] = field(default_factory=set)
    """Employees in a role that is not known."""

    def people(self) -> Iterator[Person]:
        """Yield who the rows are about; of those who are in a role twice at a time, the second is not right."""
        before: dict[tuple[str, str], list[Person]] = {}
        for record in self._records():
            person = self._person(record)
            if person is None:
                continue
            others = before.setdefault((person.employee, person.role.id), [])
            other = next((each for each in others if each.first <= person.last and person.first <= each.last), None)
            if other and person.at and other.at:
                values = {"employee": person.employee, "role": person.role.title, "other": other.at.place}
                self.problems.append(replace(person.at, code="doubled-person", values=values))
                person = replace(person, is_right=False)
            others.append(person)
            yield person

    def _records(self) -> Iterator[Record]:
        """Yield the records below the heading that are not empty."""
        records = islice(read_records(self.opened.table), len(self.opened.heading.above) + 1, None)
        return (record for record in records if any(cell.strip() for cell in record.cells))

    def _person(self, record: Record) -> Person | None:
        """Return who a row is about; None where that is not known."""
        table, used = self.opened.table, self.opened.used
        width, found = len(self.opened.heading.record.cells), len(record.cells)
        if record.bad_quote is not None:
            self._wrong("bad-quote", record.place_of(record.bad_quote))
            return None
        if found != width:
            self._wrong("ragged-row", record.place(min(found, width)), found=found, expected=width)
            return None
        texts = {column: _text(record.cells[index]) for column, index in used.items()}
        if not texts["employee"]:
            self._wrong("no-employee", record.place(used["employee"]))
            return None
        role = _role(texts["role"], self.vocabulary.numbered.rules)
        if not isinstance(role, Role):
            self._wrong(role[0], record.place(used["role"]), **role[1])
            self.unread.add(texts["employee"])
            return None
        count = len(self.problems)
        person = Person(
            employee=texts["employee"],
            role=role,
            name=texts.get("name", ""),
            team=texts.get("team", ""),
            manager=texts.get("manager", ""),
            base=self._number("base", texts, record),
            share=self._number("share", texts, record),
            first=self._month("from", texts, record) or ALWAYS[0],
            last=self._month("until", texts, record) or ALWAYS[1],
            targets=self._targets(role, record),
            at=table.problem("no-figures", record.place(used["employee"])),
        )
        if person.first > person.last:
            self._wrong("until-before-from", record.place(used["until"]), first=person.first, last=person.last)
        return replace(person, is_right=not has_errors(self.problems[count:]))

    def _number(self, column: str, texts: Mapping[str, str], record: Record) -> Decimal | None:
        text = texts.get(column, "")
        if text.casefold() in NOT_APPLICABLE | NOT_REPORTED:
            return None
        found = read_number(column, text)
        if found.value is None:
            values: dict[str, Value] = {"value": text, "understood": found.understood, "left": found.left or None}
            self._wrong(f"bad-{column}", record.place(self.opened.used[column]), **values)
        return found.value

    def _month(self, column: str, texts: Mapping[str, str], record: Record) -> str | None:
        text = texts.get(column, "")
        if text in NOT_REPORTED:
            return None
        month = read_period(text)
        if month is None:
            self._wrong("bad-period", record.place(self.opened.used[column]), value=text)
        return month

    def _targets(self, role: Role, record: Record) -> dict[str, Decimal]:
        """Return the personal targets of a row, by the ids of KPIs."""
        numbered = self.vocabulary.numbered
        targets: dict[str, Decimal] = {}
        for index, heading in self.opened.targets.items():
            text = _text(record.cells[index])
            if text.casefold() in NOT_APPLICABLE | NOT_REPORTED:
                continue
            edition = numbered.by_id[role.id][-1]
            meant = self.vocabulary.names.kpis(edition, heading.kpi)
            if len(meant) != 1:
                self._wrong("kpi-not-in-role", record.place(index), kpi=heading.kpi, role=role.title, value=text)
                continue
            (number,) = meant
            target = self._target(number, text, record, index)
            if target is not None:
                targets[numbered.items[number][2].id] = target
        return targets

    def _target(self, number: int, text: str, record: Record, index: int) -> Decimal | None:
        item = self.vocabulary.numbered.items[number][2]
        meaning = self.vocabulary.readers[number].target(text)
        place = record.place(index)
        if meaning.fault or meaning.value is None:
            self._wrong(meaning.fault or "bad-target-value", place, value=text, kpi=item.name, unit=item.unit)
            return None
        if isinstance(item, Kpi) and not item.bounds.hold(meaning.value):
            self._wrong("impossible-target", place, **impossible_values(item, text))
        is_idle = self.vocabulary.numbered.curves[number].axis == "actual" and meaning.value != item.target
        if is_idle and index not in self.idle:
            self.idle.add(index)
            can_count = isinstance(item, Kpi) and item.better != "within"
            values: dict[str, Value] = {"value": text, "kpi": item.name, "more": ""}
            self._wrong("idle-target", place, **values, axis="axis: attainment" if can_count else None)
        return meaning.value

    def _wrong(self, code: str, place: Place, /, **values: Value) -> None:
        self.problems.append(self.opened.table.problem(code, place, values))


def _text(cell: str) -> str:
    text = cell.strip()
    formula = _FORMULA_TEXT.fullmatch(text)
    return clean(formula[1] if formula else text).strip()


def _role(text: str, rules: Rules) -> Role | tuple[str, dict[str, Value]]:
    """Return the role that a text means by id or title, or the code of a problem and what it quotes."""
    if not text:
        return "no-role", {}
    ids = tuple(sorted(find_role(rules, text)))
    if len(ids) == 1:
        return rules.roles[ids[0]]
    if ids:
        return "ambiguous-role", {"role": text, "ids": ids}
    if find_broken(rules, text):
        return "broken-role", {"role": text}
    meant = nearest(text, role_names(rules.roles.values()))
    return "unknown-role", {"role": text, "nearest": meant, "known": tuple(rules.roles)}
