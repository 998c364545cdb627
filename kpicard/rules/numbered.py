"""The rules with numbers in place of names, as the engine has them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kpicard.rules.models import Kpi, Role, Rules


@dataclass(frozen=True)
class Numbered:
    """The rules with a number for each role, in id order, and for each KPI, in that order and the role file's."""

    rules: Rules

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """The roles; a role's number is its index."""
        return tuple(self.rules.roles[id_] for id_ in sorted(self.rules.roles))

    @cached_property
    def kpis(self) -> tuple[tuple[int, int, Kpi], ...]:
        """The KPIs with their role's number and their position in it; a KPI's number is its index."""
        return tuple(
            (number, position, kpi) for number, role in enumerate(self.roles) for position, kpi in enumerate(role.kpis)
        )
