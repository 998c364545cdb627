"""A card as a row: its figures, and formulas from the scores to the total and the grade."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.utility import xl_rowcol_to_cell

from kpicard.card import Card
from kpicard.reports import figures
from kpicard.reports.longer_text import longer_lines
from kpicard.reports.notes import notes
from kpicard.reports.xlsx import formulas, styles
from kpicard.reports.xlsx.book import Sheet
from kpicard.reports.xlsx.people import people_cells
from kpicard.reports.xlsx.role_columns import Block, Columns
from kpicard.reports.xlsx.role_headings import WEIGHTS
from kpicard.reports.xlsx.scales import Scales
from kpicard.reports.xlsx.table import Cell, Formula, put


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
        said = [*longer_lines(card, sheet.book.language), *notes(card, sheet.book.language)]
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
        return formulas.points(weight, score, self.columns.places)

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
            grade, coefficient = self.scales.result(card, xl_rowcol_to_cell(row, columns["total"], col_abs=True))
        if is_live:
            pairs = (self._weight_and_score(block.score) for block in columns.blocks)
            full_weight = Formula(formulas.full_weight(pairs, columns.weight_places), card.full_weight)
        put(sheet, row, columns["total"], total, styles.TOTAL)
        put(sheet, row, columns["grade"], grade, styles.GRADE)
        put(sheet, row, columns["coefficient"], coefficient, columns.looks[columns["coefficient"]])
        put(sheet, row, columns["full-weight"], full_weight, columns.looks[columns["full-weight"]])
