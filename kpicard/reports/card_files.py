"""A folder of cards: a file for each person, with nothing in it about anybody else, and an index for who leads them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import quote

from kpicard import manifest
from kpicard.cards.scorecards import Scorecards
from kpicard.cards.values import Card
from kpicard.files import Write, as_text
from kpicard.reports import card as of_card
from kpicard.reports import card_sheet, scorecards
from kpicard.reports.blocks import Block
from kpicard.reports.file_names import file_names
from kpicard.reports.summary import Links
from kpicard.text import Language


def write_folder(
    result: Scorecards, language: Language, folder: Path, *, format_: str = "markdown", force: bool = False
) -> manifest.Replaced | manifest.InTheWay:
    """Write a file per card, with nothing in it about anybody else, and an index of all, into `folder`. Raises OSError.

    `folder` is made if need be. Returns what became of the cards of earlier runs; or, where nothing was written, why.
    """
    names = file_names(result.cards, _ENDINGS[format_])
    links = {card.key: quote(name) for card, name in zip(result.cards, names, strict=True)}
    write = _card_writer(format_, result, language)
    files = {name: write(card) for card, name in zip(result.cards, names, strict=True)}
    index = _index(format_, result, links, language)
    _ = result.histories, result.advice  # all at once, by this thread
    at_once = os.cpu_count() or 1 if format_ == "pdf" else 1
    return manifest.write_folder(folder, {**files, **index}, force=force, at_once=at_once)


_ENDINGS: Final = {"markdown": ".md", "html": ".html", "pdf": ".pdf", "xlsx": ".xlsx"}
"""How the names of the files end, by format."""


def _card_writer(format_: str, result: Scorecards, language: Language) -> Callable[[Card], Write]:
    """Return what writes the file of a card."""
    if format_ == "markdown":
        from kpicard.reports.formats import markdown

        def shown_as_text(card: Card) -> Write:
            shown = of_card.blocks(card, result, language, level=1)
            return as_text(lambda out: markdown.write(shown, language, out))

        return shown_as_text

    def sheet(card: Card) -> list[Block]:
        return [card_sheet.sheet("card", card, result, language)]

    if format_ == "xlsx":
        from kpicard.reports.xlsx.person_book import write_file

        return lambda card: lambda path: write_file(card, result, language, path)
    if format_ == "html":
        from kpicard.reports.formats import html

        return lambda card: as_text(lambda out: html.write(sheet(card), language, out))
    from kpicard.reports.formats import pdf

    return lambda card: lambda path: path.write_bytes(pdf.rendered(sheet(card), language))


def _index(format_: str, result: Scorecards, links: Links, language: Language) -> dict[str, Write]:
    """Return what writes the index: as Markdown beside Markdown, else as a page."""
    from kpicard.reports.formats import html, markdown

    if format_ == "markdown":
        text = scorecards.index(result, links, language)
        return {"index.md": as_text(lambda out: markdown.write(text, language, out))}
    shown = scorecards.pages(result, links, language)
    return {"index.html": as_text(lambda out: html.write(shown, language, out))}
