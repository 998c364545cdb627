"""What stands below a card's figures: how they come about, beyond what the table shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kpicard.cards.rollup import FullMonth
from kpicard.cards.values import Adjusted, Card, Scored
from kpicard.messages import words_of
from kpicard.numbers import plain
from kpicard.reports.figures import grouped, number, points, quantity, with_unit
from kpicard.text import Language, printable, say

WORDS: Final = words_of("card")


def notes(card: Card, language: Language) -> list[str]:
    """Return the lines: divisions, adjustments, vetoes, weights scaled up, and points lost."""
    return [*_divisions(card, language), *_sums(card, language), *_vetoes(card, language), *_whole(card, language)]


def _divisions(card: Card, language: Language) -> Iterator[str]:
    """Yield how each actual was divided that was given as two; over several months that is said with their sums."""
    for scored in card.kpis if len(card.months) < 2 else ():
        if scored.numerator is not None and scored.denominator is not None:
            divided = f"{grouped(scored.numerator)} ÷ {grouped(scored.denominator)}"
            yield f"{_name(scored, language)}{divided} = {quantity(scored.actual, scored, language)}"


def _sums(card: Card, language: Language) -> Iterator[str]:
    """Yield how the points of each adjustment come about, over several months those of each month."""
    for adjusted in card.adjustments:
        sums = [_sum(adjusted, language)]
        if len(card.months) > 1:
            months = [(month, _sum(each, language)) for month, each in _in_months(adjusted, card)]
            sums = [f"{month} {formula}" for month, formula in months if formula]
        if sums := list(filter(None, sums)):
            yield f"{_name(adjusted, language)}{('；' if language == 'zh' else '; ').join(sums)}"


def _in_months(adjusted: Adjusted, card: Card) -> Iterator[tuple[str, Adjusted]]:
    for month in card.months:
        for each in month.adjustments if isinstance(month, FullMonth) else ():
            if each.adjustment.id == adjusted.adjustment.id:
                yield month.period, each


def _sum(adjusted: Adjusted, language: Language) -> str:
    """Return the points as how many there were times those for each, up to the bounds; empty where none count."""
    if adjusted.actual is None or adjusted.points is None:
        return ""
    adjustment = adjusted.adjustment
    count = with_unit(grouped(adjusted.actual), adjustment.unit, language)
    bounds = [
        f"{say(WORDS[word], language)} {plain(bound)}"
        for word, bound in (("at-least", adjustment.at_least), ("at-most", adjustment.at_most))
        if bound is not None
    ]
    times = f"{printable(count)} × {plain(adjustment.points_each)}"
    return f"{_listed([times, *bounds], language)} = {points(adjusted.points)}"


def _vetoes(card: Card, language: Language) -> Iterator[str]:
    """Yield why the grade may be no better than it is, whatever the total."""
    for scored in card.vetoes:
        if scored.kpi.veto:
            yield say(WORDS["vetoed"], language).format(
                kpi=printable(say(scored.kpi.name, language)),
                score=number(scored.score),
                bound=plain(scored.kpi.veto.score_below),
                grade=printable(scored.kpi.veto.grade_at_most),
                by_total=printable(card.grade_by_total or ""),
            )


def fingerprint(card: Card, language: Language) -> str:
    """Say which rules scored a card."""
    return f"{say(WORDS['rules'], language)}{_colon(language)}{card.rules}"


def _whole(card: Card, language: Language) -> Iterator[str]:
    if card.is_partial:
        yield say(WORDS["rescaled"], language).format(weight=plain(card.full_weight))
    if card.total is not None and card.kpis:
        yield f"{say(WORDS['lost'], language)}{_colon(language)}{_losses(card, language)}"


def _losses(card: Card, language: Language) -> str:
    """Say on which KPIs points were lost against a score of 100, most first."""
    lost = [(scored.lost, scored) for scored in card.kpis]
    parts = [
        f"{printable(say(scored.kpi.name, language))} {number(each)}"
        for each, scored in sorted(lost, key=lambda each: -each[0])
        if each > 0
    ]
    return ("、" if language == "zh" else ", ").join(parts) or say(WORDS["nothing-lost"], language)


def _name(line: Scored | Adjusted, language: Language) -> str:
    item = line.kpi if isinstance(line, Scored) else line.adjustment
    return f"{printable(say(item.name, language))}{_colon(language)}"


def _listed(parts: list[str], language: Language) -> str:
    return ("，" if language == "zh" else ", ").join(parts)


def _colon(language: Language) -> str:
    return "：" if language == "zh" else ": "
