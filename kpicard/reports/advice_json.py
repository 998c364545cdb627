"""Advice as JSON has it."""

from __future__ import annotations

from typing import Any

from kpicard.cards.advice.plan import Advice, Step


def advice_values(advice: Advice) -> dict[str, Any]:
    """Return what would reach the next grade; actuals are exact thresholds in the KPI's unit.

    Where a KPI has no figure yet and any would do, the actual is null.
    """
    return {
        "grade": advice.grade,
        "from": advice.from_,
        "lacking": advice.lacking,
        "alone": [_step(step) for step in advice.alone],
        "together": [_step(step) for step in advice.together],
    }


def _step(step: Step) -> dict[str, Any]:
    actual = None if step.is_any else step.actual
    return {"kpi": step.scored.kpi.id, "actual": actual, "score": step.score, "points": step.points}
