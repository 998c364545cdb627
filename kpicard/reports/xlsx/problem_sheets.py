"""What was not scored, and what is wrong with the files: nothing is left out without a word."""

from __future__ import annotations

from collections.abc import Sequence

from kpicard.card import Withheld
from kpicard.problems import Problem
from kpicard.reports.xlsx import styles
from kpicard.reports.xlsx.book import Sheet
from kpicard.reports.xlsx.people import people_cells
from kpicard.reports.xlsx.table import Column, write_table


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
    """Write every problem with its place and how to mend it."""
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
