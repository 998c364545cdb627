"""The whole workbook: which sheets it has, in which order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kpicard.cards.scorecards import Scorecards
from kpicard.cards.values import Card, Key
from kpicard.files import write_whole
from kpicard.reports.xlsx.book import Book, Sheet, check_rows
from kpicard.reports.xlsx.data_sheets import count_rows, write_data, write_months
from kpicard.reports.xlsx.plain_sheets import Scales, write_combined, write_problems, write_rules, write_withheld
from kpicard.reports.xlsx.role_columns import by_shape
from kpicard.reports.xlsx.role_sheet import write_role
from kpicard.reports.xlsx.summary_sheet import write_summary
from kpicard.reports.xlsx.table import Place, titled
from kpicard.text import Language

_ABOVE = 10
"""More rows than stand above a table."""


def write_file(result: Scorecards, language: Language, path: Path) -> None:
    """Write the workbook to a file, whole or not at all. Raises OSError."""
    workbook = workbook_bytes(result, language)
    write_whole(path, lambda new: new.write_bytes(workbook))


def workbook_bytes(result: Scorecards, language: Language) -> bytes:
    """Return all cards and problems. Raises OSError where they are more than a sheet takes."""
    cards = result.cards
    check_rows([_ABOVE + each for each in (count_rows(cards), len(cards), len(result.problems))], language)
    book = Book(language)
    summary = book.sheet(book.word("summary"))
    numbers = {card.key: number for number, card in enumerate(cards, start=1)}
    scales = Scales(result.rules.departments)
    places: dict[Key, Place] = {}
    for group in by_shape(cards):
        places |= write_role(_role_sheet(book, group, cards), group, numbers, scales, _role_title(book, group))
    if of_months := [card for card in cards if not card.kpis]:
        title = titled(book, book.word("months"), of_months)
        places |= write_months(book.sheet(book.word("months")), of_months, numbers, scales, title)
    if any(each.combined for each in result.summaries):
        write_combined(book.sheet(book.word("combined")), result.summaries)
    if any(card.kpis for card in cards):
        write_data(book.sheet(book.word("data")), cards)
    write_rules(book.sheet(book.word("rules")), cards, scales)
    note = [book.word("summary-note").format(count=len(cards)), *_write_lacking(book, result)]
    write_summary(summary, cards, numbers, places, " ".join(note))
    return book.close()


def _role_title(book: Book, group: Sequence[Card]) -> str:
    return titled(book, book.text(group[-1].role.title), group)


def _role_sheet(book: Book, group: Sequence[Card], cards: Sequence[Card]) -> Sheet:
    """Return a sheet for cards with the same KPIs, called after the role, and since when it is so, if that matters."""
    role = group[-1].role
    name = book.text(role.title)
    if any(card.role.id == role.id and card.kpis and card.period < group[0].period for card in cards):
        name += f" {group[0].period}"
    return book.sheet(name)


def _write_lacking(book: Book, result: Scorecards) -> Iterator[str]:
    """Write the sheets of what was withheld, and of the problems; yield what to say of them."""
    if withheld := result.withheld_cards:
        sheet = book.sheet(book.word("withheld"))
        write_withheld(sheet, withheld)
        yield book.word("withheld-note").format(count=len(withheld), withheld=sheet.name)
    if problems := result.problems:
        sheet = book.sheet(book.word("problems"))
        write_problems(sheet, problems)
        yield book.word("problem-count").format(count=len(problems), problems=sheet.name)
