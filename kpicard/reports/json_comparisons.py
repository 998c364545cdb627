"""Trends, impacts and diffs as the values of their JSON: `kpicard.trend/1`, `kpicard.impact/1`, `kpicard.diff/1`.

Of both, `language` is that of the problems' messages. In a trend each `periods` has one entry for every period of the
whole, in order; what there is not is null. `change` is against the card before, whichever period that is of; for means,
against the last period before that has one.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from kpicard.cards.history import History, newest_adjustments, newest_kpis
from kpicard.cards.impact.reasons import by_role, summarise
from kpicard.cards.impact.values import AdjustmentChange, CardChange, Impact, KpiChange, NotCompared, Scales, Summary
from kpicard.cards.trend import Means, RoleTrend, Trend
from kpicard.cards.values import Card, Key, Scored
from kpicard.numbers import plain
from kpicard.reports.formats.json import fields, localised, problem_values, withheld_values
from kpicard.reports.json_cards import card_head, limiting
from kpicard.rules.adjustments import Adjustment
from kpicard.rules.models import Grade, Kpi
from kpicard.text import Language

_OF_CARD = ("total", "grade", "coefficient")
_OF_CHANGE = (*_OF_CARD, "bonus")


def trend(result: Trend, language: Language) -> dict[str, Any]:
    """Return people, roles and problems."""
    withheld = {Key(each.period, each.role.id, each.employee) for each in result.withheld}
    return {
        "format": "kpicard.trend/1",
        "periods": result.periods,
        "people": [_person(result, person, withheld) for person in result.people],
        "roles": [_role(result, role) for role in result.roles],
        "withheld": [{**withheld_values(each), "title": localised(each.role.title)} for each in result.withheld],
        "problems": [problem_values(problem, language) for problem in result.problems],
    }


def _person(trend: Trend, person: History, withheld: Iterable[Key]) -> dict[str, Any]:
    last = person.last
    rows = zip(person.periods, person.line, person.changes(person.totals), strict=True)
    return {
        **fields(last, "employee", "name", "team"),
        "role": last.role.id,
        "title": localised(last.role.title),
        "periods": [
            {
                "period": period,
                "card": _status(card, Key(period, last.role.id, last.employee) in withheld),
                **fields(card, *_OF_CARD, "rules"),
                "change": change,
            }
            for period, card, change in rows
        ],
        "kpis": [_kpi(person, kpi) for kpi in newest_kpis(person.cards) if trend.is_chosen(kpi)],
        "adjustments": [_adjustment(person, each) for each in newest_adjustments(person.cards)],
    }


def _status(card: Card | None, is_withheld: bool) -> str | None:
    """Say why a period has no total: the card was withheld, or has none; null where there is no card at all."""
    if card is None:
        return "withheld" if is_withheld else None
    return "not_assessed" if card.total is None else "scored"


def _kpi(person: History, kpi: Kpi) -> dict[str, Any]:
    names = ("actual", "target", "attainment", "score", "effective_weight", "points", "status")
    changes = person.changes(person.scores(kpi.id))
    return {
        "kpi": kpi.id,
        "name": localised(kpi.name),
        "unit": localised(kpi.unit),
        "better": kpi.better,
        "periods": [
            {"period": period, **fields(scored, *names), "change": change}
            for period, scored, change in zip(person.periods, person.of_kpi(kpi.id), changes, strict=True)
        ],
    }


def _adjustment(person: History, adjustment: Adjustment) -> dict[str, Any]:
    lines = person.of_adjustment(adjustment.id)
    changes = person.changes(tuple(each.points if each else None for each in lines))
    return {
        "adjustment": adjustment.id,
        "name": localised(adjustment.name),
        "unit": localised(adjustment.unit),
        "periods": [
            {"period": period, **fields(each, "actual", "points", "status"), "change": change}
            for period, each, change in zip(person.periods, lines, changes, strict=True)
        ],
    }


def _role(trend: Trend, role: RoleTrend) -> dict[str, Any]:
    return {
        "role": role.role.id,
        "title": localised(role.role.title),
        "periods": _means(trend, role.totals, "mean_total"),
        "kpis": [
            {"kpi": kpi.id, "name": localised(kpi.name), "periods": _means(trend, means, "mean_score")}
            for kpi, means in role.kpis
        ],
    }


def _means(trend: Trend, means: Means, called: str) -> list[dict[str, Any]]:
    return [
        {"period": period, "people": each.people, called: each.mean, "change": change}
        for period, each, change in zip(trend.periods, means.line, means.changes, strict=True)
    ]


def impact(result: Impact, language: Language) -> dict[str, Any]:
    """Return all cards and problems; each problem says whether it is of the rules before only, or of those after."""
    problems = [("after", each) for each in result.problems] + [("before", each) for each in result.problems_before]
    return {
        "format": "kpicard.diff/1" if result.is_diff else "kpicard.impact/1",
        "before": result.before,
        "after": result.after,
        "summary": _summary(summarise(result.cards)),
        "roles": [{"role": id_, **_summary(each)} for id_, each in by_role(result).items()],
        "scales": [_scales(each) for each in result.scales],
        "cards": [_change(card) for card in result.cards],
        **(_restated(result) if result.is_diff else {}),
        "not_compared": [_not_compared(card, language) for card in result.not_compared],
        "problems": [{"rules": rules, **problem_values(each, language)} for rules, each in problems],
    }


def _summary(summary: Summary) -> dict[str, Any]:
    return {
        **fields(summary, "cards", "unchanged"),
        "grade_up": summary.up,
        "grade_down": summary.down,
        "grade_other": summary.other,
        **fields(summary, "total_up", "total_down", "mean_total", "coefficients", "mean_coefficient"),
    }


def _restated(result: Impact) -> dict[str, Any]:
    """Return the figures that are others, with their places, and what is another about people."""
    return {
        "figures": [
            {
                **each.key._asdict(),
                "item": each.item,
                "before": [figure._asdict() for figure in each.before],
                "after": [figure._asdict() for figure in each.after],
            }
            for each in result.figures
        ],
        "people": [{**each.key._asdict(), **fields(each, "field", "before", "after")} for each in result.people],
    }


def _scales(scales: Scales) -> dict[str, Any]:
    return {"before": [_grade(each) for each in scales.before], "after": [_grade(each) for each in scales.after]}


def _grade(grade: Grade) -> dict[str, Any]:
    return {"grade": grade.grade, "from": grade.from_, "coefficient": grade.coefficient}


def _change(change: CardChange) -> dict[str, Any]:
    return {
        **card_head(change.after),
        "before": _card(change.before),
        "after": _card(change.after),
        "change": {**fields(change, "total", "coefficient", "bonus"), "grade": change.move},
        "kpis": [_kpi_change(each) for each in change.kpis],
        "adjustments": [_adjustment_change(each) for each in change.adjustments],
    }


def _card(card: Card | None) -> dict[str, Any] | None:
    if card is None:
        return None
    return {**fields(card, *_OF_CHANGE), **limiting(card), "rules": card.rules}


def _kpi_change(change: KpiChange) -> dict[str, Any]:
    return {
        "kpi": change.kpi.id,
        "name": localised(change.kpi.name),
        "unit": localised(change.kpi.unit),
        "before": _scored(change.before),
        "after": _scored(change.after),
        "points": change.points,
        "scoring_changed": change.is_scored_otherwise,
    }


def _scored(scored: Scored | None) -> dict[str, Any] | None:
    names = ("effective_weight", "target", "actual", "attainment", "score", "points", "status")
    if scored is None:
        return None
    return {"weight": Decimal(plain(scored.kpi.weight)), **fields(scored, *names)}


def _adjustment_change(change: AdjustmentChange) -> dict[str, Any]:
    sides = (("before", change.before), ("after", change.after))
    return {
        "adjustment": change.adjustment.id,
        "name": localised(change.adjustment.name),
        "unit": localised(change.adjustment.unit),
        **{side: each and fields(each, "actual", "points", "status") for side, each in sides},
        "points": change.points,
    }


def _not_compared(card: NotCompared, language: Language) -> dict[str, Any]:
    return {
        **fields(card, "period", "employee", "name", "role"),
        "title": localised(card.title),
        "before": _card(card.before),
        "after": _card(card.after),
        "reasons": [
            {
                "rules": reason.side,
                "cause": reason.cause,
                "problems": [problem_values(each, language) for each in reason.problems],
            }
            for reason in card.reasons
        ],
    }
