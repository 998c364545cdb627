"""The whole department as CSV: one row for each period and group, `all`, a role by its id, or a team by its name.

A column `grade_S` says how many cards have grade S. A team that a spreadsheet would take for a formula has `'` before
it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Final, TextIO

from kpicard.cards.scorecards import Scorecards
from kpicard.cards.summary_values import Spread, Summary
from kpicard.text import Language, printable

COLUMNS: Final = (
    *("period", "group", "id", "cards", "assessed", "mean", "median", "lowest", "highest", "deviation"),
    *("bonuses", "bonus"),
)
_FORMULA: Final = ("=", "+", "-", "@")


def write(result: Scorecards, language: Language, out: TextIO) -> None:  # noqa: ARG001 - ids only, in no language
    """Write the groups of each period; grades of any period's scale are columns."""
    grades = list(dict.fromkeys(grade for each in result.summaries for grade in each.whole.grades))
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow((*COLUMNS, *(f"grade_{grade}" for grade in grades)))
    for summary in result.summaries:
        for group, id_, spread in _groups(summary):
            values = (spread.cards, spread.assessed, spread.mean, spread.median, spread.lowest, spread.highest)
            counts = (spread.grades.get(grade) for grade in grades)
            row = (summary.period, group, id_, *values, spread.deviation, spread.bonuses, spread.bonus, *counts)
            rows.writerow(row)


def _groups(summary: Summary) -> Iterator[tuple[str, str, Spread]]:
    yield "all", "", summary.whole
    for group in summary.by_role:
        yield "role", group.role.id if group.role else "", group.spread
    for group in summary.by_team:
        team = printable(group.team or "")
        yield "team", f"'{team}" if team.startswith(_FORMULA) else team, group.spread
