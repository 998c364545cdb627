"""A sheet per role: a row per card, with formulas from the scores to the grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from xlsxwriter.utility import xl_rowcol_to_cell

from kpicard.cards.values import Card, Key
from kpicard.reports import figures
from kpicard.reports.card_notes import notes, state_lines
from kpicard.reports.rollup_notes import longer_lines
from kpicard.reports.xlsx import formulas, styles
from kpicard.reports.xlsx.book import Book, Sheet
from kpicard.reports.xlsx.plain_sheets import Scales
from kpicard.reports.xlsx.role_columns import Block, Columns, columns_of
from kpicard.reports.xlsx.table import (
    Cell,
    Formula,
    Place,
    colour_grades,
    colour_scores,
    frozen,
    people_cells,
    placed,
    put,
)
from kpicard.text import Text

WEIGHTS: Final = 3
"""The row of the weights, each above the scores that it counts."""

FIRST: Final = 6
"""The row of the first card."""

NAMES: Final = 2
"""The row of the KPIs' names."""

_TARGETS: Final = 4
HEADINGS: Final = 5
"""The row of the headings."""

_HEIGHT: Final = 32


def write_headings(sheet: Sheet, columns: Columns, title: str) -> None:
    """Write all above the first card."""
    book = sheet.book
    sheet.heading(0, 0, title, styles.TITLE)
    sheet.heading(1, 0, book.word("role-note"), styles.NOTE)
    sheet.worksheet.set_row(NAMES, _HEIGHT)
    sheet.worksheet.set_row(HEADINGS, _HEIGHT)
    for row, word in ((WEIGHTS, "weight"), (_TARGETS, "target")):
        sheet.text(row, columns["full-weight"], book.word(word), styles.LABEL)
    headed = dict(enumerate(columns.left)) | {columns.notes: "notes"}
    weights = styles.fitting((block.kpi.weight for block in columns.blocks), "%")
    for block in columns.blocks:
        _write_name(sheet, block.first, block.points, _with_unit(book, block.kpi.name, block.kpi.unit))
        sheet.number(WEIGHTS, block.score, block.kpi.weight, weights)
        if block.common_target is not None:
            sheet.number(_TARGETS, block.actual, block.common_target, styles.fitting([block.common_target]))
        if block.target is not None:
            headed[block.target] = "target"
        if block.attainment is not None:
            headed[block.attainment] = "attainment"
        if block.weight is not None:
            headed[block.weight] = "effective-weight"
        headed |= {block.actual: "actual", block.score: "score", block.points: "points"}
    for counted in columns.counted:
        item = counted.adjustment
        _write_name(sheet, counted.count, counted.points, _with_unit(book, item.name, item.unit))
        headed |= {counted.count: "count", counted.points: "points"}
    for column, word in headed.items():
        sheet.column_heading(HEADINGS, column, book.word(word), styles.HEADING)


def _write_name(sheet: Sheet, first: int, last: int, text: str) -> None:
    """Write what several columns belong to, above all of them."""
    sheet.worksheet.merge_range(NAMES, first, NAMES, last, "", sheet.book.format(styles.HEADING))
    sheet.heading(NAMES, first, text, styles.HEADING)


def _with_unit(book: Book, name: Text, unit: Text | None) -> str:
    if unit is None:
        return book.text(name)
    return book.word("with-unit").format(name=book.text(name), unit=book.text(unit))


@dataclass(frozen=True)
class CardRow:
    """The row of a card on the sheet of its role."""

    sheet: Sheet
    columns: Columns
    scales: Scales
    row: int
    card: Card

    def write(self, number: int) -> None:
        """Write the whole row; the number is the card's among all cards."""
        sheet, row, card = self.sheet, self.row, self.card
        who = {"number": number, **people_cells(sheet.book, card)}
        for column, word in enumerate(self.columns.left):
            put(sheet, row, column, who.get(word), styles.WHOLE if word == "number" else styles.PLAIN)
        is_live = formulas.is_exact(card)
        self._write_kpis(is_live=is_live)
        self._write_adjustments()
        self._write_result(is_live=is_live)
        language = sheet.book.language
        said = [*state_lines(card, language), *longer_lines(card, language), *notes(card, language)]
        sheet.heading(row, self.columns.notes, "  ".join(said), styles.PLAIN)

    def _write_kpis(self, *, is_live: bool) -> None:
        sheet, row, columns = self.sheet, self.row, self.columns
        for block, scored in zip(columns.blocks, self.card.kpis, strict=True):
            is_scored = scored.status == "scored"
            actual: Cell = scored.actual if is_scored else figures.actual(scored, sheet.book.language)
            put(sheet, row, block.actual, actual, columns.looks[block.actual] if is_scored else styles.RIGHT)
            if block.target is not None:
                put(sheet, row, block.target, scored.target, columns.looks[block.target])
            if block.attainment is not None:
                put(sheet, row, block.attainment, scored.attainment, styles.PERCENT)
            put(sheet, row, block.score, scored.score, styles.HUNDREDTHS)
            if block.weight is not None:
                put(sheet, row, block.weight, scored.effective_weight, columns.looks[block.weight])
            points: Cell = scored.points
            if scored.points is not None and is_live:
                points = Formula(self._points(block), scored.points)
            put(sheet, row, block.points, points, columns.looks[block.points])

    def _points(self, block: Block) -> str:
        weight, score = self._weight_and_score(block.score)
        if block.weight is not None:
            weight = xl_rowcol_to_cell(self.row, block.weight)
        return formulas.points(weight, score, self.columns.places, block.kpi.full)

    def _weight_and_score(self, score: int) -> tuple[str, str]:
        return xl_rowcol_to_cell(WEIGHTS, score, row_abs=True), xl_rowcol_to_cell(self.row, score)

    def _write_adjustments(self) -> None:
        sheet, row, looks = self.sheet, self.row, self.columns.looks
        for counted, adjusted in zip(self.columns.counted, self.card.adjustments, strict=True):
            if adjusted.actual is None:
                put(sheet, row, counted.count, figures.counted(adjusted, sheet.book.language), styles.RIGHT)
            else:
                put(sheet, row, counted.count, adjusted.actual, looks[counted.count])
            put(sheet, row, counted.points, adjusted.points, styles.HUNDREDTHS)

    def _write_result(self, *, is_live: bool) -> None:
        sheet, row, card, columns = self.sheet, self.row, self.card, self.columns
        total: Cell = card.total
        grade: Cell = figures.grade(card, sheet.book.language)
        coefficient: Cell = card.coefficient
        full_weight: Cell = card.full_weight
        if card.total is not None and is_live:
            total = Formula(formulas.total(xl_rowcol_to_cell(row, column) for column in columns.points), card.total)
        if card.grade is not None and is_live:
            grade, coefficient = self.scales.result(card, xl_rowcol_to_cell(row, columns["total"], col_abs=True))
        if is_live and card.role.weights == "overall":
            pairs = (self._weight_and_score(block.score) for block in columns.blocks)
            full_weight = Formula(formulas.full_weight(pairs, columns.weight_places), card.full_weight)
        put(sheet, row, columns["total"], total, styles.TOTAL)
        put(sheet, row, columns["grade"], grade, styles.GRADE)
        put(sheet, row, columns["coefficient"], coefficient, columns.looks[columns["coefficient"]])
        put(sheet, row, columns["full-weight"], full_weight, columns.looks[columns["full-weight"]])


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
