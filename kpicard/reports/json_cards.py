"""Scorecards, explanations and summaries as the values of their JSON: `kpicard.scorecards/1` and its kind.

Of every kind, `language` is that of the problems' messages.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from kpicard.actuals.header_vocabulary import ABOUT_PEOPLE
from kpicard.cards.advice import Advice, Step
from kpicard.cards.explanation.explain import explain_all
from kpicard.cards.explanation.values import AdjustmentSteps, Band, Explanation, Formula, KpiSteps
from kpicard.cards.history import History
from kpicard.cards.left_out import left_out
from kpicard.cards.scorecards import Scorecards
from kpicard.cards.summary_values import Combined, QuotaUse, Spread, Summary
from kpicard.cards.values import Adjusted, Card, Scored, SectionPoints
from kpicard.numbers import plain
from kpicard.reports.curves import curve_shape
from kpicard.reports.formats.json import fields, localised, problem_values, withheld_values
from kpicard.rules.scoring.curve import Place
from kpicard.text import Language


def scorecards(result: Scorecards, language: Language) -> dict[str, Any]:
    """Return all cards, whose were withheld, and all problems."""
    return {
        "format": "kpicard.scorecards/1",
        "rules": sorted({card.rules for card in result.cards}),
        "cards": [_card(card, result) for card in result.cards],
        "combined": [_combined(each) for summary in result.summaries for each in summary.combined],
        "withheld": [withheld_values(each) for each in result.withheld_cards],
        "problems": [problem_values(problem, language) for problem in result.problems],
    }


def card_head(card: Card) -> dict[str, Any]:
    """Return whose card it is, and of which role."""
    head = fields(card, "period", "employee", *ABOUT_PEOPLE, *(["manager"] if card.manager else ()))
    return {**head, "role": card.role.id, "title": localised(card.role.title)}


def _card(card: Card, result: Scorecards) -> dict[str, Any]:
    advice = result.advice.get(card.key)
    return {
        **card_head(card),
        "kpis": [_scored(scored) for scored in card.kpis],
        "adjustments": [_adjusted(adjusted) for adjusted in card.adjustments],
        **fields(card, "total", "grade", "coefficient", "grade_by_total"),
        **_left_out(card),
        **({"sections": [_section(each) for each in card.sections]} if card.sections else {}),
        "vetoes": [_veto(scored) for scored in card.vetoes],
        **fields(card, "rules", "base", "bonus", "days", "share"),
        **({"comments": [comment._asdict() for comment in card.comments]} if card.comments else {}),
        **({"team_figures": dict(card.team_figures)} if card.team_figures else {}),
        **({"state": card.state._asdict()} if card.state else {}),
        **_months(card),
        **_history(result.histories.get(card.key)),
        "advice": advice and _advice(advice, card),
    }


def _left_out(card: Card) -> dict[str, Any]:
    """Return what is not applicable on a card; the format has it only there."""
    found = left_out(card)
    if found is None:
        return {}
    kpis = [{"kpi": each.kpi.id, "reason": each.reason} for each in found.kpis]
    return {"not_applicable": {"kpis": kpis, **fields(found, "weight", "total_with_zero")}}


def _section(each: SectionPoints) -> dict[str, Any]:
    section = each.section
    return {
        "section": section.id,
        "title": localised(section.title),
        **fields(section, "weight"),
        **fields(each, "effective_weight", "points"),
    }


def _months(card: Card) -> dict[str, Any]:
    """Return what a longer period's card is made from; the format has it only there."""
    if card.rollup is None:
        return {}
    months = [fields(month, "period", "total", "grade", "coefficient", "rules") for month in card.months]
    return {"rollup": card.rollup, "months": months}


def _history(history: History | None) -> dict[str, Any]:
    """Return the change against the card before; the format has it only where there is one."""
    return {"before": {**fields(history.before, "period", "total"), "change": history.change}} if history else {}


