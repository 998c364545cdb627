"""The impact in few numbers: over all cards, or those of one role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from kpicard.impact.values import CardChange, Impact, Summary
from kpicard.numbers import round2


def summarise(cards: Sequence[CardChange]) -> Summary:
    """Return how many of the cards went where."""
    totals = [card.total for card in cards if card.total is not None]
    coefficients = [card.coefficient for card in cards if card.coefficient is not None]
    moves = [card.move for card in cards]
    mean, mean_coefficient = _mean(totals), _mean(coefficients)
    return Summary(
        cards=len(cards),
        unchanged=sum(not card.is_change for card in cards),
        up=moves.count("up"),
        down=moves.count("down"),
        other=moves.count("other"),
        total_up=sum(change > 0 for change in totals),
        total_down=sum(change < 0 for change in totals),
        mean_total=None if mean is None else round2(mean),
        coefficients=sum(coefficients, Decimal(0)),
        mean_coefficient=None if mean_coefficient is None else round2(100 * mean_coefficient).scaleb(-2),
    )


def by_role(impact: Impact) -> Mapping[str, Summary]:
    """Return a summary for each role, by id."""
    cards = sorted(impact.cards, key=_role)
    return {role: summarise(list(group)) for role, group in groupby(cards, key=_role)}


def _role(card: CardChange) -> str:
    return card.after.role.id


def _mean(changes: Sequence[Decimal]) -> Fraction | None:
    return sum(map(Fraction, changes), Fraction(0)) / len(changes) if changes else None
