"""A sheet per role: a row per card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpicard.card import Card, Key
from kpicard.reports.xlsx.book import Sheet
from kpicard.reports.xlsx.colours import colour_grades, colour_scores
from kpicard.reports.xlsx.people import frozen
from kpicard.reports.xlsx.places import Place, placed
from kpicard.reports.xlsx.role_columns import columns_of
from kpicard.reports.xlsx.role_headings import FIRST, HEADINGS, NAMES, write_headings
from kpicard.reports.xlsx.role_rows import CardRow
from kpicard.reports.xlsx.scales import Scales


def write_role(
    sheet: Sheet, cards: Sequence[Card], numbers: Mapping[Key, int], scales: Scales, title: str
) -> dict[Key, Place]:
    """Write the cards, which all have the same KPIs; return where each of them stands."""
    columns = columns_of(cards)
    write_headings(sheet, columns, title)
    for row, card in enumerate(cards, start=FIRST):
        CardRow(sheet, columns, scales, row, card).write(numbers[card.key])
    last = FIRST + len(cards) - 1
    for block in columns.blocks:
        colour_scores(sheet, block.score, FIRST, last)
    colour_grades(sheet, (columns["grade"], columns["coefficient"]), FIRST, last)
    sheet.finish(HEADINGS, last, columns.notes + 1, frozen(columns.left))
    sheet.worksheet.repeat_rows(NAMES, HEADINGS)
    sheet.worksheet.print_area(0, 0, last, columns.notes - 1)  # the notes would make all the rest too small to read
    return dict(placed(sheet, columns.left, cards, FIRST))
