"""Explanations as JSON, format `kpicard.explain/1`: the steps as data."""

from __future__ import annotations

from typing import Any, TextIO

from kpicard.cards.explanation.explain import explain_all
from kpicard.cards.explanation.values import AdjustmentSteps, Band, Explanation, Formula, KpiSteps
from kpicard.cards.scorecards import Scorecards
from kpicard.reports.advice_json import advice_values
from kpicard.reports.curves import Point, curve_shape
from kpicard.reports.json_text import dumps, localised, problem_values, withheld_values
from kpicard.rules.scoring.curve import Bound, Place
from kpicard.text import Language


def write(result: Scorecards, language: Language, out: TextIO) -> None:
    """Write all explanations and problems; `language` is that of the problems' messages."""
    explanations = explain_all(result)
    values = {
        "format": "kpicard.explain/1",
        "cards": [_explanation(each) for each in explanations.explained],
        "withheld": [withheld_values(each) for each in explanations.withheld],
        "problems": [problem_values(problem, language) for problem in result.problems],
    }
    out.write(f"{dumps(values)}\n")


def _explanation(explanation: Explanation) -> dict[str, Any]:
    card = explanation.card
    return {
        "period": card.period,
        "employee": card.employee,
        "name": card.name,
        "team": card.team,
        "role": card.role.id,
        "title": localised(card.role.title),
        "rollup": card.rollup,
        "months": [{"period": month.period, "total": month.total, "grade": month.grade} for month in card.months],
        "kpis": [_kpi(steps) for steps in explanation.kpis],
        "adjustments": [_adjustment(steps) for steps in explanation.adjustments],
        "total": _formula(explanation.total),
        "band": _band(explanation.band),
        "vetoes": [_veto(steps) for steps in explanation.kpis if steps.scored.vetoes],
        "grade": card.grade,
        "coefficient": card.coefficient,
        "bonus": _formula(explanation.bonus),
        "rules": card.rules,
        "advice": explanation.advice and advice_values(explanation.advice),
    }


def _kpi(steps: KpiSteps) -> dict[str, Any]:
    scored = steps.scored
    return {
        "kpi": scored.kpi.id,
        "name": localised(scored.kpi.name),
        "unit": localised(scored.kpi.unit),
        "better": scored.kpi.better,
        "weight": scored.kpi.weight,
        "effective_weight": scored.effective_weight,
        "status": scored.status,
        "target": {"value": scored.target, "from": steps.since, "is_own": steps.is_own_target},
        "actual": {"value": scored.actual, "division": _formula(steps.division)},
        "ratio": _formula(steps.ratio),
        "attainment": {"value": scored.attainment, "from_ratio": _formula(steps.attainment)},
        "place": _place(steps.place),
        "score": {"value": scored.score, "calculation": _formula(steps.score)},
        "points": {"value": scored.points, "calculation": _formula(steps.points)},
        "curve": _curve(steps),
    }


def _adjustment(steps: AdjustmentSteps) -> dict[str, Any]:
    adjusted = steps.adjusted
    return {
        "adjustment": adjusted.adjustment.id,
        "name": localised(adjusted.adjustment.name),
        "status": adjusted.status,
        "actual": adjusted.actual,
        "product": _formula(steps.product),
        "bound": {"side": steps.bound[0], "points": steps.bound[1]} if steps.bound else None,
        "points": adjusted.points,
    }


def _formula(formula: Formula | None) -> dict[str, Any] | None:
    if formula is None:
        return None
    return {"formula": formula.text, "unrounded": formula.unrounded, "result": formula.result}


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {
        "axis": place.axis,
        "x": place.x,
        "kind": place.kind,
        "rule": place.rule,
        "number": place.number,
        "low": _bound(place.low),
        "high": _bound(place.high),
    }


def _bound(bound: Bound | None) -> dict[str, Any] | None:
    if bound is None:
        return None
    return {"x": bound.x, "is_included": bound.is_included, "score": bound.score}


def _curve(steps: KpiSteps) -> dict[str, Any]:
    """Return what is drawn of a curve: lines of points [x, score]."""
    scored = steps.scored
    shape = curve_shape(steps.curve, scored.kpi, scored.target, scored.actual, scored.attainment)
    return {
        "axis": shape.axis,
        "lines": [[_point(point) for point in line] for line in shape.lines],
        "target": shape.target and _point(shape.target),
        "actual": shape.actual and _point(shape.actual),
    }


def _point(point: Point) -> list[Any]:
    return [point.x, point.score]


def _band(band: Band | None) -> dict[str, Any] | None:
    if band is None:
        return None
    return {"grade": band.grade.grade, "from": None if band.is_last else band.grade.from_, "below": band.below}


def _veto(steps: KpiSteps) -> dict[str, Any]:
    scored = steps.scored
    veto = scored.kpi.veto
    return {
        "kpi": scored.kpi.id,
        "score": scored.score,
        "score_below": veto and veto.score_below,
        "grade_at_most": veto and veto.grade_at_most,
    }
