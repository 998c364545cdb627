"""Scorecards as a folder: one Markdown file per card, and an index that links them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final, TextIO
from urllib.parse import quote

from kpicard import manifest
from kpicard.cards.scorecards import Scorecards
from kpicard.cards.values import Card
from kpicard.files import as_text
from kpicard.messages import words_of
from kpicard.reports import figures
from kpicard.reports.card import card_text
from kpicard.reports.markdown_text import escape
from kpicard.reports.scores_markdown import summaries
from kpicard.text import Language, say

WORDS: Final = words_of("card")

_UNSAFE = re.compile(r"[^\w.@+-]+")
_LONGEST = 60


def write_folder(
    result: Scorecards, language: Language, folder: Path, *, force: bool = False
) -> manifest.Replaced | manifest.InTheWay:
    """Write `index.md` and one file per card into `folder`, which is made if need be. Raises OSError.

    Returns what became of the cards of earlier runs; or, where nothing was written, why.
    """
    names = file_names(result.cards)
    links = {
        id(card): f"[{escape(figures.employee(card))}]({quote(name)})"
        for card, name in zip(result.cards, names, strict=True)
    }
    index = summaries(result, language, lambda card: links[id(card)])
    files = {
        name: as_text(partial(_write_card, card, result, language))
        for card, name in zip(result.cards, names, strict=True)
    }
    files[manifest.INDEX] = as_text(lambda out: out.write(f"# {say(WORDS['scorecards'], language)}\n{index}"))
    return manifest.write_folder(folder, files, force=force)


def _write_card(card: Card, result: Scorecards, language: Language, out: TextIO) -> None:
    out.write(card_text(card, result, language, level=1))


def file_names(cards: Sequence[Card]) -> list[str]:
    """Return a name for each card's file that any file system takes, and that no two cards share.

    A name that had to be changed, or that differs from another only in case, ends with a digest of the employee's id.
    """
    names: list[str] = []
    taken: set[str] = set()
    for card in cards:
        safe = _UNSAFE.sub("_", card.employee).strip("._")[:_LONGEST]
        stem = f"{card.period}-{card.role.id}-{safe}"
        if safe != card.employee or stem.casefold() in taken:
            stem += "-" + hashlib.sha256(card.employee.encode()).hexdigest()[:12]
        taken.add(stem.casefold())
        names.append(f"{stem}.md")
    return names
