"""The rules with numbers in place of names, each role as it is scored in a span of periods, and its fingerprint."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from typing import Any, Final, TypeAlias

from kpicard.numbers import plain
from kpicard.rules.adjustments import Adjustment
from kpicard.rules.models import FULL, Department, Kpi, Role
from kpicard.rules.rules import Rules, held_in, role_in
from kpicard.rules.scoring.curve import Curve, Segment
from kpicard.text import spellings
from kpicard.units import unit_of

FORM: Final = 1
"""The canonical form's version: part of what is hashed, so that another form is never taken for other rules."""

ARITHMETIC: Final = 2
"""The number of the arithmetic: part of what is hashed, since the same rules come to other totals by another one.

2: points to four decimals, and the total rounded once. 1: points to two decimals, and summed.
"""

LENGTH: Final = 16
"""In hexadecimal digits: 64 bits."""


def fingerprint(role: Role, department: Department, items: Sequence[tuple[Kpi | Adjustment, Curve]]) -> str:
    """Return the fingerprint of a role by a department's scale; `items` are its KPIs and adjustments with their curves.

    It hangs on the arithmetic's number, ids, weights, targets, directions, units, curves, vetoes, adjustments, and the
    grades with bounds and coefficients; not on titles, names, definitions, labels, responsibilities, ranges, nor the
    periods that a version holds in.
    """
    values: dict[str, Any] = {
        "form": FORM,
        "arithmetic": ARITHMETIC,
        "role": role.id,
        "grades": [[grade.grade, plain(grade.from_), plain(grade.coefficient)] for grade in department.grades],
        "items": sorted((_item(item, curve) for item, curve in items), key=lambda each: str(each["id"])),
    }
    if department.left_out_at_most != FULL:
        values["left_out_at_most"] = plain(department.left_out_at_most)
    if department.bonus and department.bonus.by == "total":
        values["bonus"] = [_plain(department.bonus.from_), _plain(department.bonus.upto)]
    if role.weights == "in-section":
        values["sections"] = [[each.id, _plain(each.weight)] for each in role.sections]
        values["in"] = sorted([each.id, each.section] for each in role.kpis)
    text = json.dumps(values, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:LENGTH]


def _item(item: Kpi | Adjustment, curve: Curve) -> dict[str, Any]:
    values: dict[str, Any] = {
        "id": item.id,
        "unit": unit_of(item.unit).essence,
        "axis": curve.axis,
        "curve": [
            [each.first, each.last, each.intercept, each.slope, each.divisor] for each in _joined(curve.segments)
        ],
    }
    if isinstance(item, Adjustment):
        held = item.veto and [plain(item.veto.from_), item.veto.grade_at_most]
        return {**values, "veto": held} if held else values
    veto = item.veto and [plain(item.veto.score_below), item.veto.grade_at_most]
    values = {**values, "weight": plain(item.weight), "target": _plain(item.target), "better": item.better}
    values["veto"] = veto
    if item.of:
        values["of"] = [item.of.role, item.of.kpi, item.of.over, item.of.rollup]
    if item.team_figure:
        values["team_figure"] = True
    if item.out_of is not None:
        values["out_of"] = plain(item.out_of)
    if item.levels:
        values["levels"] = sorted([word, plain(each.value)] for each in item.levels for word in spellings(each.level))
    return values


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _joined(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Yield the segments with those as one that lie on one line: a bound that changes nothing is no other rule."""
    held: Segment | None = None
    for each in segments:
        if held and (held.intercept, held.slope, held.divisor) == (each.intercept, each.slope, each.divisor):
            held = Segment(held.first, each.last, each.intercept, each.slope, each.divisor)
            continue
        if held:
            yield held
        held = each
    if held:
        yield held


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
        """What tells these rules from others: see `kpicard.rules.rule_index`."""
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
