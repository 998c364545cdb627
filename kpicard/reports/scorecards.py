"""A set of scorecards: a summary of each period, then the cards, as one document or as a folder of them.

On a screen, what is more than that shows is left out: the summaries stay, and of one person the cards, since a rank
among one says nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Final
from urllib.parse import quote

from rich.cells import cell_len

from kpicard import manifest
from kpicard.cards.scorecards import Scorecards
from kpicard.cards.summary_values import Summary
from kpicard.cards.values import Card, Key
from kpicard.files import as_text
from kpicard.messages import words_of
from kpicard.reports import card as of_card
from kpicard.reports import figures
from kpicard.reports.blocks import (
    PAGE,
    Block,
    Column,
    Heading,
    IfRoom,
    Line,
    Notes,
    OnPage,
    Span,
    Table,
)
from kpicard.reports.card_notes import change
from kpicard.reports.formats import markdown
from kpicard.reports.summary import RANKING_LAYOUTS, beside_lines, ranking, with_factor
from kpicard.text import Language, printable, say

_WORDS: Final = words_of("card")


def blocks(result: Scorecards, language: Language) -> Iterator[Block]:
    """Yield the summaries and the cards."""
    cards = result.cards
    is_one_person = len({card.employee for card in cards}) == 1
    yield OnPage([Heading((say(_WORDS["scorecards"], language),))])
    for summary in result.summaries:
        says_nothing = len(summary.ranking) < (2 if is_one_person else 1)
        shown = _summary(summary, result, language)
        yield from [OnPage(shown)] if says_nothing else shown
    shown = chain.from_iterable(of_card.blocks(card, result, language) for card in cards)
    if is_one_person:
        yield from shown
    elif cards:
        hint = say(_WORDS["see-card"], language).format(employee=printable(cards[0].employee))
        yield IfRoom(_lines(cards), shown, [Line((Span(hint, "dim"),))])


def _lines(cards: Sequence[Card]) -> int:
    """Return about how many lines a summary and the cards take."""
    return len(cards) + 5 + sum(len(card.kpis) + 11 for card in cards)


def _summary(
    summary: Summary, result: Scorecards, language: Language, links: Mapping[Key, str] | None = None
) -> Iterator[Block]:
    """Yield the ranking of a period, and what is said below it."""
    yield Heading((f"{say(_WORDS['summary'], language)} {summary.period}",), 2)
    cards = [card for _, card in summary.ranking]
    rank, employee, role, total = ranking(summary, language, links)
    employee = replace(employee, least=cell_len(str(employee.title)))

    def column(word: str, cells: Sequence[str | Span], *layouts: str, is_right: bool = True) -> Column:
        title = say(_WORDS[word], language)
        return Column(title=title, cells=cells, is_right=is_right, wrap="never", layouts=frozenset(layouts))

    grades = [Span(figures.grade(card, language), "bold") for card in cards]
    short = [Span(with_factor(card, language), "bold") for card in cards]
    columns = [
        column("grade", grades, "roomy", PAGE, is_right=False),
        column("grade", short, "narrow", is_right=False),
        column("coefficient", [figures.number(card.coefficient) for card in cards], "roomy", PAGE),
    ]
    if any(card.key in result.histories for card in cards):
        histories = [result.histories.get(card.key) for card in cards]
        changes = [change(history.change) if history else figures.NONE for history in histories]
        columns.insert(0, column("change", changes, "roomy", "narrow"))
        columns.append(column("change", changes, PAGE))
    if any(card.bonus is not None for card in cards):
        columns.append(column("bonus", [figures.amount(card.bonus) for card in cards], "roomy", PAGE))
    yield Table([rank, employee, role, total, *columns], layouts=RANKING_LAYOUTS)
    yield Notes(beside_lines(summary, language))


def write_folder(
    result: Scorecards, language: Language, folder: Path, *, force: bool = False
) -> manifest.Replaced | manifest.InTheWay:
    """Write `index.md` and one Markdown file per card into `folder`, which is made if need be. Raises OSError.

    Returns what became of the cards of earlier runs; or, where nothing was written, why.
    """
    names = file_names(result.cards)
    links = {card.key: quote(name) for card, name in zip(result.cards, names, strict=True)}

    def index() -> Iterator[Block]:
        yield Heading((say(_WORDS["scorecards"], language),))
        for summary in result.summaries:
            yield from _summary(summary, result, language, links)

    def text_of(blocks: Iterator[Block]) -> Callable[[Path], object]:
        return as_text(lambda out: markdown.write(blocks, language, out))

    files = {
        name: text_of(of_card.blocks(card, result, language, level=1))
        for card, name in zip(result.cards, names, strict=True)
    }
    return manifest.write_folder(folder, {**files, manifest.INDEX: text_of(index())}, force=force)


_UNSAFE: Final = re.compile(r"[^\w.@+-]+")
_LONGEST: Final = 60


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
