"""Where the cards stand, so that the summary finds them, however the sheets are sorted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kpicard.card import Card, Key
from kpicard.reports.xlsx import formulas
from kpicard.reports.xlsx.book import Sheet

RESULT: Final = ("total", "grade", "coefficient")
"""What the summary takes from the other sheets."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card stands: the cell to go to, and the ranges of cells that hold the numbers and the results."""

    cell: str
    ranges: Mapping[str, str]

    def taken(self, word: str, number: str) -> str:
        """Return the formula of one of the results of the card whose number is in a cell."""
        return formulas.taken(self.ranges[word], number, self.ranges["number"])


def placed(sheet: Sheet, columns: Sequence[str], cards: Sequence[Card], first: int) -> Iterator[tuple[Key, Place]]:
    """Yield where each of the cards stands, from a row of a sheet on."""
    last = first + len(cards) - 1
    ranges = {word: sheet.range(first, last, columns.index(word)) for word in ("number", *RESULT)}
    for row, card in enumerate(cards, start=first):
        yield card.key, Place(sheet.cell(row, columns.index("employee")), ranges)
