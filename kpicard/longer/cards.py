"""The cards of longer periods out of the engine, each with its months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from kpicard.card import Card, Key
from kpicard.engine.cards import fetch_cards
from kpicard.engine.database import Database
from kpicard.longer.calendar import longer_period
from kpicard.longer.fingerprints import longer_fingerprint
from kpicard.longer.values import FullMonth, Longer
from kpicard.rules.numbered import Numbered


def longer_cards(database: Database, numbered: Numbered, longer: Longer) -> Iterator[Card]:
    """Yield the cards, sorted by period, role and employee."""
    months: dict[Key, list[FullMonth]] = defaultdict(list)
    for month in fetch_cards(database, numbered, of="month_", has_lines=longer.rollup != "totals"):
        months[month.key._replace(period=longer_period(month.period, longer.by))].append(_month(month))
    for card in fetch_cards(database, numbered):
        own = tuple(months[card.key])
        rules = longer_fingerprint([month.rules for month in own], longer.rollup, card.role)
        yield replace(card, rollup=longer.rollup, months=own, rules=rules)


def _month(card: Card) -> FullMonth:
    return FullMonth(
        period=card.period,
        total=card.total,
        grade=card.grade,
        coefficient=card.coefficient,
        rules=card.rules,
        grade_by_total=card.grade_by_total,
        kpis=card.kpis,
        adjustments=card.adjustments,
    )
