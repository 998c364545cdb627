"""All figures as one row per card and KPI, and per card and adjustment: for pivot tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kpicard.card import Adjusted, Card, Scored
from kpicard.reports import figures
from kpicard.reports.xlsx import styles
from kpicard.reports.xlsx.book import Book, Sheet
from kpicard.reports.xlsx.people import frozen, people_cells, people_columns
from kpicard.reports.xlsx.table import Cell, Column, write_table

_LOOKS: Final = {
    "attainment": styles.PERCENT,
    "score": styles.HUNDREDTHS,
    "points": styles.number(4),
    "total": styles.HUNDREDTHS,
}


def count_rows(cards: Sequence[Card]) -> int:
    """Return how many rows of figures there are."""
    return sum(len(card.kpis) + len(card.adjustments) for card in cards)


def write_data(sheet: Sheet, cards: Sequence[Card]) -> None:
    """Write the figures of all cards, in their order."""
    book = sheet.book
    divided = any(scored.denominator is not None for card in cards for scored in card.kpis)
    columns = (
        *(*people_columns(cards), "role", "kpi", "unit", "weight", "effective-weight", "target", "actual"),
        *(("numerator", "denominator") if divided else ()),
        *(
            "attainment",
            "score",
            "points",
            "status",
            "total",
            "grade",
            "coefficient",
            "role-id",
            "kpi-id",
            "fingerprint",
        ),
    )
    write_table(
        sheet,
        title=book.word("data"),
        note=book.word("data-note"),
        columns=[Column(book.word(word), _LOOKS.get(word, styles.PLAIN)) for word in columns],
        rows=([cells.get(word) for word in columns] for card in cards for cells in _lines(book, card)),
        frozen=frozen(columns),
    )


def _lines(book: Book, card: Card) -> Iterator[dict[str, Cell]]:
    """Yield the cells of each row of a card by their columns."""
    of_card: dict[str, Cell] = {
        **people_cells(book, card),
        "total": card.total,
        "grade": figures.grade(card, book.language),
        "coefficient": card.coefficient,
        "role-id": card.role.id,
        "fingerprint": card.rules,
    }
    lines: tuple[Scored | Adjusted, ...] = (*card.kpis, *card.adjustments)
    for line in lines:
        item = line.kpi if isinstance(line, Scored) else line.adjustment
        of_line: dict[str, Cell] = {
            "kpi": book.text(item.name),
            "unit": book.text(item.unit),
            "actual": line.actual,
            "points": line.points,
            "kpi-id": item.id,
        }
        if isinstance(line, Scored):
            of_line |= {
                "weight": line.kpi.weight,
                "effective-weight": line.effective_weight,
                "target": line.target,
                "numerator": line.numerator,
                "denominator": line.denominator,
                "attainment": line.attainment,
                "score": line.score,
                "status": book.word("scored") if line.status == "scored" else figures.actual(line, book.language),
            }
        elif line.actual is None:
            of_line["status"] = figures.counted(line, book.language)
        else:
            of_line["status"] = book.word("adjustment")
        yield {**of_card, **of_line}
