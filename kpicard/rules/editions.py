"""Editions: each role as it is scored in a span of periods, with all that held then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from kpicard.rules.adjustment import Adjustment
from kpicard.rules.curve import Curve
from kpicard.rules.fingerprint import fingerprint
from kpicard.rules.models import Department, Kpi, Role
from kpicard.rules.rules import Rules, held_in, role_in

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
