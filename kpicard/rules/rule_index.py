"""The rules with numbers in place of names, and each role as it is scored in a span of periods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from kpicard.rules.fingerprint import fingerprint
from kpicard.rules.models import Adjustment, Department, Kpi, Role
from kpicard.rules.rules import Rules, held_in, role_in
from kpicard.rules.scoring.curve import Curve

Item: TypeAlias = Kpi | Adjustment
"""What a figure of a card is about."""


@dataclass(frozen=True)
class Edition:
    """A role with one target for each KPI, and the department that scores it.

    It holds from the period `first`, None from the beginning, until before the period `end`, None for good.
    """

    role: Role
    department: Department
    first: str | None = None
    end: str | None = None

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """What its figures are about: the KPIs, then the role's adjustments, then the department's."""
        return (*self.role.kpis, *self.adjustments)

    @property
    def adjustments(self) -> tuple[Adjustment, ...]:
        """The points beside the 100: the role's own, then the department's."""
        return (*self.role.adjustments, *self.department.adjustments)

    def curve(self, item: Item) -> Curve:
        """Return the curve of one of its items."""
        return item.curve(self.department.cap)

    @cached_property
    def fingerprint(self) -> str:
        """What tells these rules from others: see `kpicard.rules.fingerprint`."""
        return fingerprint(self.role, self.department, [(item, self.curve(item)) for item in self.items])

    def holds_in(self, period: str | None) -> bool:
        """Return whether it is what a period is scored by; one that is not known only if it holds in all."""
        after_first = self.first is None or (period is not None and self.first <= period)
        return after_first and (self.end is None or (period is not None and period < self.end))


_BEGINNING = ""


def editions(rules: Rules) -> Iterator[Edition]:
    """Yield the editions of all roles, by id, oldest first.

    There is none for periods before a role's first version, nor before one of its KPIs has its first target.
    """
    for id_ in sorted(rules.versions):
        starts = sorted(_starts(rules, id_))
        for start, end in zip(starts, [*starts[1:], None], strict=True):
            role, department = role_in(rules.versions[id_], start), held_in(rules.departments, start)
            if role and department:
                yield Edition(role, department, start or None, end)


def _starts(rules: Rules, id_: str) -> set[str]:
    """Return the periods from which on something of a role is another; the beginning is before all of them."""
    starts = {department.from_ or _BEGINNING for department in rules.departments}
    for version in rules.versions[id_]:
        starts.add(version.from_ or _BEGINNING)
        starts |= {start for kpi in version.kpis for start in kpi.targets if start}
    return starts | {_BEGINNING}


@dataclass(frozen=True)
class Numbered:
    """The rules with a number for each edition of a role, in id order and oldest first, and for each of its items.

    To the engine, an edition is a role of its own.
    """

    rules: Rules

    @cached_property
    def editions(self) -> tuple[Edition, ...]:
        """The editions; a role's number is the index of its edition."""
        return tuple(editions(self.rules))

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """The role of each edition, by its number."""
        return tuple(edition.role for edition in self.editions)

    @cached_property
    def items(self) -> tuple[tuple[int, int, Item], ...]:
        """The KPIs and adjustments with their role's number and their position in it; an item's number is its index."""
        return tuple(
            (number, position, item)
            for number, edition in enumerate(self.editions)
            for position, item in enumerate(edition.items)
        )

    @cached_property
    def curves(self) -> tuple[Curve, ...]:
        """The curve of each item, by its number."""
        return tuple(self.editions[role].curve(item) for role, _, item in self.items)

    @cached_property
    def by_id(self) -> dict[str, tuple[int, ...]]:
        """The numbers of each role's editions, oldest first."""
        numbers: dict[str, list[int]] = {}
        for number, edition in enumerate(self.editions):
            numbers.setdefault(edition.role.id, []).append(number)
        return {id_: tuple(each) for id_, each in numbers.items()}

    @property
    def is_dated(self) -> bool:
        """Whether it hangs on the period what a role is scored by."""
        return any(edition.first or edition.end for edition in self.editions)

    def number(self, id_: str, period: str | None) -> int | None:
        """Return the number of the edition of a role that a period is scored by, None where there is none.

        Where the period is not known, that is the one edition that there is for all periods.
        """
        return next((number for number in self.by_id.get(id_, ()) if self.editions[number].holds_in(period)), None)

    @cached_property
    def scales(self) -> tuple[int, ...]:
        """The number of each edition's grade scale: that of its department among the versions."""
        numbers = {id(department): number for number, department in enumerate(self.departments)}
        return tuple(numbers[id(edition.department)] for edition in self.editions)

    @property
    def departments(self) -> tuple[Department, ...]:
        """The versions of the department; a scale's number is the index."""
        return self.rules.departments
