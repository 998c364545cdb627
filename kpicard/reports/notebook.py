"""Values as small tables of HTML, which notebooks show in place of a `repr`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from kpicard.text import printable, say

if TYPE_CHECKING:
    from kpicard.cards.scorecards import Scorecards
    from kpicard.cards.values import Card
    from kpicard.problems import Problem
    from kpicard.rules.rules import Rules

_MOST = 20
"""The most rows that are shown; how many more there are is said."""


def card(of: Card) -> str:
    """Return a card: a row for each KPI and adjustment, and the total."""
    lines: list[Sequence[object]] = [
        (say(each.kpi.name, "en"), each.effective_weight, each.target, each.actual, each.score, each.points)
        for each in of.kpis
    ]
    lines += [(say(each.adjustment.name, "en"), None, None, each.actual, None, each.points) for each in of.adjustments]
    who = " · ".join(filter(None, (of.employee, of.name, say(of.role.title, "en"), of.period)))
    total = f"total {of.total}, grade {of.grade}, coefficient {of.coefficient}" if of.total is not None else "no total"
    return _table(f"{who}: {total}", ("KPI", "weight", "target", "actual", "score", "points"), lines)


def result(of: Scorecards) -> str:
    """Return a row for each card, and one for each problem."""
    if not of.is_open:
        return escape(repr(of))
    rows = [(c.period, c.employee, c.name, say(c.role.title, "en"), c.total, c.grade) for c in of.cards]
    shown = _table(repr(of), ("period", "employee", "name", "role", "total", "grade"), rows)
    return shown + (problems(of.problems) if of.problems else "")


def rules(of: Rules) -> str:
    """Return a row for each role, with its KPIs and their weights."""
    rows = [
        (each.id, say(each.title, "en"), ", ".join(f"{say(kpi.name, 'en')} {kpi.weight:f}" for kpi in each.kpis))
        for each in of.roles.values()
    ]
    title = say(of.department.title, "en") if of.department else "no department"
    return _table(title, ("role", "title", "KPIs and weights"), rows)


def problems(found: Iterable[Problem]) -> str:
    """Return a row for each problem: where it is, what is wrong, and what to write instead."""
    rows = [(each.place, each.severity, each.message, each.hint) for each in found]
    return _table("", ("place", "severity", "problem", "what to do"), rows)


def _table(caption: str, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    body = "".join(_row("td", row) for row in rows[:_MOST])
    more = f"<p>… and {len(rows) - _MOST} more</p>" if len(rows) > _MOST else ""
    head = f"<caption>{escape(printable(caption))}</caption>" if caption else ""
    return f"<table>{head}<thead>{_row('th', headings)}</thead><tbody>{body}</tbody></table>{more}"


def _row(tag: str, cells: Sequence[object]) -> str:
    texts = ("" if cell is None else escape(printable(str(cell))) for cell in cells)
    return "<tr>" + "".join(f"<{tag}>{text}</{tag}>" for text in texts) + "</tr>"
