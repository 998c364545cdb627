"""The cards of longer periods that are made from the totals of their months."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlsxwriter.utility import xl_rowcol_to_cell

from kpicard.card import Card, Key
from kpicard.reports import figures
from kpicard.reports.longer_text import longer_lines
from kpicard.reports.xlsx import formulas, styles
from kpicard.reports.xlsx.book import Sheet
from kpicard.reports.xlsx.colours import colour_grades, colour_scores
from kpicard.reports.xlsx.people import frozen, people_cells, people_columns
from kpicard.reports.xlsx.places import RESULT, Place, placed
from kpicard.reports.xlsx.scales import Scales
from kpicard.reports.xlsx.table import FIRST_ROW, Cell, Column, Formula, write_table


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
            cells["grade"], cells["coefficient"] = scales.result(card, total)
        totals = {month.period: month.total for month in card.months}
        said = "  ".join(longer_lines(card, sheet.book.language))
        yield [*(cells[word] for word in left), *(totals.get(month) for month in months), said]
