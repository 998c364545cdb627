"""What is said of longer periods, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from kpicard.card import Adjusted, Month, Rollup, Scored
from kpicard.longer.calendar import By


class Longer(NamedTuple):
    """What the cards of a longer period are: of a quarter or a year, and made from totals or from actuals."""

    by: By
    rollup: Rollup = "totals"


@dataclass(frozen=True, slots=True)
class FullMonth(Month):
    """A month with what its own card says, so that whoever has the longer card can check it."""

    grade_by_total: str | None
    """The grade without vetoes."""
    kpis: tuple[Scored, ...]
    """None where the longer card is made from totals; nor are there adjustments then."""
    adjustments: tuple[Adjusted, ...]

    @property
    def is_vetoed(self) -> bool:
        """Whether a veto holds the month's grade down."""
        return self.grade != self.grade_by_total
