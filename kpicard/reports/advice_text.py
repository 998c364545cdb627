"""Advice as lines of text: what the next grade takes, by one KPI alone and by the least change in all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kpicard.cards.advice.plan import Advice, Step
from kpicard.cards.values import Card, Scored
from kpicard.messages import words_of
from kpicard.numbers import plain
from kpicard.reports.figures import grouped, quantity
from kpicard.text import Language, printable, say

WORDS: Final = words_of("advice")


def advice_lines(advice: Advice, card: Card, language: Language) -> list[str]:
    """Return what a card lacks for the next grade, which KPIs can do it alone, and the cheapest combination."""
    first = _held(card, language) if card.grade != card.grade_by_total else _lacking(advice, language)
    if not advice.alone and not advice.together:
        why = "out-of-reach" if all(map(_is_measured, card.kpis)) else "no-way-found"
        return [first + _gap(language) + _say(why, language)]
    if advice.alone:
        alone = _say("alone", language, steps=_listed(advice.alone, language))
    else:
        alone = _say("none-alone", language)
    lines = [first + _gap(language) + alone]
    if advice.together and (len(advice.together) > 1 or len(advice.alone) > 1):
        word = "together" if advice.is_cheapest else "best-found"
        lines.append(_say(word, language, steps=_listed(advice.together, language)))
    return lines


def _held(card: Card, language: Language) -> str:
    """Say what the card is by its total, and that only a veto is in the way."""
    by_total, held = (printable(grade or "") for grade in (card.grade_by_total, card.grade))
    word = "held" if len(card.vetoes) == 1 else "held-by-several"
    return _say(word, language, by_total=by_total, held=held)


def _lacking(advice: Advice, language: Language) -> str:
    bound, lacking = plain(advice.from_), f"{advice.lacking:f}"
    return _say("lacking", language, grade=printable(advice.grade), bound=bound, lacking=lacking)


def _is_measured(scored: Scored) -> bool:
    """Return whether a change of a KPI can be measured by its target, or the KPI does not count at all."""
    return scored.points is None or (scored.actual is not None and scored.target is not None and scored.target > 0)


def _listed(steps: Iterable[Step], language: Language) -> str:
    return ("；" if language == "zh" else "; ").join(_step(step, language) for step in steps)


def _step(step: Step, language: Language) -> str:
    """Say which actual a KPI would need, exactly; a unit is written once."""
    scored = step.scored
    kpi, actual = printable(say(scored.kpi.name, language)), quantity(step.actual, scored, language)
    if step.is_any:
        return _say("any", language, kpi=kpi)
    if scored.actual is None:
        return _say("from-nothing", language, kpi=kpi, actual=actual)
    return _say("change", language, kpi=kpi, before=grouped(scored.actual), actual=actual)


def _gap(language: Language) -> str:
    return "" if language == "zh" else " "


def _say(word: str, language: Language, **values: str) -> str:
    return say(WORDS[word], language).format(**values)
