"""What cards are called where each has a name of its own: files in a folder, and places within a page."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from kpicard.cards.values import Card, Key

_UNSAFE: Final = re.compile(r"[^\w.@+-]+")
_LONGEST: Final = 60


def file_names(cards: Sequence[Card], ending: str) -> list[str]:
    """Return a name for each card's file: period, employee and name, and the role where somebody has several.

    Any file system takes it, and no two cards share it: one whose id had to be changed, or that differs from another
    only in case, ends with a digest of the employee's id.
    """
    several = Counter((card.period, card.employee) for card in cards)
    return _told_apart(
        cards,
        (
            (
                card.period,
                card.employee,
                card.name or "",
                card.role.id if several[card.period, card.employee] > 1 else "",
            )
            for card in cards
        ),
        ending,
    )


def anchors(cards: Sequence[Card]) -> dict[Key, str]:
    """Return what each card is called in links within a page."""
    names = _told_apart(cards, ((card.period, card.role.id, card.employee) for card in cards), "")
    return {card.key: name for card, name in zip(cards, names, strict=True)}


def _told_apart(cards: Sequence[Card], parts: Iterable[tuple[str, ...]], ending: str) -> list[str]:
    names: list[str] = []
    taken: set[str] = set()
    for card, each in zip(cards, parts, strict=True):
        safe = [_UNSAFE.sub("_", part).strip("._")[:_LONGEST] for part in each]
        stem = "-".join(filter(None, safe))
        if card.employee not in safe or stem.casefold() in taken:
            stem += "-" + hashlib.sha256("\0".join(card.key).encode()).hexdigest()[:12]
        taken.add(stem.casefold())
        names.append(f"{stem}{ending}")
    return names
