"""All figures as one row per card and KPI, and the cards that are made from their months' totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from xlsxwriter.utility import xl_rowcol_to_cell

from kpicard.cards.values import Adjusted, Card, Key, Scored
from kpicard.reports import figures
from kpicard.reports.rollup_notes import longer_lines
from kpicard.reports.xlsx import formulas, styles
from kpicard.reports.xlsx.book import Book, Sheet
from kpicard.reports.xlsx.plain_sheets import Scales
from kpicard.reports.xlsx.table import (
    FIRST_ROW,
    RESULT,
    Cell,
    Column,
    Formula,
    Place,
    colour_grades,
    colour_scores,
    frozen,
    people_cells,
    people_columns,
    placed,
    write_table,
)

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


def write_months(
    sheet: Sheet, cards: Sequence[Card], numbers: Mapping[Key, int], scales: Scales, title: str
) -> dict[Key, Place]:
    """Write the cards with a column for each month; return where each of them stands."""
    left = ("number", *people_columns(cards), "role", *RESULT)
    months = sorted({month.period for card in cards for month in card.months})
    looks = {
        "number": styles.WHOLE,
        "total": styles.TOTAL,
        "grade": styles.GRADE,
        "coefficient": styles.fitting(card.coefficient for card in cards),
    }
    last = write_table(
        sheet,
        title=title,
        note=sheet.book.word("months-note"),
        columns=[
            *(Column(sheet.book.word(word), looks.get(word, styles.PLAIN)) for word in left),
            *(Column(month, styles.HUNDREDTHS) for month in months),
            Column(sheet.book.word("notes")),
        ],
        rows=_rows(sheet, cards, numbers, scales, (left, months)),
        frozen=frozen(left),
    )
    for column in (left.index("total"), *range(len(left), len(left) + len(months))):
        colour_scores(sheet, column, FIRST_ROW, last)
    colour_grades(sheet, (left.index("grade"), left.index("coefficient")), FIRST_ROW, last)
    return dict(placed(sheet, left, cards, FIRST_ROW))


def _rows(
    sheet: Sheet,
    cards: Sequence[Card],
    numbers: Mapping[Key, int],
    scales: Scales,
    columns: tuple[Sequence[str], Sequence[str]],
) -> Iterator[list[Cell]]:
    left, months = columns
    for row, card in enumerate(cards, start=FIRST_ROW):
        cells: dict[str, Cell] = {
            "number": numbers[card.key],
            **people_cells(sheet.book, card),
            "total": card.total,
            "grade": figures.grade(card, sheet.book.language),
            "coefficient": card.coefficient,
        }
        if card.total is not None and formulas.is_exact(card):
            first, last = (xl_rowcol_to_cell(row, len(left) + index) for index in (0, len(months) - 1))
            cells["total"] = Formula(formulas.mean(f"{first}:{last}"), card.total)
            total = xl_rowcol_to_cell(row, left.index("total"), col_abs=True)
            if card.grade is not None:
                cells["grade"], cells["coefficient"] = scales.result(card, total)
        totals = {month.period: month.total for month in card.months}
        said = "  ".join(longer_lines(card, sheet.book.language))
        yield [*(cells[word] for word in left), *(totals.get(month) for month in months), said]