def _scored(scored: Scored) -> dict[str, Any]:
    # The parts of an actual that was given as two; the format has them only there.
    parts = {} if scored.denominator is None else fields(scored, "numerator", "denominator")
    return {
        **kpi_head(scored),
        "weight": Decimal(plain(scored.kpi.weight)),
        **({} if scored.kpi.out_of is None else {"out_of": scored.kpi.out_of}),
        **fields(scored, "effective_weight", "target", "actual"),
        **parts,
        **fields(scored, "attainment", "score", "points", "status"),
    }


def kpi_head(scored: Scored) -> dict[str, Any]:
    """Return which KPI it is."""
    kpi = scored.kpi
    section = {} if kpi.section is None else {"section": kpi.section}
    return {"kpi": kpi.id, "name": localised(kpi.name), **section, "unit": localised(kpi.unit), "better": kpi.better}


def _adjusted(adjusted: Adjusted) -> dict[str, Any]:
    adjustment = adjusted.adjustment
    return {
        "adjustment": adjustment.id,
        "name": localised(adjustment.name),
        "unit": localised(adjustment.unit),
        **fields(adjustment, "points_each", "at_least", "at_most"),
        **fields(adjusted, "actual", "points", "status"),
        **({"veto": adjustment.veto.grade_at_most} if adjusted.vetoes and adjustment.veto else {}),
    }


def limiting(card: Card) -> dict[str, Any]:
    """Return the KPIs that limit the grade, by id."""
    return {"vetoes": [scored.kpi.id for scored in card.vetoes]}


def _veto(scored: Scored) -> dict[str, Any]:
    held = fields(scored.kpi.veto, "score_below", "grade_at_most")
    return {"kpi": scored.kpi.id, "score": scored.score, **held}


