"""Who a template is for: read from a roster, or one blank line for each role."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from kpicard.actuals.files.cell_text import clean
from kpicard.actuals.files.prepare import ChangedError, state_of, steady
from kpicard.actuals.files.records import Record, read_records
from kpicard.actuals.files.tables import Source
from kpicard.actuals.header_vocabulary import KnownHeadings
from kpicard.files import own_folder
from kpicard.fill_in.roster_table import RosterTable, open_roster
from kpicard.problems import Problem, Value, has_errors, in_order
from kpicard.rules.models import Role
from kpicard.rules.rules import Rules, find_broken, find_role, role_names
from kpicard.text import nearest

_FORMULA_TEXT: Final = re.compile('="([^"]*)"')
"""As exports write a text that a spreadsheet shall not take for a number."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a role; `employee` is empty where anybody may have it."""

    employee: str
    role: Role
    name: str = ""
    team: str = ""


@dataclass(frozen=True)
class Roster:
    """People in the order of their file, and whether it says their names and teams."""

    people: tuple[Person, ...]
    has_names: bool = False
    has_teams: bool = False

    @classmethod
    def blank(cls, roles: Iterable[Role]) -> Roster:
        """Return a roster with each role once, and nobody in it yet."""
        return cls(tuple(Person("", role) for role in roles))

    def only(self, roles: Collection[str]) -> Roster:
        """Return the roster of those in one of the roles, given by their ids."""
        return replace(self, people=tuple(person for person in self.people if person.role.id in roles))


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
    seen: dict[tuple[str, str], Problem] = {}
    people = []
    for record in _rows(opened):
        found = _person(record, opened, rules)
        if isinstance(found, Person):
            here = opened.table.problem("doubled-person", record.place(opened.used["employee"]))
            first = seen.setdefault((found.employee, found.role.id), here)
            if first is here:
                people.append(found)
                continue
            values = {"employee": found.employee, "role": found.role.title, "other": first.place}
            found = replace(here, values=values)
        problems.append(found)
    if not people and not has_errors(problems):
        problems.append(opened.table.problem("no-people", opened.heading.record.place(0)))
    has = opened.used
    return RosterRead(Roster(tuple(people), "name" in has, "team" in has), in_order(problems))


def _rows(opened: RosterTable) -> Iterator[Record]:
    """Yield the records below the heading that are not empty."""
    records = islice(read_records(opened.table), len(opened.heading.above) + 1, None)
    return (record for record in records if any(cell.strip() for cell in record.cells))


def _person(record: Record, opened: RosterTable, rules: Rules) -> Person | Problem:
    """Return who a row is about, or what is wrong with it."""
    table, used = opened.table, opened.used
    width, found = len(opened.heading.record.cells), len(record.cells)
    if record.bad_quote is not None:
        return table.problem("bad-quote", record.place_of(record.bad_quote))
    if found != width:
        return table.problem("ragged-row", record.place(min(found, width)), {"found": found, "expected": width})
    texts = {column: _text(record.cells[index]) for column, index in used.items()}
    if not texts["employee"]:
        return table.problem("no-employee", record.place(used["employee"]))
    role = _role(texts["role"], rules)
    if isinstance(role, Role):
        return Person(texts["employee"], role, texts.get("name", ""), texts.get("team", ""))
    code, values = role
    return table.problem(code, record.place(used["role"]), values)


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


class Chosen(NamedTuple):
    """Who the template is for, and the problems found. None where somebody would be missing from it."""

    roster: Roster | None
    problems: tuple[Problem, ...]


def choose(rules: Rules, roster: Source | None, roles: Iterable[str] = ()) -> Chosen:
    """Return the people of a roster, or without one each role once; of `roles`, given by id, where some are chosen."""
    wanted = tuple(dict.fromkeys(roles))
    if roster is None:
        if not rules.roles or (rules.broken and not wanted):
            return Chosen(None, ())
        return Chosen(Roster.blank(rules.roles[id_] for id_ in wanted or rules.roles), ())
    with own_folder() as folder:
        people, problems = read_roster(roster, rules, folder)
    if not has_errors(problems):
        problems = in_order([*problems, *_not_found(people, rules, roster, wanted)])
    if has_errors(problems):
        return Chosen(None, problems)
    return Chosen(people.only(wanted) if wanted else people, problems)


def _not_found(people: Roster, rules: Rules, roster: Source, wanted: Iterable[str]) -> Iterator[Problem]:
    """Yield the chosen roles that nobody has: no choice comes to nothing in silence."""
    found = {person.role.id for person in people.people}
    known = tuple(rules.roles[id_].title for id_ in sorted(found))
    for id_ in wanted:
        if id_ not in found:
            yield Problem(roster.name, None, None, "nobody-chosen", {"role": rules.roles[id_].title, "found": known})
