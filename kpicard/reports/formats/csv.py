"""The whole department, and a trend, as CSV: ids and figures, in no language.

`summaries` has one row for each period and group: `all`, a role by its id, or a team by its name. A column `grade_S`
says how many cards have grade S. A team that a spreadsheet would take for a formula has `'` before it.

`trend` has the rows of the scorecards' CSV, by person and then by period: one for each person, period and KPI, and one
for each adjustment, which has points and no score; a card that has neither has one row, with its total alone. Behind
the scorecards' columns are `score_change` and `total_change`, against the card before. A period without a card has no
row.

`changes` has a row for each thing that is another: of a card, of one of its KPIs, of a figure (with its place on both
sides), or of the person.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final, TextIO, TypeAlias

from kpicard.cards.history import History, difference
from kpicard.cards.impact.values import CardChange, Figure, FigureChange, Impact
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
_OF_CHANGES: Final = (
    *("period", "employee", "role", "item", "field", "before", "after", "change", "place_before", "place_after"),
)
_NOWHERE: Final = (None, None)
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
            yield kind, _safe(group.team or group.manager or ""), group.spread


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


def _plain(value: str | Decimal | None) -> str | None:
    return plain(value) if isinstance(value, Decimal) else value


def changes(diff: Impact, language: Language) -> Iterator[Iterable[object]]:  # noqa: ARG001 - in no language
    """Yield a row for each thing that is another: of a card, of one of its KPIs, of a figure or of a person."""
    yield _OF_CHANGES
    for change in diff.cards:
        yield from _card_rows(change)
    for each in diff.not_compared:
        causes = {reason.side: reason.cause for reason in each.reasons}
        if len(causes) == 1:
            states = (causes.get(side, "scored") for side in ("before", "after"))
            yield (each.period, each.employee, each.role, None, "card", *states, None, *_NOWHERE)
    for person in diff.people:
        values = (_safe(value) if isinstance(value, str) else _plain(value) for value in (person.before, person.after))
        yield (person.key.period, person.key.employee, person.key.role, None, person.field, *values, None, *_NOWHERE)
    for figure in diff.figures:
        yield from _figure_rows(figure)


def _safe(text: str) -> str:
    """Return a text such that no spreadsheet takes it for a formula."""
    return f"'{printable(text)}" if printable(text).startswith(_FORMULA) else printable(text)


def _card_rows(change: CardChange) -> Iterator[_Values]:
    """Yield what is another about a card and its KPIs."""
    before, after = change.before, change.after
    key = (after.period, after.employee, after.role.id)
    for name in ("total", "grade", "coefficient", "bonus"):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            moved = None if name == "grade" else getattr(change, name)
            yield (*key, None, name, old, new, moved, *_NOWHERE)
    for kpi in change.kpis:
        for name in ("effective_weight", "target", "score", "points"):
            old, new = (getattr(each, name, None) for each in (kpi.before, kpi.after))
            if old != new:
                values = (old, new, difference(old, new))
                yield (*key, kpi.kpi.id, name, *(map(_plain, values) if name == "target" else values), *_NOWHERE)
        if kpi.is_scored_otherwise:
            yield (*key, kpi.kpi.id, "scoring", None, None, None, *_NOWHERE)
    for adjustment in change.adjustments:
        if adjustment.is_change:
            old, new = (getattr(each, "points", None) for each in (adjustment.before, adjustment.after))
            yield (*key, adjustment.adjustment.id, "points", old, new, adjustment.points, *_NOWHERE)


def _figure_rows(change: FigureChange) -> Iterator[_Values]:
    """Yield what is another about a figure; several, where it is doubled, are in one cell."""
    key = (change.key.period, change.key.employee, change.key.role, change.item)
    sides = (change.before, change.after)
    places = [";".join(figure.place or "" for figure in each) or None for each in sides]
    for name in Figure._fields[:-1]:
        old, new = (";".join(_plain(getattr(figure, name)) or "" for figure in each) or None for each in sides)
        if old != new:
            yield (*key, name, old, new, None, *places)
