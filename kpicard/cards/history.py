"""How the cards of one employee in one role came along from period to period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kpicard.cards.values import Adjusted, Card, Key, Scored
from kpicard.numbers import exact_difference
from kpicard.rules.adjustments import Adjustment
from kpicard.rules.models import Kpi


@dataclass(frozen=True, slots=True)
class History:
    """The cards of one employee in one role, oldest first: one for each of the periods, None where there is none.

    A change is always against the card before, whichever period that is of; a gap counts as no figure, never as 0.
    """

    periods: tuple[str, ...]
    line: tuple[Card | None, ...]

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards there are, oldest first."""
        return tuple(card for card in self.line if card)

    @property
    def last(self) -> Card:
        """The newest card."""
        return self.cards[-1]

    @property
    def before(self) -> Card:
        """The card before the newest one, for a history that has two or more."""
        return self.cards[-2]

    @property
    def totals(self) -> tuple[Decimal | None, ...]:
        """The total of each period, None where there is none."""
        return tuple(card.total if card else None for card in self.line)

    @property
    def change(self) -> Decimal | None:
        """How much higher the newest total is than before; None where either card is not assessed."""
        return self._last(self.changes(self.totals))

    def scores(self, kpi: str) -> tuple[Decimal | None, ...]:
        """Return the score of a KPI in each period, None where it has none."""
        return tuple(scored.score if scored else None for scored in self.of_kpi(kpi))

    def of_kpi(self, kpi: str) -> tuple[Scored | None, ...]:
        """Return what the card of each period has of a KPI, None where it has nothing."""
        return tuple(
            next((each for each in card.kpis if each.kpi.id == kpi), None) if card else None for card in self.line
        )

    def of_adjustment(self, adjustment: str) -> tuple[Adjusted | None, ...]:
        """Return what the card of each period has of an adjustment, None where it has nothing."""
        return tuple(
            next((each for each in card.adjustments if each.adjustment.id == adjustment), None) if card else None
            for card in self.line
        )

    def score_change(self, kpi: str) -> Decimal | None:
        """Return how much higher a KPI's newest score is than before; None where either is not known."""
        return self._last(self.changes(self.scores(kpi)))

    def changes(self, figures: tuple[Decimal | None, ...]) -> tuple[Decimal | None, ...]:
        """Return how much higher each period's figure is than that of the card before; None where either is none."""
        found: list[Decimal | None] = []
        before: Decimal | None = None
        for card, figure in zip(self.line, figures, strict=True):
            found.append(difference(before, figure) if card else None)
            before = figure if card else before
        return tuple(found)

    def _last(self, changes: tuple[Decimal | None, ...]) -> Decimal | None:
        """Return the change that leads to the newest card."""
        return next(change for card, change in zip(self.line[::-1], changes[::-1], strict=True) if card)


def people(cards: Iterable[Card], periods: Iterable[str] = ()) -> tuple[History, ...]:
    """Return the history of each employee in each role, sorted by role and employee.

    All have the same periods: every one that somebody has a card for, and `periods` beside.
    """
    found: dict[tuple[str, str], dict[str, Card]] = defaultdict(dict)
    for card in cards:
        found[card.role.id, card.employee][card.period] = card
    of_all = tuple(sorted({*periods, *(period for line in found.values() for period in line)}))
    return tuple(History(of_all, tuple(map(line.get, of_all))) for _, line in sorted(found.items()))


def histories(cards: Iterable[Card], periods: Iterable[str] = ()) -> Mapping[Key, History]:
    """Return the history of each card that has an earlier one; the card itself is its last.

    `periods` are those of cards that were withheld, perhaps every one of a period: they are gaps.
    """
    return {
        card.key: History(person.periods[:end], person.line[:end])
        for person in people(cards, periods)
        for end, card in enumerate(person.line, start=1)
        if card and any(person.line[: end - 1])
    }


def newest_kpis(cards: Iterable[Card]) -> tuple[Kpi, ...]:
    """Return the KPIs of cards, each as the newest card has it: in its order, then those that only older ones have."""
    found: dict[str, Kpi] = {}
    for card in _newest_first(cards):
        for each in card.kpis:
            found.setdefault(each.kpi.id, each.kpi)
    return tuple(found.values())


def newest_adjustments(cards: Iterable[Card]) -> tuple[Adjustment, ...]:
    """Return the adjustments of cards in the same way."""
    found: dict[str, Adjustment] = {}
    for card in _newest_first(cards):
        for each in card.adjustments:
            found.setdefault(each.adjustment.id, each.adjustment)
    return tuple(found.values())


def _newest_first(cards: Iterable[Card]) -> list[Card]:
    return sorted(cards, key=lambda card: card.period, reverse=True)


def difference(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    """Return how much higher a figure is than before; None where either is not known."""
    return None if before is None or after is None else exact_difference(after, before)
