"""In words, how a figure comes about: its formula, where on its curve it lies, and which grade a total has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kpicard.cards.explanation.values import Band, Explanation, Formula
from kpicard.messages import words_of
from kpicard.numbers import plain, points_text
from kpicard.reports import figures
from kpicard.reports.figures import with_unit
from kpicard.text import Language, Text, printable, say

_WORDS: Final = words_of("card")
_EXPLAIN: Final = words_of("explanation")

_THOUSANDS: Final = re.compile(r"(?<![\d.])\d{4,}")


def shown(formula: Formula, language: Language, unit: Text | None = None, *, is_final: bool = True) -> str:
    """Show a calculation with what it comes to: exactly, and then rounded where that is another number.

    `is_final` False leaves the rounded result out, where something else follows.
    """
    result = printable(with_unit(_grouped(points_text(formula.result)), unit, language))
    is_calculated = " " in formula.text
    parts = [_grouped(formula.text)] if is_calculated else []
    if not is_final or formula.is_rounded:
        parts += ["=", _grouped(formula.unrounded)]
    if is_final:
        parts += ["≈" if formula.is_rounded else "=", result]
    return " ".join(parts if is_calculated else parts[1:])


def _grouped(text: str) -> str:
    """Put commas between the thousands of the numbers in a text."""
    return _THOUSANDS.sub(lambda found: f"{int(found[0]):,}", text)


def result_lines(explanation: Explanation, language: Language) -> Iterator[tuple[str, str]]:
    """Yield the lines, each with its label."""
    card = explanation.card
    for label, text in _result(explanation, language):
        yield say(_WORDS.get(label) or _EXPLAIN[label], language), text
    yield say(_WORDS["rules"], language), card.rules


def _result(explanation: Explanation, language: Language) -> Iterator[tuple[str, str]]:
    card, band = explanation.card, explanation.band
    if explanation.total is None or band is None:
        yield "total", say(_EXPLAIN["no-total"], language)
        yield "grade", figures.grade(card, language)
        return
    yield "total", shown(explanation.total, language)
    is_held_down = card.grade != card.grade_by_total
    yield "by-total" if is_held_down else "grade", _grade_of(band, figures.number(card.total), language)
    for limit in card.limits:
        yield "limit", say(_EXPLAIN["vetoed"], language).format(**figures.limit(limit, language))
    if is_held_down:
        yield "grade", figures.grade(card, language)
    yield "coefficient", figures.number(card.coefficient)
    if explanation.bonus:
        yield "bonus", shown(explanation.bonus, language)


def _grade_of(band: Band, total: str, language: Language) -> str:
    """Say which totals have the grade; the last one takes all below it too."""
    grade = printable(band.grade.grade)
    if band.grade.label is not None:
        label = printable(say(band.grade.label, language))
        grade += f"（{label}）" if language == "zh" else f" ({label})"
    low = None if band.is_last else plain(band.grade.from_)
    high = None if band.below is None else plain(band.below)
    word = {(False, False): "between", (False, True): "from", (True, False): "below", (True, True): "always"}
    within = say(_EXPLAIN[f"band-{word[low is None, high is None]}"], language).format(low=low, high=high)
    return say(_EXPLAIN["band"], language).format(grade=grade, total=total, range=within)
