"""Scorecards as a folder: one Markdown file per card, and an index that links them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

from kpicard.card import Card
from kpicard.reports import figures
from kpicard.reports.card_markdown import card_text
from kpicard.reports.files import write_whole
from kpicard.reports.markdown_text import escape
from kpicard.reports.scores_markdown import summaries
from kpicard.reports.words import WORDS
from kpicard.scorecards import Scorecards
from kpicard.text import Language, say

_UNSAFE = re.compile(r"[^\w.@+-]+")
_CARD = re.compile(r"[0-9]{4}(?:-(?:[0-9]{2}|Q[1-4]))?-[a-z0-9-]+-[^/]*\.md")
_LONGEST = 60


def write_folder(result: Scorecards, language: Language, folder: Path) -> int:
    """Write `index.md` and one file per card into `folder`, which is made if need be. Raises OSError.

    Returns how many cards of earlier runs are left in the folder, which the new index does not link.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = file_names(result.cards)
    links = {
        id(card): f"[{escape(figures.employee(card))}]({quote(name)})"
        for card, name in zip(result.cards, names, strict=True)
    }
    for card, name in zip(result.cards, names, strict=True):
        write_whole(folder / name, _writer(card_text(card, result, language, level=1)))
    index = summaries(result, language, lambda card: links[id(card)])
    write_whole(folder / "index.md", _writer(f"# {say(WORDS['scorecards'], language)}\n{index}"))
    return len({file.name for file in folder.iterdir() if _CARD.fullmatch(file.name)} - set(names))


def _writer(text: str) -> Callable[[TextIO], object]:
    return lambda out: out.write(text)


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
