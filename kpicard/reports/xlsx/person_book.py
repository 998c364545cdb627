"""A workbook of one card, for the person whom it is about: a sheet that prints on one page, with live formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from xlsxwriter.utility import xl_rowcol_to_cell

from kpicard.cards.scorecards import Scorecards
from kpicard.cards.values import Card, Scored
from kpicard.files import write_whole
from kpicard.reports import figures
from kpicard.reports.card_notes import remarks
from kpicard.reports.card_sheet import department_of
from kpicard.reports.xlsx import formulas, styles
from kpicard.reports.xlsx.book import Book, Sheet
from kpicard.reports.xlsx.plain_sheets import Scales, write_rules
from kpicard.reports.xlsx.table import Cell, Formula, put
from kpicard.text import Language, printable, say

_FIGURES, _TABLE = 3, 6
"""The rows of the figures that one looks for first, and of the headings of the table."""

_COLUMNS: Final = ("kpi", "weight", "effective-weight", "target", "actual", "attainment", "score", "points")
_WIDTHS: Final = (30, 9, 10, 13, 13, 11, 9, 11)
_LINE: Final = 15
"""The height of a line of text, in points."""

_SIGNED: Final = styles.style(font_color="#595959", bottom=1)


def write_file(card: Card, result: Scorecards, language: Language, path: Path) -> None:
    """Write the workbook of a card, with nothing in it about anybody else, whole or not at all. Raises OSError."""
    book = Book(language)
    scales = Scales(result.rules.departments)
    _Page(book.sheet(figures.employee(card)), card, scales).write(result)
    write_rules(book.sheet(book.word("rules")), [card], scales)
    content = book.close()
    write_whole(path, lambda new: new.write_bytes(content))


@dataclass(frozen=True)
class _Page:
    """The sheet of a card."""

    sheet: Sheet
    card: Card
    scales: Scales

    def write(self, result: Scorecards) -> None:
        """Write the whole sheet."""
        sheet, card, book = self.sheet, self.card, self.sheet.book
        for column, width in enumerate(_WIDTHS):
            sheet.worksheet.set_column(column, column, width)
        sheet.heading(0, 0, figures.employee(card), styles.TITLE)
        about = [book.text(card.role.title), *([book.text(card.team)] if card.team else []), card.period]
        sheet.heading(1, 0, " · ".join(about), styles.NOTE)
        points = list(self._write_lines())
        last = self._write_result(points)
        for number, line in enumerate(self._said(result), start=last + 2):
            self._write_note(number, line)
        bottom = last + 3 + len(self._said(result))
        for number, who in enumerate(figures.signatures(department_of(result.rules, card), book.language)):
            sheet.worksheet.set_row(bottom + number, 2 * _LINE)
            for column in range(4):
                sheet.heading(bottom + number, column, who if column == 0 else "", _SIGNED)
        sheet.worksheet.set_portrait()
        sheet.worksheet.set_paper(9)
        sheet.worksheet.set_margins(left=0.5, right=0.5)
        sheet.worksheet.fit_to_pages(1, 1)
        sheet.worksheet.hide_gridlines(2)

    def _said(self, result: Scorecards) -> Sequence[str]:
        return [line for lines in remarks(self.card, result, self.sheet.book.language).values() for line in lines]

    def _write_note(self, row: int, text: str) -> None:
        """Write a line across the table, as high as it needs."""
        room = sum(_WIDTHS)
        look = self.sheet.book.format(styles.WRAPPED)
        self.sheet.worksheet.merge_range(row, 0, row, len(_COLUMNS) - 1, "", look)
        self.sheet.heading(row, 0, text, styles.WRAPPED)
        self.sheet.worksheet.set_row(row, _LINE * (1 + styles.places_of(text) // room))

    def _write_lines(self) -> Iterator[tuple[int, bool]]:
        """Write the KPIs and the adjustments that happened, or the months; yield the rows with points."""
        sheet, card, language = self.sheet, self.card, self.sheet.book.language
        for column, word in enumerate(_COLUMNS):
            sheet.heading(_TABLE, column, sheet.book.word(word), styles.HEADING)
        row = _TABLE
        for row, scored in enumerate(card.kpis, start=_TABLE + 1):
            for column, (cell, look) in enumerate(self._figures(row, scored)):
                put(sheet, row, column, cell, look)
            yield row, scored.points is not None
        for adjusted in card.adjustments:
            if adjusted.actual is not None:
                row += 1
                put(sheet, row, 0, printable(say(adjusted.adjustment.name, language)), styles.PLAIN)
                put(sheet, row, 4, figures.counted(adjusted, language), styles.RIGHT)
                put(sheet, row, 7, adjusted.points, styles.fitting_points([adjusted.points]))
                yield row, adjusted.points is not None
        for month in card.months if not card.kpis else ():
            row += 1
            put(sheet, row, 0, month.period, styles.PLAIN)
            put(sheet, row, 7, month.total, styles.TOTAL)

    def _figures(self, row: int, scored: Scored) -> Iterator[tuple[Cell, styles.Style]]:
        """Yield the cells of a KPI: name, weights, target, actual, attainment, score, points."""
        language = self.sheet.book.language
        yield printable(say(scored.kpi.name, language)), styles.WRAPPED
        yield scored.kpi.weight, styles.fitting([scored.kpi.weight])
        yield scored.effective_weight, styles.fitting([scored.effective_weight])
        yield figures.quantity(scored.target, scored, language), styles.RIGHT
        yield figures.actual(scored, language), styles.RIGHT
        yield scored.attainment, styles.PERCENT
        yield scored.score, styles.HUNDREDTHS
        points: Cell = scored.points
        if scored.points is not None and formulas.is_exact(self.card):
            weight, score = (xl_rowcol_to_cell(row, column) for column in (2, 6))
            places = formulas.weight_places([self.card])
            points = Formula(formulas.points(weight, score, places, scored.kpi.full), scored.points)
        yield points, styles.fitting_points([scored.points])

    def _write_result(self, points: Sequence[tuple[int, bool]]) -> int:
        """Write the total below the table, and above it what comes of it; return the row of the total."""
        sheet, card, book = self.sheet, self.card, self.sheet.book
        last = (points[-1][0] if points else _TABLE + len(card.months)) + 1
        cells = [xl_rowcol_to_cell(row, 7) for row, counts in points if counts]
        place = xl_rowcol_to_cell(last, 7)
        total: Cell = card.total
        grade: Cell = figures.grade(card, book.language)
        coefficient: Cell = card.coefficient
        if card.total is not None and cells and formulas.is_exact(card):
            total = Formula(formulas.total(cells), card.total)
            if card.grade is not None:
                grade, coefficient = self.scales.result(card, place)
        sheet.heading(last, 0, book.word("total"), styles.BOLD)
        put(sheet, last, 7, total, styles.TOTAL)
        first: Cell = Formula(f"={place}", card.total) if card.total is not None else figures.NONE
        shown = {"total": first, "grade": grade, "coefficient": coefficient}
        looks = (styles.style(bold=True, font_size=16, num_format="0.00", align="left"), _BIG, _BIG)
        for column, ((word, cell), look) in enumerate(zip(shown.items(), looks, strict=True)):
            at = 0 if column == 0 else column + 1
            sheet.heading(_FIGURES, at, book.word(word), styles.NOTE)
            put(sheet, _FIGURES + 1, at, cell, look)
        return last


_BIG: Final = styles.style(bold=True, font_size=16, align="left")
