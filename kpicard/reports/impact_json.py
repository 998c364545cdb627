"""An impact as JSON, format `kpicard.impact/1`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, TextIO

from kpicard.cards.impact.reasons import by_role, summarise
from kpicard.cards.impact.values import AdjustmentChange, CardChange, Impact, KpiChange, NotCompared, Scales, Summary
from kpicard.cards.values import Adjusted, Card, Scored
from kpicard.numbers import plain
from kpicard.problems import Problem
from kpicard.reports.json_text import dumps, localised, problem_values
from kpicard.rules.models import Grade
from kpicard.text import Language


def write(impact: Impact, language: Language, out: TextIO) -> None:
    """Write all cards and problems; `language` is that of the problems' messages."""
    roles = [{"role": id_, **_summary(each)} for id_, each in by_role(impact).items()]
    values = {
        "format": "kpicard.impact/1",
        "before": impact.before,
        "after": impact.after,
        "summary": _summary(summarise(impact.cards)),
        "roles": roles,
        "scales": [_scales(each) for each in impact.scales],
        "cards": [_change(card) for card in impact.cards],
        "not_compared": [_not_compared(card, language) for card in impact.not_compared],
        "problems": list(_problems(impact, language)),
    }
    out.write(dumps(values) + "\n")


def _summary(summary: Summary) -> dict[str, Any]:
    return {
        "cards": summary.cards,
        "unchanged": summary.unchanged,
        "grade_up": summary.up,
        "grade_down": summary.down,
        "grade_other": summary.other,
        "total_up": summary.total_up,
        "total_down": summary.total_down,
        "mean_total": summary.mean_total,
        "coefficients": summary.coefficients,
        "mean_coefficient": summary.mean_coefficient,
    }


def _scales(scales: Scales) -> dict[str, Any]:
    return {"before": [_grade(each) for each in scales.before], "after": [_grade(each) for each in scales.after]}


def _grade(grade: Grade) -> dict[str, Any]:
    return {"grade": grade.grade, "from": grade.from_, "coefficient": grade.coefficient}


def _change(change: CardChange) -> dict[str, Any]:
    card = change.after
    return {
        "period": card.period,
        "employee": card.employee,
        "name": card.name,
        "team": card.team,
        "role": card.role.id,
        "title": localised(card.role.title),
        "before": _card(change.before),
        "after": _card(change.after),
        "change": {"total": change.total, "grade": change.move, "coefficient": change.coefficient},
        "kpis": [_kpi(each) for each in change.kpis],
        "adjustments": [_adjustment(each) for each in change.adjustments],
    }


def _card(card: Card | None) -> dict[str, Any] | None:
    if card is None:
        return None
    return {
        "total": card.total,
        "grade": card.grade,
        "coefficient": card.coefficient,
        "vetoes": [scored.kpi.id for scored in card.vetoes],
        "rules": card.rules,
    }


def _kpi(change: KpiChange) -> dict[str, Any]:
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
    if scored is None:
        return None
    return {
        "weight": Decimal(plain(scored.kpi.weight)),
        "effective_weight": scored.effective_weight,
        "target": scored.target,
        "actual": scored.actual,
        "attainment": scored.attainment,
        "score": scored.score,
        "points": scored.points,
        "status": scored.status,
    }


def _adjustment(change: AdjustmentChange) -> dict[str, Any]:
    return {
        "adjustment": change.adjustment.id,
        "name": localised(change.adjustment.name),
        "unit": localised(change.adjustment.unit),
        "before": _adjusted(change.before),
        "after": _adjusted(change.after),
        "points": change.points,
    }


def _adjusted(adjusted: Adjusted | None) -> dict[str, Any] | None:
    if adjusted is None:
        return None
    return {"actual": adjusted.actual, "points": adjusted.points, "status": adjusted.status}


def _not_compared(card: NotCompared, language: Language) -> dict[str, Any]:
    return {
        "period": card.period,
        "employee": card.employee,
        "name": card.name,
        "role": card.role,
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


def _problems(impact: Impact, language: Language) -> Iterator[dict[str, Any]]:
    """Yield the problems, each with the rules that have it: those before only, or those after."""

    def values(problem: Problem, rules: str) -> dict[str, Any]:
        return {"rules": rules, **problem_values(problem, language)}

    yield from (values(problem, "after") for problem in impact.problems)
    yield from (values(problem, "before") for problem in impact.problems_before)
