"""By what words the rules' roles and KPIs go in cells, and how each KPI's figures are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kpicard.actuals.meaning import Reader
from kpicard.rules.names import by_name, look_up
from kpicard.rules.numbered import Numbered
from kpicard.text import spellings


@dataclass(frozen=True)
class Vocabulary:
    """All that the cells of actuals are understood by."""

    numbered: Numbered

    @cached_property
    def names(self) -> Names:
        """What roles and KPIs are called."""
        return Names(self.numbered)

    @cached_property
    def readers(self) -> tuple[Reader, ...]:
        """A reader for each KPI, by its number."""
        return tuple(Reader(kpi, self.numbered.rules.curve(kpi)) for _, _, kpi in self.numbered.kpis)


class Names:
    """Finds roles and KPIs by id or by name in either language, as numbers."""

    def __init__(self, numbered: Numbered) -> None:
        """Take the names from the rules."""
        self._roles = by_name((number, (role.id, *spellings(role.title))) for number, role in enumerate(numbered.roles))
        self._kpis: dict[int, Mapping[str, frozenset[int]]] = {}
        for number in range(len(numbered.roles)):
            of_role = ((index, kpi) for index, (role, _, kpi) in enumerate(numbered.kpis) if role == number)
            self._kpis[number] = by_name((index, (kpi.id, *spellings(kpi.name))) for index, kpi in of_role)

    def roles(self, text: str) -> frozenset[int]:
        """Return the numbers of the roles that a cell may mean: one where it is clear."""
        return look_up(self._roles, text)

    def kpis(self, role: int, text: str) -> frozenset[int]:
        """Return the numbers of a role's KPIs that a cell may mean: one where it is clear."""
        return look_up(self._kpis[role], text)
