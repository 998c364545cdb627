"""A trend as JSON, format `kpicard.trend/1`.

Each `periods` has one entry for every period of the whole, in order; what there is not is null. `change` is against the
card before, whichever period that is of; for means, against the last period before that has one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TextIO

from kpicard.cards.history import History, newest_adjustments, newest_kpis
from kpicard.cards.trend import Means, RoleTrend, Trend
from kpicard.cards.values import Card, Key, Scored, Withheld
from kpicard.reports.json_text import dumps, localised, problem_values
from kpicard.rules.models import Adjustment, Kpi
from kpicard.text import Language


def write(trend: Trend, language: Language, out: TextIO) -> None:
    """Write people, roles and problems; `language` is that of the problems' messages."""
    withheld = {Key(each.period, each.role.id, each.employee) for each in trend.withheld}
    values = {
        "format": "kpicard.trend/1",
        "periods": trend.periods,
        "people": [_person(trend, person, withheld) for person in trend.people],
        "roles": [_role(trend, role) for role in trend.roles],
        "withheld": [_withheld(each) for each in trend.withheld],
        "problems": [problem_values(problem, language) for problem in trend.problems],
    }
    out.write(dumps(values) + "\n")


def _person(trend: Trend, person: History, withheld: Iterable[Key]) -> dict[str, Any]:
    last = person.last
    rows = zip(person.periods, person.line, person.changes(person.totals), strict=True)
    return {
        "employee": last.employee,
        "name": last.name,
        "team": last.team,
        "role": last.role.id,
        "title": localised(last.role.title),
        "periods": [
            {
                "period": period,
                "card": _status(card, Key(period, last.role.id, last.employee) in withheld),
                "total": card and card.total,
                "grade": card and card.grade,
                "coefficient": card and card.coefficient,
                "rules": card and card.rules,
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
    changes = person.changes(person.scores(kpi.id))
    return {
        "kpi": kpi.id,
        "name": localised(kpi.name),
        "unit": localised(kpi.unit),
        "better": kpi.better,
        "periods": [
            {"period": period, **_scored(scored), "change": change}
            for period, scored, change in zip(person.periods, person.of_kpi(kpi.id), changes, strict=True)
        ],
    }


def _scored(scored: Scored | None) -> dict[str, Any]:
    return {
        "actual": scored and scored.actual,
        "target": scored and scored.target,
        "attainment": scored and scored.attainment,
        "score": scored and scored.score,
        "effective_weight": scored and scored.effective_weight,
        "points": scored and scored.points,
        "status": scored and scored.status,
    }


def _adjustment(person: History, adjustment: Adjustment) -> dict[str, Any]:
    lines = person.of_adjustment(adjustment.id)
    changes = person.changes(tuple(each.points if each else None for each in lines))
    return {
        "adjustment": adjustment.id,
        "name": localised(adjustment.name),
        "unit": localised(adjustment.unit),
        "periods": [
            {
                "period": period,
                "actual": each and each.actual,
                "points": each and each.points,
                "status": each and each.status,
                "change": change,
            }
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


def _withheld(withheld: Withheld) -> dict[str, Any]:
    return {
        "period": withheld.period,
        "employee": withheld.employee,
        "name": withheld.name,
        "role": withheld.role.id,
        "title": localised(withheld.role.title),
    }
