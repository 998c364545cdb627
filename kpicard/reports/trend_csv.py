"""A trend as CSV: the rows of the scorecards' CSV, by person and then by period, with what changed.

One row for each person, period and KPI, and one for each adjustment, which has points and no score; a card that has
neither has one row, with its total alone. The columns are those of the scorecards, and behind them `score_change` and
`total_change`, against the card before. A period without a card has no row.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, TextIO

from kpicard.cards.history import History
from kpicard.cards.trend import Trend
from kpicard.cards.values import Adjusted, Card, Scored
from kpicard.numbers import plain
from kpicard.text import Language

COLUMNS: Final = (
    *("period", "employee", "role", "kpi", "weight", "effective_weight", "target", "actual", "attainment", "score"),
    *("points", "status", "total", "grade", "coefficient", "score_change", "total_change"),
)

_Values = tuple[str | Decimal | None, ...]


def write(trend: Trend, language: Language, out: TextIO) -> None:  # noqa: ARG001 - ids only, in no language
    """Write everybody; with chosen KPIs, their rows alone."""
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for person in trend.people:
        rows.writerows(_rows(trend, person))


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
