"""The first sheet: every card with its rank, its total taken from the sheet where it is computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from xlsxwriter.utility import xl_rowcol_to_cell

from kpicard.cards.summary import ranked
from kpicard.cards.values import Card, Key
from kpicard.reports import figures
from kpicard.reports.xlsx import formulas, styles
from kpicard.reports.xlsx.book import MOST_LINKS, Book, Sheet
from kpicard.reports.xlsx.table import (
    FIRST_ROW,
    RESULT,
    Cell,
    Column,
    Formula,
    Link,
    Place,
    colour_grades,
    colour_scores,
    frozen,
    people_cells,
    people_columns,
    titled,
    write_table,
)


def write_summary(
    sheet: Sheet, cards: Sequence[Card], numbers: Mapping[Key, int], places: Mapping[Key, Place], note: str
) -> None:
    """Write the cards of each period from the highest total down."""
    book = sheet.book
    given = [word for word in ("days", "share", "base") if any(getattr(card, word) is not None for card in cards)]
    bonuses = [card.bonus for card in cards if card.bonus is not None]
    looks = {
        **dict.fromkeys(("number", "rank"), styles.WHOLE),
        "total": styles.TOTAL,
        "grade": styles.GRADE,
        "coefficient": styles.fitting(card.coefficient for card in cards),
        "bonus": styles.number(max([2, *map(formulas.decimals, bonuses)])),
        **{word: styles.fitting(getattr(card, word) for card in cards) for word in given},
    }
    bonus = ("bonus",) if "base" in given else ()
    columns = ("number", "rank", *people_columns(cards), "role", *RESULT, *given, *bonus)
    last = write_table(
        sheet,
        title=titled(book, book.word("summary"), cards),
        note=note,
        columns=[Column(book.word(word), looks.get(word, styles.PLAIN)) for word in columns],
        rows=_rows(book, cards, numbers, places, columns),
        frozen=frozen(columns),
    )
    colour_scores(sheet, columns.index("total"), FIRST_ROW, last)
    colour_grades(sheet, (columns.index("grade"), columns.index("coefficient")), FIRST_ROW, last)


def _rows(
    book: Book,
    cards: Sequence[Card],
    numbers: Mapping[Key, int],
    places: Mapping[Key, Place],
    columns: Sequence[str],
) -> Iterator[list[Cell]]:
    row = FIRST_ROW
    for _, group in groupby(cards, key=lambda card: card.period):
        for rank, card in ranked(list(group)):
            place = places[card.key]
            number = xl_rowcol_to_cell(row, columns.index("number"), col_abs=True)
            who = people_cells(book, card)
            if row - FIRST_ROW < MOST_LINKS:
                who["employee"] = Link(book.text(card.employee), place.cell)
            cells: dict[str, Cell] = {
                "number": numbers[card.key],
                "rank": rank,
                **who,
                "total": _taken(place.taken("total", number), card.total),
                "grade": Formula(place.taken("grade", number), figures.grade(card, book.language)),
                "coefficient": _taken(place.taken("coefficient", number), card.coefficient),
                **{word: getattr(card, word) for word in ("days", "share", "base")},
                "bonus": _bonus(card, row, columns),
            }
            yield [cells[word] for word in columns]
            row += 1


def _taken(formula: str, value: Decimal | None) -> Cell:
    """Return a value that is taken from where it stands, which has a text where it has too many digits."""
    if value is None:
        return None
    return Formula(formula, value if formulas.fits(value) else str(value))


def _bonus(card: Card, row: int, columns: Sequence[str]) -> Cell:
    if card.bonus is None or card.base is None or card.coefficient is None or card.pay is None:
        return None
    if card.pay.is_combined or card.pay.share is not None or card.pay.counted is not None:
        return card.bonus  # it takes more than the cells of the row
    if not all(map(formulas.fits, (card.base, card.coefficient, card.bonus))):
        return card.bonus
    base, coefficient = (xl_rowcol_to_cell(row, columns.index(word)) for word in ("base", "coefficient"))
    places = max(2, formulas.decimals(card.base) + formulas.decimals(card.coefficient))
    return Formula(formulas.product(base, coefficient, places), card.bonus)
