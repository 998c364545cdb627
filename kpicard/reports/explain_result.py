"""In words, what an explanation ends with: the total, its grade and what holds that down, coefficient and bonus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kpicard.cards.explanation.values import Band, Explanation
from kpicard.messages import words_of
from kpicard.numbers import plain
from kpicard.reports import figures
from kpicard.reports.formula_text import shown
from kpicard.text import Language, printable, say

WORDS: Final = words_of("card")
EXPLAIN: Final = words_of("explanation")


def result_lines(explanation: Explanation, language: Language) -> Iterator[tuple[str, str]]:
    """Yield the lines, each with its label."""
    card = explanation.card
    for label, text in _lines(explanation, language):
        yield say(WORDS.get(label) or EXPLAIN[label], language), text
    yield say(WORDS["rules"], language), card.rules


def _lines(explanation: Explanation, language: Language) -> Iterator[tuple[str, str]]:
    card, band = explanation.card, explanation.band
    if explanation.total is None or band is None:
        yield "total", say(EXPLAIN["no-total"], language)
        yield "grade", figures.grade(card, language)
        return
    yield "total", shown(explanation.total, language)
    is_held_down = card.grade != card.grade_by_total
    yield "by-total" if is_held_down else "grade", _band(band, figures.number(card.total), language)
    for scored in card.vetoes:
        veto = scored.kpi.veto
        if veto:
            said = say(EXPLAIN["vetoed"], language).format(
                kpi=printable(say(scored.kpi.name, language)),
                score=figures.number(scored.score),
                bound=plain(veto.score_below),
                grade=printable(veto.grade_at_most),
            )
            yield "veto", said
    if is_held_down:
        yield "grade", figures.grade(card, language)
    yield "coefficient", figures.number(card.coefficient)
    if explanation.bonus:
        yield "bonus", shown(explanation.bonus, language)


def _band(band: Band, total: str, language: Language) -> str:
    """Say which totals have the grade; the last one takes all below it too."""
    grade = printable(band.grade.grade)
    if band.grade.label is not None:
        label = printable(say(band.grade.label, language))
        grade += f"（{label}）" if language == "zh" else f" ({label})"
    low = None if band.is_last else plain(band.grade.from_)
    high = None if band.below is None else plain(band.below)
    word = {(False, False): "between", (False, True): "from", (True, False): "below", (True, True): "always"}
    within = say(EXPLAIN[f"band-{word[low is None, high is None]}"], language).format(low=low, high=high)
    return say(EXPLAIN["band"], language).format(grade=grade, total=total, range=within)
