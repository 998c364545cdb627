"""Figures of a whole team: a row with a team and no employee counts for everybody in it, where the KPI allows it."""

from __future__ import annotations

from typing import Final

from kpicard.actuals.readers import Vocabulary
from kpicard.engines.duckdb import Database, create, create_empty
from kpicard.periods import read_period
from kpicard.roster.join import lay_over
from kpicard.rules.models import Kpi

_OF_TEAM: Final = "COALESCE(trim(c.employee_text), '') = '' AND COALESCE(trim(c.team), '') <> ''"
_SAYS_NOTHING: Final = "COALESCE(trim(c.actual_text), '') = '' AND COALESCE(trim(c.numerator_text), '') = ''"

# Who is in a team, the roster says, and the rows that name both.
_MEMBERS: Final = """
CREATE TEMP TABLE team_member AS
SELECT m.text AS period_text, o.team, o.employee, o.role AS role_text
FROM team_month AS m
JOIN roster AS o ON m.period BETWEEN o.first AND o.last
WHERE o.team IS NOT NULL AND o.is_right
UNION
SELECT m.text, trim(c.team), trim(c.employee_text), trim(c.role_text)
FROM cell AS c
JOIN team_month AS n ON n.text = c.period_text
JOIN team_month AS m ON m.period = n.period
WHERE trim(c.team) <> '' AND trim(c.employee_text) <> '' AND trim(c.role_text) <> ''
    AND NOT EXISTS (SELECT 1 FROM roster)"""

_SPREAD: Final = f"""
CREATE TEMP TABLE team_cell AS
SELECT c.* REPLACE (
    m.employee AS employee_text, m.role_text AS role_text, NULL AS name, NULL AS base_text, NULL AS days_text,
    NULL AS share_text
)
FROM cell AS c
JOIN team_member AS m ON m.team = trim(c.team) AND m.period_text = c.period_text
JOIN team_kpi AS k ON k.role_text = m.role_text AND k.kpi_text = c.kpi_text
WHERE {_OF_TEAM} AND NOT ({_SAYS_NOTHING})"""

# What is left of a team's wide row is what it has under KPIs that may have no team's figure.
_CELLS: Final = f"""
SELECT c.* FROM {{beneath}} AS c
WHERE NOT (
    {_OF_TEAM} AND (
        EXISTS (SELECT 1 FROM team_cell AS t WHERE t.row = c.row AND t.col = c.col)
        OR (c.is_wide AND (c.kpi_text IS NULL OR ({_SAYS_NOTHING})) AND c.row IN (SELECT row FROM team_cell))
    )
)
UNION ALL
FROM team_cell"""


def spread_team_figures(database: Database, vocabulary: Vocabulary) -> None:
    """Give everybody of a team its figures: `cell` then has a row for each, and `team_cell` those that were added."""
    has_any = any(isinstance(item, Kpi) and item.team_figure for _, _, item in vocabulary.numbered.items)
    found = has_any and database.execute(f"SELECT 1 FROM cell AS c WHERE {_OF_TEAM} LIMIT 1").fetchall()
    if not found:
        create_empty(database, "team_cell", {"row": "BIGINT", "col": "BIGINT", "team": "VARCHAR"})
        return
    texts = database.execute("SELECT DISTINCT period_text FROM cell WHERE period_text IS NOT NULL").fetchall()
    months = [(text, period) for (text,) in texts if (period := read_period(text))]
    create(database, "team_month", {"text": "VARCHAR", "period": "VARCHAR"}, months)
    database.execute(_MEMBERS)
    roles = [str(text) for (text,) in database.execute("SELECT DISTINCT role_text FROM team_member").fetchall()]
    asked = database.execute(f"SELECT DISTINCT kpi_text FROM cell AS c WHERE {_OF_TEAM} AND kpi_text IS NOT NULL")
    kpis = [str(text) for (text,) in asked.fetchall()]
    rows = [(role, kpi) for role in roles for kpi in kpis if _may_be_of_team(vocabulary, role, kpi)]
    create(database, "team_kpi", {"role_text": "VARCHAR", "kpi_text": "VARCHAR"}, rows)
    database.execute(_SPREAD)
    lay_over(database, "cell_of_rows", _CELLS)


def _may_be_of_team(vocabulary: Vocabulary, role: str, kpi: str) -> bool:
    """Whether a text means a KPI of a role that a team may have a figure for."""
    numbered = vocabulary.numbered
    editions = [number for id_ in vocabulary.names.roles(role) for number in numbered.by_id.get(id_, ())]
    items = [numbered.items[each][2] for number in editions for each in vocabulary.names.kpis(number, kpi)]
    return any(isinstance(item, Kpi) and item.team_figure for item in items)


TEAM_FIGURES: Final = """
CREATE TEMP TABLE team_figure AS
SELECT DISTINCT r.card, r.kpi, trim(c.team) AS team
FROM tidy AS r
JOIN team_cell AS c ON c.row = r.row AND c.col = r.col
WHERE r.card IS NOT NULL AND r.kpi IS NOT NULL AND r.status <> 'not_reported'"""
"""Makes `team_figure`, the figures of cards that are their team's, of `tidy`."""
