"""The rules with numbers in place of names, as the engine has them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kpicard.rules.curve import Curve
from kpicard.rules.editions import Edition, Item, editions
from kpicard.rules.models import Department, Role
from kpicard.rules.rules import Rules


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
