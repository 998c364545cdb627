"""By what words the rules' roles and KPIs go in cells, and how each KPI's figures are read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from kpicard.actuals.meaning import Reader
from kpicard.rules.names import Named, by_name, look_up
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
        return tuple(
            Reader(item, curve) for (_, _, item), curve in zip(self.numbered.items, self.numbered.curves, strict=True)
        )


class Names:
    """Finds roles, KPIs and adjustments by id or by name in either language."""

    def __init__(self, numbered: Numbered) -> None:
        """Take the names from the rules: a role has those of all its versions."""
        versions = numbered.rules.versions.items()
        self._roles = by_name((id_, (id_, *spellings(role.title))) for id_, roles in versions for role in roles)
        self._kpis: dict[int, Named[int]] = {}
        for number, items in groupby(enumerate(numbered.items), key=lambda each: each[1][0]):
            named = ((index, (item.id, *spellings(item.name))) for index, (_, _, item) in items)
            self._kpis[number] = by_name(named)

    def roles(self, text: str) -> frozenset[str]:
        """Return the ids of the roles that a cell may mean: one where it is clear."""
        return look_up(self._roles, text)

    def kpis(self, role: int, text: str) -> frozenset[int]:
        """Return the numbers of a role's KPIs or adjustments that a cell may mean: one where it is clear."""
        return look_up(self._kpis[role], text)
