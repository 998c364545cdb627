"""Colours that follow the figures in the cells."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from kpicard.reports.xlsx.book import Sheet
from kpicard.reports.xlsx.styles import BAD, FAIR, GOOD, Style


def colour_scores(sheet: Sheet, column: int, first: int, last: int) -> None:
    """Colour a column of scores: below 60, below 100, and from 100 on, which is on target."""
    cell = xl_rowcol_to_cell(first, column, col_abs=True)
    area = (first, column, last, column)
    _colour(sheet, area, f"AND(ISNUMBER({cell}),{cell}<60)", BAD)
    _colour(sheet, area, f"AND(ISNUMBER({cell}),{cell}<100)", FAIR)
    _colour(sheet, area, f"ISNUMBER({cell})", GOOD)


def colour_grades(sheet: Sheet, columns: tuple[int, int], first: int, last: int) -> None:
    """Colour a column of grades and the coefficients beside it: by whether the coefficient is below or above 1."""
    grade, coefficient = columns
    cell, area = xl_rowcol_to_cell(first, coefficient, col_abs=True), (first, grade, last, coefficient)
    _colour(sheet, area, f"AND(ISNUMBER({cell}),{cell}<1)", BAD)
    _colour(sheet, area, f"AND(ISNUMBER({cell}),{cell}>1)", GOOD)


def _colour(sheet: Sheet, area: tuple[int, int, int, int], formula: str, wanted: Style) -> None:
    first, left, last, right = area
    if last < first:
        return
    rule: dict[str, Any] = {"type": "formula", "criteria": f"={formula}", "format": sheet.book.format(wanted)}
    sheet.worksheet.conditional_format(first, left, last, right, {**rule, "stop_if_true": True})
