"""Advice as JSON has it."""

from __future__ import annotations

from typing import Any

from kpicard.cards.advice.plan import Advice, Step
from kpicard.cards.values import Card


def advice_values(advice: Advice, card: Card) -> dict[str, Any]:
    """Return what would reach the next grade; actuals are exact thresholds in the KPI's unit.

    Where a KPI has no figure yet and any would do, the actual is null. Only where a veto holds the grade down, `veto`
    says what the card is by its total, and what the veto holds it at.
    """
    is_held = card.grade != card.grade_by_total
    return {
        "grade": advice.grade,
        "from": advice.from_,
        "lacking": advice.lacking,
        **({"veto": {"by_total": card.grade_by_total, "holds_at": card.grade}} if is_held else {}),
        "alone": [_step(step) for step in advice.alone],
        "together": [_step(step) for step in advice.together],
    }


def _step(step: Step) -> dict[str, Any]:
    actual = None if step.is_any else step.actual
    return {"kpi": step.scored.kpi.id, "actual": actual, "score": step.score, "points": step.points}
