"""The whole department as JSON, format `kpicard.summary/1`."""

from __future__ import annotations

from typing import Any, TextIO

from kpicard.cards.scorecards import Scorecards
from kpicard.cards.summary_values import Combined, QuotaUse, Spread, Summary
from kpicard.cards.values import Card, Withheld
from kpicard.reports.json_text import dumps, localised, problem_values
from kpicard.text import Language


def write(result: Scorecards, language: Language, out: TextIO) -> None:
    """Write the summary of each period, and the problems; `language` is that of their messages."""
    values = {
        "format": "kpicard.summary/1",
        "summaries": [_summary(each) for each in result.summaries],
        "problems": [problem_values(problem, language) for problem in result.problems],
    }
    out.write(dumps(values) + "\n")


def combined_values(combined: Combined) -> dict[str, Any]:
    """Return the total of an employee with several roles as JSON has it."""
    return {
        "period": combined.period,
        "employee": combined.employee,
        "name": combined.name,
        "team": combined.team,
        "by": combined.by,
        "cards": [
            {"role": card.role.id, "total": card.total, "days": card.days, "share": card.share}
            for card in combined.cards
        ],
        "withheld": [each.role.id for each in combined.withheld],
        "total": combined.total,
        "grade": combined.grade,
        "coefficient": combined.coefficient,
        "grade_by_total": combined.grade_by_total,
    }


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
        "quotas": None if summary.quotas is None else [_quota(each) for each in summary.quotas],
        "combined": [combined_values(each) for each in summary.combined],
        "ranking": [{"rank": rank} | _card(card) for rank, card in summary.ranking],
        "withheld": [_withheld(each) for each in summary.withheld],
    }


def _spread(spread: Spread) -> dict[str, Any]:
    return {
        "cards": spread.cards,
        "assessed": spread.assessed,
        "mean": spread.mean,
        "median": spread.median,
        "lowest": spread.lowest,
        "highest": spread.highest,
        "deviation": spread.deviation,
        "grades": dict(spread.grades),
        "bonuses": spread.bonuses,
        "bonus": spread.bonus,
    }


def _quota(use: QuotaUse) -> dict[str, Any]:
    return {
        "grade": use.grade,
        "limit": use.limit,
        "people": use.people,
        "allowed": use.allowed,
        "count": use.count,
        "over": [{"employee": each.employee, "name": each.name, "total": each.total} for each in use.over],
    }


def _card(card: Card) -> dict[str, Any]:
    return {
        "employee": card.employee,
        "name": card.name,
        "team": card.team,
        "role": card.role.id,
        "total": card.total,
        "grade": card.grade,
        "coefficient": card.coefficient,
        "base": card.base,
        "bonus": card.bonus,
    }


def _withheld(withheld: Withheld) -> dict[str, Any]:
    return {"employee": withheld.employee, "name": withheld.name, "role": withheld.role.id}
