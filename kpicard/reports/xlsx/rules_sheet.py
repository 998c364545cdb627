"""What the cards were scored by: how the formulas count, the grade scales, and the fingerprints of the rules."""

from __future__ import annotations

from collections.abc import Sequence

from kpicard.card import Card
from kpicard.reports.xlsx import styles
from kpicard.reports.xlsx.book import Sheet
from kpicard.reports.xlsx.scales import Scales

_NOTES = ("role-note", "rounding-note", "rules-note", "veto-note", "digits-note")


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
