"""Combined totals, problems, and the rules with the grade scales that formulas look totals up in."""

from __future__ import annotations

from collections.abc import Sequence

from kpicard.cards.summary_values import Summary
from kpicard.cards.values import Card, Withheld
from kpicard.problems import Problem
from kpicard.reports.summary_notes import combined_lines
from kpicard.reports.xlsx import formulas, styles
from kpicard.reports.xlsx.book import Sheet
from kpicard.reports.xlsx.table import Cell, Column, Formula, people_cells, write_table
from kpicard.rules.models import Department, Grade
from kpicard.rules.rules import held_in
from kpicard.text import printable


def write_combined(sheet: Sheet, summaries: Sequence[Summary]) -> None:
    """Write a row for each combined total."""
    book = sheet.book
    combined = [each for summary in summaries for each in summary.combined]
    lines = [line for summary in summaries for line in combined_lines(summary, book.language)]
    coefficients = styles.fitting(each.coefficient for each in combined)
    looks = {"total": styles.TOTAL, "grade": styles.GRADE, "coefficient": coefficients}
    words = ("period", "employee", "name", "team", "total", "grade", "coefficient", "how")
    write_table(
        sheet,
        title=book.word("combined"),
        note=book.word("combined-note"),
        columns=[Column(book.word(word), looks.get(word, styles.PLAIN)) for word in words],
        rows=(
            (
                *(each.period, book.text(each.employee), book.text(each.name), book.text(each.team)),
                *(each.total, book.text(each.grade) or book.word("not-assessed"), each.coefficient, line),
            )
            for each, line in zip(combined, lines, strict=True)
        ),
        frozen=3,
    )


def write_withheld(sheet: Sheet, withheld: Sequence[Withheld]) -> None:
    """Write whose cards were withheld."""
    book = sheet.book
    words = ("period", "employee", "name", "role")
    write_table(
        sheet,
        title=book.word("withheld"),
        note=book.word("withheld-sheet-note"),
        columns=[Column(book.word(word)) for word in words],
        rows=([cells[word] for word in words] for cells in (people_cells(book, card) for card in withheld)),
        frozen=0,
    )


def write_problems(sheet: Sheet, problems: Sequence[Problem]) -> None:
    """Write every problem with its place and how to fix it."""
    book = sheet.book
    write_table(
        sheet,
        title=book.word("problems"),
        note=book.word("problems-note"),
        columns=[
            *(Column(book.word(word)) for word in ("severity", "place")),
            *(Column(book.word(word), styles.WRAPPED) for word in ("message", "hint")),
            Column(book.word("code")),
        ],
        rows=(
            (
                book.word(problem.severity),
                problem.place,
                problem.message_in(book.language),
                problem.hint_in(book.language),
                problem.code,
            )
            for problem in problems
        ),
        frozen=0,
    )


class Scales:
    """The scales of a department's versions, as far as they are looked up."""

    def __init__(self, departments: Sequence[Department]) -> None:
        self._departments = tuple(departments)
        self._used: list[Department] = []

    def result(self, card: Card, total: str) -> tuple[Cell, Cell]:
        """Return a card's grade and coefficient: formulas on the cell of its total, where that comes to the same.

        By some roles a score may hold the grade down, whatever the total: there they are no formulas.
        """
        has_limits = any(scored.kpi.has_limit for scored in card.kpis) or any(
            each.adjustment.red_line is not None for each in card.adjustments
        )
        department = None if has_limits else self._department(card)
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


_NOTES = ("role-note", "rounding-note", "rules-note", "limit-note", "digits-note")


def write_rules(sheet: Sheet, cards: Sequence[Card], scales: Scales) -> None:
    """Write the whole sheet, after all that looks something up in it."""
    book = sheet.book
    sheet.heading(0, 0, book.word("rules"), styles.TITLE)
    for row, word in enumerate(_NOTES, start=1):
        sheet.heading(row, 0, book.word(word), styles.NOTE)
    row = scales.write(sheet, len(_NOTES) + 2)
    sheet.heading(row, 0, book.word("fingerprints-note"), styles.NOTE)
    row += 1
    for column, word in enumerate(("role", "fingerprint", "periods", "cards")):
        sheet.text(row, column, book.word(word), styles.HEADING)
    by_rules: dict[tuple[str, str], list[Card]] = {}
    for card in cards:
        by_rules.setdefault((card.role.id, card.rules), []).append(card)
    for index, key in enumerate(sorted(by_rules), start=1):
        of_rules = by_rules[key]
        periods = [card.period for card in of_rules]
        sheet.text(row + index, 0, book.text(of_rules[0].role.title))
        sheet.text(row + index, 1, key[1])
        sheet.text(row + index, 2, " – ".join(dict.fromkeys([min(periods), max(periods)])))
        sheet.number(row + index, 3, len(of_rules), styles.WHOLE)
    sheet.fit(4)
