"""How a card came along, in words and figures: for its table, and for below it."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from kpicard.cards.history import History
from kpicard.messages import words_of
from kpicard.reports import figures
from kpicard.reports.figures import sparkline
from kpicard.text import Language, say

WORDS: Final = words_of("trend")


def change(value: Decimal | None) -> str:
    """Show how much higher a figure is than before.

    >>> change(Decimal("2.31")), change(Decimal("-1.20")), change(Decimal("0.00")), change(None)
    ('+2.31', '−1.20', '±0.00', '—')
    """
    if value is None:
        return figures.NONE
    return f"{'+' if value > 0 else '−' if value < 0 else '±'}{figures.points(value.copy_abs())}"


def history_lines(history: History, language: Language) -> list[str]:
    """Say how the newest card differs from the one before: total, grade, and whether other rules scored it."""
    before, after = history.before, history.last
    parts = []
    if history.change is not None:
        words = say(WORDS["total-changed"], language)
        before_and_after = {"before": figures.number(before.total), "after": figures.number(after.total)}
        parts.append(words.format(change=change(history.change), **before_and_after))
    old, new = figures.grade(before, language), figures.grade(after, language)
    word = "grade-stays" if old == new else "grade-changed"
    parts.append(say(WORDS[word], language).format(before=old, after=new))
    if before.rules != after.rules:
        parts.append(say(WORDS["other-rules"], language))
    said = ("，" if language == "zh" else ", ").join(parts)
    return [say(WORDS["against"], language).format(period=before.period, said=said)]


def kpi_trend(history: History, kpi: str) -> str:
    """Show the scores of a KPI as a sparkline, and how much higher the newest is than before."""
    return f"{sparkline(history.scores(kpi))} {change(history.score_change(kpi))}"


def total_trend(history: History) -> str:
    """Show the totals as a sparkline, and how much higher the newest is than before."""
    return f"{sparkline(history.totals)} {change(history.change)}"
