"""What changed a card, line by line, such that the reader can check it: the figures of each KPI before and after."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from kpicard.cards.impact.values import AdjustmentChange, CardChange, KpiChange
from kpicard.cards.values import Adjusted, Card, Scored
from kpicard.messages import words_of
from kpicard.numbers import plain
from kpicard.reports import figures
from kpicard.reports.impact_text import arrow, minus, signed
from kpicard.text import Language, Text, printable, say

WORDS: Final = words_of("impact")
_CARD_WORDS: Final = words_of("card")


class Line(NamedTuple):
    """What changed a card: mostly a KPI with its change of points; a note has no points."""

    name: str
    points: Decimal | None
    detail: str

    def text(self, language: Language) -> str:
        """Return the line as a text."""
        if self.points is None:
            return self.detail
        return f"{self.name} {signed(self.points)}{'：' if language == 'zh' else ': '}{self.detail}"


def lines(card: CardChange, language: Language) -> list[Line]:
    """Return what changed a card, the greatest change of points first, then what has no points."""
    kpis = [_kpi(change, card, language) for change in card.kpis if change.is_change]
    adjustments = [_adjustment(change, language) for change in card.adjustments if change.is_change]
    found = sorted([*kpis, *adjustments], key=lambda line: -abs(line.points or Decimal(0)))
    found += [Line("", None, note) for note in _notes(card, language)]
    return found or [Line("", None, say(WORDS["no-details"], language))]


def _kpi(change: KpiChange, card: CardChange, language: Language) -> Line:
    before, after = change.before, change.after
    parts = []
    if before is None or after is None:
        parts.append(say(WORDS["new-kpi" if before is None else "kpi-left-out"], language))
    parts.append(
        _part("weight", _weight(before, card.before, language), _weight(after, card.after, language), language)
    )
    if _figure(before, language) != _figure(after, language) and before and after:
        parts.append(_part("actual", _figure(before, language), _figure(after, language), language))
    if before and after and before.target != after.target:
        old, new = (figures.quantity(each.target, each, language) for each in (before, after))
        parts.append(_part("target", old, new, language))
    parts.append(_part("score", _score(before), _score(after), language))
    parts.append(_part("points", _points(before), _points(after), language))
    if change.is_scored_otherwise:
        parts.append(say(WORDS["rescored"], language))
    return Line(_name(change.kpi.name, language), change.points, _join(parts, language))


def _adjustment(change: AdjustmentChange, language: Language) -> Line:
    before, after = change.before, change.after
    parts = [_part("points", _points(before), _points(after), language)]
    if before is None or after is None:
        parts.insert(0, say(WORDS["new-kpi" if before is None else "kpi-left-out"], language))
    return Line(_name(change.adjustment.name, language), change.points, _join(parts, language))


def _notes(card: CardChange, language: Language) -> Iterator[str]:
    """Yield what changed the grade beside the points: a veto, or the grade scale."""
    vetoes = [(word, each) for word, each in (("veto-before", card.before), ("veto-after", card.after)) if each.vetoes]
    held = [[scored.kpi.id for scored in each.vetoes] for each in (card.before, card.after)]
    if held[0] != held[1]:
        for word, each in vetoes:
            names = ("、" if language == "zh" else ", ").join(
                _name(scored.kpi.name, language) for scored in each.vetoes
            )
            yield say(WORDS[word], language).format(kpis=names, grade=printable(each.grade or ""))
    elif card.move and card.before.total == card.after.total:
        yield say(WORDS["by-scale"], language)


def _part(word: str, before: str, after: str, language: Language) -> str:
    name = say(_CARD_WORDS[word], language)
    shown = [each for each in (before, after) if each]  # a KPI that only one side has is shown as it is there
    return f"{name if language == 'zh' else name.lower()} {arrow(shown[0], shown[-1])}" if shown else name


def _weight(scored: Scored | None, card: Card, language: Language) -> str:
    """Show a weight; where others are left out, with the effective weight behind it."""
    if scored is None:
        return ""
    weight = plain(scored.kpi.weight)
    if scored.effective_weight is None or not card.is_partial:
        return weight
    effective = plain(scored.effective_weight)
    return f"{weight}（{effective}）" if language == "zh" else f"{weight} ({effective})"


def _figure(scored: Scored | None, language: Language) -> str:
    return figures.actual(scored, language) if scored else ""


def _points(each: Scored | Adjusted | None) -> str:
    return "" if each is None or each.points is None else minus(figures.points(each.points))


def _score(scored: Scored | None) -> str:
    return _number(scored.score if scored else None)


def _number(value: Decimal | None) -> str:
    return "" if value is None else minus(f"{value:f}")


def _name(name: Text, language: Language) -> str:
    return printable(say(name, language))


def _join(parts: list[str], language: Language) -> str:
    return ("，" if language == "zh" else ", ").join(parts)
