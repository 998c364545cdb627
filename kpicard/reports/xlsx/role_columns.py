"""Which cards can stand on one sheet, and which columns they take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpicard.cards.values import Card, Scored
from kpicard.reports.xlsx import formulas, styles
from kpicard.reports.xlsx.styles import Style
from kpicard.reports.xlsx.table import people_columns
from kpicard.rules.adjustments import Adjustment
from kpicard.rules.models import Kpi


@dataclass(frozen=True, slots=True)
class Block:
    """The columns of one KPI, from `first` to that of its points; None where a column would say nothing."""

    kpi: Kpi
    first: int
    target: int | None
    attainment: int | None
    weight: int | None
    common_target: Decimal | None
    """The target that all cards have, which then stands above the column of actuals."""

    @property
    def actual(self) -> int:
        """The column of the actuals."""
        return self.first + (self.target is not None)

    @property
    def score(self) -> int:
        """The column of the scores."""
        return self.actual + (self.attainment is not None) + 1

    @property
    def points(self) -> int:
        """The column of the points."""
        return self.score + (self.weight is not None) + 1


@dataclass(frozen=True, slots=True)
class Counted:
    """The columns of one adjustment: how many there were, and then their points."""

    adjustment: Adjustment
    count: int

    @property
    def points(self) -> int:
        """The column of the points."""
        return self.count + 1


@dataclass(frozen=True)
class Columns:
    """The columns of a sheet: those on the left by their words, then the KPIs', the adjustments' and the notes."""

    left: tuple[str, ...]
    blocks: Sequence[Block]
    counted: Sequence[Counted]
    looks: dict[int, Style]
    """The styles of the columns of values, whose decimals differ from KPI to KPI."""
    places: int
    """The most decimals that an effective weight has."""

    def __getitem__(self, word: str) -> int:
        return self.left.index(word)

    @property
    def points(self) -> list[int]:
        """The columns that sum to the total."""
        return [*(block.points for block in self.blocks), *(counted.points for counted in self.counted)]

    @property
    def weight_places(self) -> int:
        """The most decimals that a weight has."""
        return max(formulas.decimals(block.kpi.weight) for block in self.blocks)

    @property
    def notes(self) -> int:
        """The last column."""
        return self.points[-1] + 1


def by_shape(cards: Iterable[Card]) -> list[list[Card]]:
    """Return the cards that have KPIs in groups with the same KPIs, weights and adjustments, in the order of the roles.

    A role whose KPIs or weights changed in between has more than one group, the oldest first.
    """
    groups: dict[tuple[object, ...], list[Card]] = {}
    for card in sorted((card for card in cards if card.kpis), key=lambda card: card.role.id):
        kpis = tuple((each.kpi.id, each.kpi.weight, str(each.kpi.name), str(each.kpi.unit)) for each in card.kpis)
        adjustments = tuple((each.adjustment.id, str(each.adjustment.name)) for each in card.adjustments)
        groups.setdefault((card.role.id, kpis, adjustments), []).append(card)
    return list(groups.values())


def columns_of(cards: Sequence[Card]) -> Columns:
    """Return the columns of cards that have the same KPIs and adjustments."""
    left = ("number", *people_columns(cards), "total", "grade", "coefficient", "full-weight")
    looks = {
        left.index("coefficient"): styles.fitting(card.coefficient for card in cards),
        left.index("full-weight"): styles.fitting((card.full_weight for card in cards), "%"),
    }
    column, blocks, counted = len(left), [], []
    for index, scored in enumerate(cards[0].kpis):
        lines = [card.kpis[index] for card in cards]
        block = _block(scored.kpi, lines, column, has_weights=any(card.has_effective_weights for card in cards))
        blocks.append(block)
        looks[block.actual] = styles.fitting(line.actual for line in lines)
        if block.target is not None:
            looks[block.target] = styles.fitting(line.target for line in lines)
        if block.weight is not None:
            looks[block.weight] = styles.fitting((line.effective_weight for line in lines), "%")
        looks[block.points] = styles.fitting_points(line.points for line in lines)
        column = block.points + 1
    for index, adjusted in enumerate(cards[0].adjustments):
        counted.append(Counted(adjusted.adjustment, column))
        looks[column] = styles.fitting(card.adjustments[index].actual for card in cards)
        column += 2
    return Columns(left, blocks, counted, looks, formulas.weight_places(cards))


def _block(kpi: Kpi, lines: Sequence[Scored], first: int, *, has_weights: bool) -> Block:
    targets = {line.target for line in lines}
    is_common = len(targets) == 1
    attainment = first + (not is_common) + 1 if any(line.attainment is not None for line in lines) else None
    return Block(
        kpi=kpi,
        first=first,
        target=None if is_common else first,
        attainment=attainment,
        weight=first + (not is_common) + (attainment is not None) + 2 if has_weights else None,
        common_target=targets.pop() if is_common else None,
    )