def _advice(advice: Advice, card: Card) -> dict[str, Any]:
    """Return what would reach the next grade; actuals are exact thresholds in the KPI's unit.

    Only where a veto holds the grade down, `veto` says what the card is by its total, and what the veto holds it at.
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
    # Where a KPI has no figure yet and any would do, the actual is null.
    actual = None if step.is_any else step.actual
    return {"kpi": step.scored.kpi.id, "actual": actual, **fields(step, "score", "points")}


def summaries(result: Scorecards, language: Language) -> dict[str, Any]:
    """Return the summary of each period, and the problems."""
    return {
        "format": "kpicard.summary/1",
        "summaries": [_summary(each) for each in result.summaries],
        "problems": [problem_values(problem, language) for problem in result.problems],
    }


def _combined(combined: Combined) -> dict[str, Any]:
    cards = [{"role": card.role.id, **fields(card, "total", "days", "share")} for card in combined.cards]
    return {
        **fields(combined, "period", "employee", "name", "team", "by"),
        "cards": cards,
        "withheld": [each.role.id for each in combined.withheld],
        **fields(combined, "total", "grade", "coefficient", "grade_by_total"),
    }


def _managers(summary: Summary) -> dict[str, Any]:
    """Return the people of each manager; the format has it only where a roster says managers."""
    groups = [fields(group, "manager", "apart") | _spread(group.spread) for group in summary.by_manager]
    return {"by_manager": groups} if groups else {}


def _summary(summary: Summary) -> dict[str, Any]:
    return {
        "period": summary.period,
        "department": localised(summary.department.title),
        "whole": _spread(summary.whole),
        "by_role": [
            {"role": group.role and group.role.id, "title": group.role and localised(group.role.title)}
            | _spread(group.spread)
            for group in summary.by_role
        ],
        "by_team": [{"team": group.team} | _spread(group.spread) for group in summary.by_team],
        **_managers(summary),
        "quotas": None if summary.quotas is None else [_quota(each) for each in summary.quotas],
        "combined": [_combined(each) for each in summary.combined],
        "ranking": [
            {"rank": rank, **fields(card, "employee", "name", "team"), "role": card.role.id}
            | fields(card, "total", "grade", "coefficient", "base", "bonus")
            for rank, card in summary.ranking
        ],
        **_not_applicable([card for _, card in summary.ranking]),
        "withheld": [{**fields(each, "employee", "name"), "role": each.role.id} for each in summary.withheld],
    }


def _not_applicable(cards: Sequence[Card]) -> dict[str, Any]:
    """Return the cards on which KPIs are not applicable; the format has them only where there are any."""
    found = [{"employee": card.employee, "role": card.role.id, **_left_out(card)} for card in cards if left_out(card)]
    return {"left_out": found} if found else {}


def _spread(spread: Spread) -> dict[str, Any]:
    lies = fields(spread, "cards", "assessed", "mean", "median", "lowest", "highest", "deviation")
    return {**lies, "grades": dict(spread.grades), **fields(spread, "bonuses", "bonus")}


def _quota(use: QuotaUse) -> dict[str, Any]:
    over = [fields(each, "employee", "name", "total") for each in use.over]
    return {**fields(use, "grade", "limit", "people", "allowed", "count"), "over": over}


def explanations(result: Scorecards, language: Language) -> dict[str, Any]:
    """Return all explanations, as steps, and the problems: `kpicard.explain/1`."""
    found = explain_all(result)
    return {
        "format": "kpicard.explain/1",
        "cards": [_explanation(each) for each in found.explained],
        "withheld": [withheld_values(each) for each in found.withheld],
        "problems": [problem_values(problem, language) for problem in result.problems],
    }


def _explanation(explanation: Explanation) -> dict[str, Any]:
    card = explanation.card
    return {
        **card_head(card),
        "rollup": card.rollup,
        "months": [fields(month, "period", "total", "grade") for month in card.months],
        "kpis": [_kpi(steps) for steps in explanation.kpis],
        "adjustments": [_adjustment(steps) for steps in explanation.adjustments],
        "total": _formula(explanation.total),
        "band": _band(explanation.band),
        "vetoes": [_veto(steps.scored) for steps in explanation.kpis if steps.scored.vetoes],
        **fields(card, "grade", "coefficient"),
        "bonus": _formula(explanation.bonus),
        "rules": card.rules,
        "advice": explanation.advice and _advice(explanation.advice, card),
    }


def _kpi(steps: KpiSteps) -> dict[str, Any]:
    scored = steps.scored
    return {
        **kpi_head(scored),
        "weight": scored.kpi.weight,
        **({} if scored.kpi.out_of is None else {"out_of": scored.kpi.out_of}),
        **fields(scored, "effective_weight", "status"),
        "target": {"value": scored.target, "from": steps.since, "is_own": steps.is_own_target},
        "actual": {"value": scored.actual, "division": _formula(steps.division)},
        "ratio": _formula(steps.ratio),
        "attainment": {"value": scored.attainment, "from_ratio": _formula(steps.attainment)},
        **({"gap": _formula(steps.gap)} if steps.gap else {}),
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
        **fields(adjusted, "status", "actual"),
        "product": _formula(steps.product),
        "bound": {"side": steps.bound[0], "points": steps.bound[1]} if steps.bound else None,
        "points": adjusted.points,
    }


def _formula(formula: Formula | None) -> dict[str, Any] | None:
    if formula is None:
        return None
    return {"formula": formula.text, **fields(formula, "unrounded", "result")}


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    ends = {
        side: bound and fields(bound, "x", "is_included", "score")
        for side, bound in (("low", place.low), ("high", place.high))
    }
    return {**fields(place, "axis", "x", "kind", "rule", "number"), **ends}


def _curve(steps: KpiSteps) -> dict[str, Any]:
    """Return what is drawn of a curve: lines of points [x, score]."""
    scored = steps.scored
    shape = curve_shape(steps.curve, scored.kpi, scored.target, scored.actual, scored.attainment)
    return fields(shape, "axis", "lines", "target", "actual")


def _band(band: Band | None) -> dict[str, Any] | None:
    if band is None:
        return None
    return {"grade": band.grade.grade, "from": None if band.is_last else band.grade.from_, "below": band.below}
