"""The whole department, and a trend, as CSV: ids and figures, in no language.

`summaries` has one row for each period and group: `all`, a role by its id, or a team by its name. A column `grade_S`
says how many cards have grade S. A team that a spreadsheet would take for a formula has `'` before it.

`trend` has the rows of the scorecards' CSV, by person and then by period: one for each person, period and KPI, and one
for each adjustment, which has points and no score; a card that has neither has one row, with its total alone. Behind
the scorecards' columns are `score_change` and `total_change`, against the card before. A period without a card has no
row.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final, TextIO, TypeAlias

from kpicard.cards.history import History
from kpicard.cards.scorecards import Scorecards
from kpicard.cards.summary_values import Spread, Summary
from kpicard.cards.trend import Trend
from kpicard.cards.values import Adjusted, Card, Scored
from kpicard.numbers import plain
from kpicard.text import Language, printable

_OF_SUMMARY: Final = (
    *("period", "group", "id", "cards", "assessed", "mean", "median", "lowest", "highest", "deviation"),
    *("bonuses", "bonus"),
)
_OF_TREND: Final = (
    *("period", "employee", "role", "kpi", "weight", "effective_weight", "target", "actual", "attainment", "score"),
    *("points", "status", "total", "grade", "coefficient", "score_change", "total_change"),
)
_FORMULA: Final = ("=", "+", "-", "@")

_Values: TypeAlias = tuple[str | Decimal | None, ...]


def write(rows: Iterable[Iterable[object]], language: Language, out: TextIO) -> None:  # noqa: ARG001 - in no language
    """Write rows, the first of which are the columns' names."""
    csv.writer(out, lineterminator="\n").writerows(rows)


def summaries(result: Scorecards, language: Language) -> Iterator[Iterable[object]]:  # noqa: ARG001 - in no language
    """Yield the groups of each period; grades of any period's scale are columns."""
    grades = list(dict.fromkeys(grade for each in result.summaries for grade in each.whole.grades))
    yield (*_OF_SUMMARY, *(f"grade_{grade}" for grade in grades))
    for summary in result.summaries:
        for group, id_, spread in _groups(summary):
            values = (spread.cards, spread.assessed, spread.mean, spread.median, spread.lowest, spread.highest)
            counts = (spread.grades.get(grade) for grade in grades)
            yield (summary.period, group, id_, *values, spread.deviation, spread.bonuses, spread.bonus, *counts)


def _groups(summary: Summary) -> Iterator[tuple[str, str, Spread]]:
    yield "all", "", summary.whole
    for group in summary.by_role:
        yield "role", group.role.id if group.role else "", group.spread
    for kind, groups in (("team", summary.by_team), ("manager", summary.by_manager)):
        for group in groups:
            name = printable(group.team or group.manager or "")
            yield kind, f"'{name}" if name.startswith(_FORMULA) else name, group.spread


def trend(result: Trend, language: Language) -> Iterator[Iterable[object]]:  # noqa: ARG001 - in no language
    """Yield everybody's rows; with chosen KPIs, theirs alone."""
    yield _OF_TREND
    for person in result.people:
        yield from _rows(result, person)


def _rows(trend: Trend, person: History) -> Iterator[_Values]:
    score_changes = {
        kpi: person.changes(person.scores(kpi)) for kpi in {each.kpi.id for card in person.cards for each in card.kpis}
    }
    for index, (card, total_change) in enumerate(zip(person.line, person.changes(person.totals), strict=True)):
        if card is None:
            continue
        who: _Values = (card.period, card.employee, card.role.id)
        result: _Values = (card.total, card.grade, card.coefficient)
        for values, change in _lines(trend, card, {kpi: changes[index] for kpi, changes in score_changes.items()}):
            yield (*who, *values, *result, change, total_change)


def _lines(
    trend: Trend, card: Card, score_changes: dict[str, Decimal | None]
) -> Iterator[tuple[_Values, Decimal | None]]:
    """Yield the columns from `kpi` to `status` of each row of a card, and the change of the score."""
    for scored in card.kpis:
        if trend.is_chosen(scored.kpi):
            yield _scored(scored), score_changes[scored.kpi.id]
    if not trend.kpis:
        yield from ((_adjusted(each), None) for each in card.adjustments)
        if not card.kpis and not card.adjustments:
            yield (None,) * 9, None


def _scored(each: Scored) -> _Values:
    figures = (each.kpi.weight, each.effective_weight, each.target, each.actual)
    return (each.kpi.id, *map(_plain, figures), each.attainment, each.score, each.points, each.status)


def _adjusted(each: Adjusted) -> _Values:
    return (each.adjustment.id, None, None, None, _plain(each.actual), None, None, each.points, each.status)


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
