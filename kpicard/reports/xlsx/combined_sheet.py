"""The employees with several roles in a period: one total for each, with how it comes about."""

from __future__ import annotations

from collections.abc import Sequence

from kpicard.reports.summary_text import combined_lines
from kpicard.reports.xlsx import styles
from kpicard.reports.xlsx.book import Sheet
from kpicard.reports.xlsx.table import Column, write_table
from kpicard.summary.values import Summary


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
