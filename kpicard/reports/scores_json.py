"""Scorecards as JSON, format `kpicard.scorecards/1`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TextIO

from kpicard.card import Card, Scored
from kpicard.numbers import plain
from kpicard.reports.json_text import dumps, localised, problem_values
from kpicard.scorecards import Scorecards
from kpicard.text import Language


def write(result: Scorecards, language: Language, out: TextIO) -> None:
    """Write all cards and problems; `language` is that of the problems' messages."""
    out.write(
        dumps(
            {
                "format": "kpicard.scorecards/1",
                "cards": [_card(card) for card in result.cards],
                "problems": [problem_values(problem, language) for problem in result.problems],
            }
        )
    )
    out.write("\n")


def _card(card: Card) -> dict[str, Any]:
    return {
        "period": card.period,
        "employee": card.employee,
        "name": card.name,
        "team": card.team,
        "role": card.role.id,
        "title": localised(card.role.title),
        "kpis": [_scored(scored) for scored in card.kpis],
        "total": card.total,
        "grade": card.grade,
        "coefficient": card.coefficient,
    }


def _scored(scored: Scored) -> dict[str, Any]:
    return {
        "kpi": scored.kpi.id,
        "name": localised(scored.kpi.name),
        "unit": localised(scored.kpi.unit),
        "better": scored.kpi.better,
        "weight": Decimal(plain(scored.kpi.weight)),
        "target": scored.target,
        "actual": scored.actual,
        **_ratio(scored),
        "attainment": scored.attainment,
        "score": scored.score,
        "points": scored.points,
        "status": scored.status,
    }


def _ratio(scored: Scored) -> dict[str, Any]:
    """Return the parts of an actual that was given as two; the format has them only there."""
    if scored.denominator is None:
        return {}
    return {"numerator": scored.numerator, "denominator": scored.denominator}
