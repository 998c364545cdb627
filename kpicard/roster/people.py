"""The people of a department as values: who has which role from when to when, and what is agreed with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from kpicard.problems import Problem, Value
from kpicard.rules.models import Role
from kpicard.text import nearest

ALWAYS = ("", "9999-12")
"""The first and the last month where nothing is said: earlier and later than every other."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a role; `employee` is empty where anybody may have it.

    `base` is in the currency, `share` in percent; `targets` are by the ids of KPIs, in their units. `is_right` is
    false where something is wrong with the row: then the person's cards are withheld.
    """

    employee: str
    role: Role
    name: str = ""
    team: str = ""
    manager: str = ""
    base: Decimal | None = None
    share: Decimal | None = None
    first: str = ALWAYS[0]
    last: str = ALWAYS[1]
    targets: Mapping[str, Decimal] = field(default_factory=dict)
    is_right: bool = True
    at: Problem | None = field(default=None, compare=False)
    """The place of the row, as a problem whose code is to be replaced."""

    def is_there(self, period: str) -> bool:
        """Return whether the person has the role in a month, on any of its days."""
        return self.first <= period <= self.last

    def problem(self, code: str, **values: Value) -> Problem | None:
        """Return a problem of the row."""
        return replace(self.at, code=code, values=values) if self.at else None


@dataclass(frozen=True)
class Roster:
    """People in the order of their file, and whether it says their names and teams."""

    people: tuple[Person, ...]
    has_names: bool = False
    has_teams: bool = False
    unread: frozenset[str] = frozenset()
    """Employees of whom a row could not be read: what is wrong with it is told there."""

    @classmethod
    def blank(cls, roles: Iterable[Role]) -> Roster:
        """Return a roster with each role once, and nobody in it yet."""
        return cls(tuple(Person("", role) for role in roles))

    def only(self, roles: Collection[str]) -> Roster:
        """Return the roster of those in one of the roles, given by their ids."""
        return replace(self, people=tuple(person for person in self.people if person.role.id in roles))

    def at(self, period: str) -> Roster:
        """Return the roster of those who are there in a month."""
        return replace(self, people=tuple(person for person in self.people if person.is_there(period)))

    @property
    def has_targets(self) -> bool:
        """Whether anybody has a target of their own."""
        return any(person.targets for person in self.people)

    @cached_property
    def by_employee(self) -> Mapping[str, tuple[Person, ...]]:
        """The rows of each employee."""
        found: dict[str, list[Person]] = {}
        for person in self.people:
            found.setdefault(person.employee, []).append(person)
        return {employee: tuple(rows) for employee, rows in found.items()}

    def why_not(self, employee: str, period: str | None, role: str | None) -> tuple[str, dict[str, Value]] | None:
        """Return why an employee has no card in a month, in a role or, with None, in a role that the roster says.

        None where a row of theirs is wrong itself, which is told there, or where nothing is wrong.
        """
        rows = self.by_employee.get(employee, ())
        if employee in self.unread or any(not person.is_right for person in rows):
            return None
        if not rows:
            named = [person for person in self.people if person.name == employee]
            like = nearest(employee, self.by_employee) if len(named) != 1 else named[0].employee
            return "not-on-roster", {"employee": employee, "nearest": like}
        if period is None:
            return None
        there = [person for person in rows if person.is_there(period)]
        said = tuple(dict.fromkeys(person.role.title for person in there))
        if not there:
            return "not-on-roster-then", {"employee": employee, "period": period, "when": _when(rows)}
        if role is None:
            return ("several-roles", {"employee": employee, "period": period, "roles": said}) if len(said) > 1 else None
        if all(person.role.id != role for person in there):
            return "other-role-on-roster", {"employee": employee, "period": period, "roles": said}
        return None


def _when(rows: Iterable[Person]) -> tuple[str, ...]:
    """Return from when to when somebody is on the roster, as months: `2026-01–2026-06`, `2026-07–`."""
    first, last = ALWAYS
    spans = [
        (
            row.first if row.first != first else "",
            row.last if row.last != last else "",
        )
        for row in rows
    ]
    return tuple(f"{start}–{end}" if start != end else start for start, end in spans)
