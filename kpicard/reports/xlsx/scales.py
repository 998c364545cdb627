"""Grade scales as tables in the workbook, and the formulas that look a total up in them."""

from __future__ import annotations

from collections.abc import Sequence

from kpicard.card import Card
from kpicard.reports.xlsx import formulas, styles
from kpicard.reports.xlsx.book import Sheet
from kpicard.reports.xlsx.table import Cell, Formula
from kpicard.rules.models import Department, Grade
from kpicard.rules.rules import held_in
from kpicard.text import printable


class Scales:
    """The scales of a department's versions, as far as they are looked up."""

    def __init__(self, departments: Sequence[Department]) -> None:
        self._departments = tuple(departments)
        self._used: list[Department] = []

    def result(self, card: Card, total: str) -> tuple[Cell, Cell]:
        """Return a card's grade and coefficient: formulas on the cell of its total, where that comes to the same.

        By a role with vetoes a score may hold the grade down, whatever the total: there they are no formulas.
        """
        department = None if any(scored.kpi.veto for scored in card.kpis) else self._department(card)
        grade = None if card.grade is None else printable(card.grade)
        if department is None or grade is None or card.coefficient is None:
            return grade, card.coefficient
        names = self._names(department)
        return (
            Formula(formulas.lookup(total, names[0], names[1]), grade),
            Formula(formulas.lookup(total, names[0], names[2]), card.coefficient),
        )

    def write(self, sheet: Sheet, row: int) -> int:
        """Write the scales below each other, each with its lowest grade first; return the next free row."""
        book = sheet.book
        for department in self._used:
            title = book.word("grades")
            if department.from_:
                title += f" · {book.word('scale-from').format(period=department.from_)}"
            sheet.heading(row, 0, title, styles.BOLD)
            for column, word in enumerate(("grade", "label", "from", "coefficient")):
                sheet.text(row + 1, column, book.word(word), styles.HEADING)
            first, row = row + 2, row + 2
            for grade in _ascending(department):
                sheet.text(row, 0, book.text(grade.grade))
                sheet.text(row, 1, book.text(grade.label))
                sheet.number(row, 2, grade.from_, styles.fitting(each.from_ for each in department.grades))
                sheet.number(row, 3, grade.coefficient, styles.fitting(each.coefficient for each in department.grades))
                row += 1
            for name, column in zip(self._names(department), (2, 0, 3), strict=True):
                book.name(name, sheet.range(first, row - 1, column))
            row += 1
        return row

    def _department(self, card: Card) -> Department | None:
        """Return the version whose scale gives the card's grade; None where none does."""
        held = held_in(self._departments, card.period)
        return next((each for each in (held, *self._departments) if each and _gives(each, card)), None)

    def _names(self, department: Department) -> tuple[str, str, str]:
        """Return the names of a scale's bounds, grades and coefficients in formulas."""
        if department not in self._used:
            self._used.append(department)
        number = self._used.index(department)
        suffix = f"_{number + 1}" if number else ""
        return f"grade_from{suffix}", f"grade_name{suffix}", f"grade_coefficient{suffix}"


def _ascending(department: Department) -> Sequence[Grade]:
    return department.grades[::-1]


def _gives(department: Department, card: Card) -> bool:
    """Return whether a scale gives a card just the grade and the coefficient that it has."""
    total = card.total
    if total is None or not formulas.fits(total):
        return False
    grades = department.grades
    band = next((grade for grade in grades if grade.from_ <= total), grades[-1])
    fitting = all(formulas.fits(grade.from_) and formulas.fits(grade.coefficient) for grade in grades)
    return fitting and (band.grade, band.coefficient) == (card.grade, card.coefficient)
