"""Ranks."""

from __future__ import annotations

from collections.abc import Sequence

from kpicard.card import Card


def ranked(cards: Sequence[Card]) -> tuple[tuple[int | None, Card], ...]:
    """Return the cards of one period from the highest total down, each with its rank; equal totals share one.

    A card that is not assessed has no rank and comes last.
    """
    with_total = [(card.total, card) for card in cards if card.total is not None]
    assessed = [card for _, card in sorted(with_total, key=lambda each: each[0], reverse=True)]
    found: list[tuple[int | None, Card]] = []
    for position, card in enumerate(assessed, start=1):
        before = found[-1] if found else None
        rank = before[0] if before and before[1].total == card.total else position
        found.append((rank, card))
    return (*found, *((None, card) for card in cards if card.total is None))
