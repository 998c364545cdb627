"""Whom a row is about: the same columns on every sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kpicard.card import Card, Withheld
from kpicard.reports.xlsx.book import Book
from kpicard.reports.xlsx.table import Cell


def people_columns(cards: Sequence[Card]) -> tuple[str, ...]:
    """Return the words of the columns; names and teams only where there are any."""
    name = ("name",) if any(card.name for card in cards) else ()
    team = ("team",) if any(card.team for card in cards) else ()
    return ("period", "employee", *name, *team)


def frozen(columns: Sequence[str]) -> int:
    """Return how many columns stay in view: up to the name, or to the id where there are no names."""
    return columns.index("name" if "name" in columns else "employee") + 1


def people_cells(book: Book, card: Card | Withheld) -> dict[str, Cell]:
    """Return the cells of a card's columns, and its role."""
    return {
        "period": card.period,
        "employee": book.text(card.employee),
        "name": book.text(card.name),
        "team": book.text(card.team) if isinstance(card, Card) else None,
        "role": book.text(card.role.title),
    }


def titled(book: Book, name: str, cards: Iterable[Card]) -> str:
    """Return a sheet's title: what is on it, and for which periods."""
    periods = sorted({card.period for card in cards})
    shown = " – ".join(dict.fromkeys([periods[0], periods[-1]])) if periods else ""
    return f"{name}{'　' if book.language == 'zh' else ' · '}{shown}" if shown else name
