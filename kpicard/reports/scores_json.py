"""Scorecards as JSON, format `kpicard.scorecards/1`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TextIO

from kpicard.cards.history import History
from kpicard.cards.scorecards import Scorecards
from kpicard.cards.values import Adjusted, Card, Scored
from kpicard.numbers import plain
from kpicard.reports.advice_json import advice_values
from kpicard.reports.json_text import dumps, localised, problem_values, withheld_values
from kpicard.reports.summary_json import combined_values
from kpicard.text import Language


def write(result: Scorecards, language: Language, out: TextIO) -> None:
    """Write all cards, whose were withheld, and all problems; `language` is that of the problems' messages."""
    out.write(
        dumps(
            {
                "format": "kpicard.scorecards/1",
                "rules": sorted({card.rules for card in result.cards}),
                "cards": [_card(card, result) for card in result.cards],
                "combined": [combined_values(each) for summary in result.summaries for each in summary.combined],
                "withheld": [withheld_values(each) for each in result.withheld_cards],
                "problems": [problem_values(problem, language) for problem in result.problems],
            }
        )
    )
    out.write("\n")


def _card(card: Card, result: Scorecards) -> dict[str, Any]:
    advice = result.advice.get(card.key)
    return {
        "period": card.period,
        "employee": card.employee,
        "name": card.name,
        "team": card.team,
        "role": card.role.id,
        "title": localised(card.role.title),
        "kpis": [_scored(scored) for scored in card.kpis],
        "adjustments": [_adjusted(adjusted) for adjusted in card.adjustments],
        "total": card.total,
        "grade": card.grade,
        "coefficient": card.coefficient,
        "grade_by_total": card.grade_by_total,
        "vetoes": [_veto(scored) for scored in card.vetoes],
        "rules": card.rules,
        "base": card.base,
        "bonus": card.bonus,
        "days": card.days,
        "share": card.share,
        **_months(card),
        **_history(result.histories.get(card.key)),
        "advice": advice and advice_values(advice, card),
    }


def _months(card: Card) -> dict[str, Any]:
    """Return what a longer period's card is made from; the format has it only there."""
    if card.rollup is None:
        return {}
    months = [
        {
            "period": month.period,
            "total": month.total,
            "grade": month.grade,
            "coefficient": month.coefficient,
            "rules": month.rules,
        }
        for month in card.months
    ]
    return {"rollup": card.rollup, "months": months}


def _history(history: History | None) -> dict[str, Any]:
    """Return the change against the card before; the format has it only where there is one."""
    if history is None:
        return {}
    return {"before": {"period": history.before.period, "total": history.before.total, "change": history.change}}


def _scored(scored: Scored) -> dict[str, Any]:
    return {
        "kpi": scored.kpi.id,
        "name": localised(scored.kpi.name),
        "unit": localised(scored.kpi.unit),
        "better": scored.kpi.better,
        "weight": Decimal(plain(scored.kpi.weight)),
        "effective_weight": scored.effective_weight,
        "target": scored.target,
        "actual": scored.actual,
        **_ratio(scored),
        "attainment": scored.attainment,
        "score": scored.score,
        "points": scored.points,
        "status": scored.status,
    }


def _adjusted(adjusted: Adjusted) -> dict[str, Any]:
    adjustment = adjusted.adjustment
    return {
        "adjustment": adjustment.id,
        "name": localised(adjustment.name),
        "unit": localised(adjustment.unit),
        "points_each": adjustment.points_each,
        "at_least": adjustment.at_least,
        "at_most": adjustment.at_most,
        "actual": adjusted.actual,
        "points": adjusted.points,
        "status": adjusted.status,
    }


def _veto(scored: Scored) -> dict[str, Any]:
    veto = scored.kpi.veto
    return {
        "kpi": scored.kpi.id,
        "score": scored.score,
        "score_below": veto and veto.score_below,
        "grade_at_most": veto and veto.grade_at_most,
    }


def _ratio(scored: Scored) -> dict[str, Any]:
    """Return the parts of an actual that was given as two; the format has them only there."""
    if scored.denominator is None:
        return {}
    return {"numerator": scored.numerator, "denominator": scored.denominator}
