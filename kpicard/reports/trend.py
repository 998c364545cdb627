"""A trend: a table of one column for each period, and what stands below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kpicard.cards.history import History, newest_adjustments, newest_kpis
from kpicard.cards.trend import Means, RoleTrend, Trend
from kpicard.cards.values import Scored
from kpicard.messages import words_of
from kpicard.reports import figures
from kpicard.reports.blocks import Below, Block, Cell, Column, Heading, LeftOut, Notes, OnPage, OnScreen, Span, Table
from kpicard.reports.card_notes import change
from kpicard.reports.figures import sparkline
from kpicard.rules.models import Kpi, Role
from kpicard.text import Language, printable, say

_WORDS: Final = words_of("card", "trend")


def blocks(trend: Trend, language: Language) -> Iterator[Block]:
    """Yield the tables with all periods, of which a screen shows as many as it has room for."""
    yield OnPage([Heading((_word("trends", language),))])
    for grid in _grids(trend, language):
        yield Heading((grid.title,), 2)
        yield _table(grid, language)
    yield Notes(_notes(trend, language))
    yield LeftOut(_word("cut", language))
    if not trend.kpis and not _is_of_one(trend):
        yield from _hints(trend, language)


def _hints(trend: Trend, language: Language) -> Iterator[Block]:
    """Yield how to see more of one person, and of one KPI."""
    for role in trend.roles[:1]:
        employee = printable(role.people[0].last.employee)
        hints = [_word("see-more", language).format(employee=employee, kpi=kpi.id) for kpi, _ in role.kpis[:1]]
        yield OnScreen([Notes(hints)])


@dataclass(frozen=True, slots=True)
class _Row:
    """What it is about, a cell for each period, what is below each cell, the sparkline and the last change.

    A row that has no cells is the heading of those below it.
    """

    label: str
    cells: tuple[str, ...] = ()
    trend: str = ""
    change: Decimal | None = None
    below: tuple[str, ...] = ()
    end: str = ""
    is_main: bool = False
    is_indented: bool = False

    def at(self, period: int) -> Cell:
        """Return the cell of a period, by its number."""
        figure = self.cells[period] if self.cells else ""
        return Below(figure, self.below[period] if self.below else "")

    @property
    def last_change(self) -> Span:
        """The last change, in its colour."""
        colour = "" if not self.change else "green" if self.change > 0 else "red"
        return Span(change(self.change) if self.cells else "", colour)


@dataclass(frozen=True, slots=True)
class _Grid:
    """Rows under headings; `end` is that of the last column, where there is one more after the change."""

    title: str
    heading: str
    periods: tuple[str, ...]
    rows: tuple[_Row, ...]
    end: str | None = None


def _table(grid: _Grid, language: Language) -> Table:
    rows = grid.rows
    columns = [
        Column(
            title=grid.heading,
            cells=[Span(row.label, "indented" if row.is_indented else "") for row in rows],
            wrap="anywhere",
        ),
        *(
            Column(title=period, cells=[row.at(index) for row in rows], is_right=True, wrap="never", holds="period")
            for index, period in enumerate(grid.periods)
        ),
        Column(title=_word("trend", language), cells=[row.trend for row in rows], wrap="never", holds="sparkline"),
        Column(title=_word("change", language), cells=[row.last_change for row in rows], is_right=True, wrap="never"),
    ]
    if grid.end is not None:
        columns.append(Column(title=grid.end, cells=[row.end for row in rows], wrap="never"))
    return Table(columns, main=frozenset(index for index, row in enumerate(rows) if row.is_main))


def _grids(trend: Trend, language: Language) -> list[_Grid]:
    """Return what to show: of one employee every KPI; of several the totals and means, or the scores of chosen KPIs."""
    if _is_of_one(trend):
        return [_person(trend, person, language) for person in trend.people]
    if trend.kpis:
        return [_scores(trend, role, kpi, means, language) for role in trend.roles for kpi, means in role.kpis]
    return [_totals(trend, language), _means(trend, language)] if trend.roles else []


def _is_of_one(trend: Trend) -> bool:
    """Return whether it is about one employee, in one role or more."""
    return len({person.last.employee for person in trend.people}) == 1


def _word(name: str, language: Language) -> str:
    return say(_WORDS[name], language)


def _totals(trend: Trend, language: Language) -> _Grid:
    rows: list[_Row] = []
    for role in trend.roles:
        rows.append(_Row(_title(role.role, language), is_main=True))
        rows += [
            _Row(
                label=figures.employee(person.last),
                cells=tuple(map(figures.number, person.totals)),
                trend=sparkline(person.totals),
                change=person.changes(person.totals)[-1],
                end=_grades(person, language),
                is_indented=True,
            )
            for person in role.people
        ]
    heading = f"{_word('role', language)} / {_word('employee', language)}"
    return _Grid(_word("totals", language), heading, trend.periods, tuple(rows), _word("grade", language))


def _grades(person: History, language: Language) -> str:
    """Show the grade of the last period, and that of the card before where it was another."""
    card = person.line[-1]
    if card is None:
        return figures.NONE
    after = figures.grade(card, language)
    before = figures.grade(person.before, language) if len(person.cards) > 1 else after
    return after if before == after else f"{before} → {after}"


def _means(trend: Trend, language: Language) -> _Grid:
    rows: list[_Row] = []
    for role in trend.roles:
        rows.append(_mean(_title(role.role, language), role.totals, is_main=True))
        rows += [_mean(_name(kpi, language), means) for kpi, means in role.kpis]
    heading = f"{_word('role', language)} / {_word('kpi', language)}"
    return _Grid(_word("means", language), heading, trend.periods, tuple(rows), _word("people", language))


def _mean(label: str, means: Means, *, is_main: bool = False) -> _Row:
    return _Row(
        label=label,
        cells=tuple(map(figures.number, means.figures)),
        trend=sparkline(means.figures),
        change=means.changes[-1],
        end=_people(means),
        is_main=is_main,
        is_indented=not is_main,
    )


def _people(means: Means) -> str:
    """Show of how many people the means are; from the fewest to the most, where periods differ."""
    counts = [each.people for each in means.line]
    return str(max(counts)) if min(counts) == max(counts) else f"{min(counts)}–{max(counts)}"


def _scores(trend: Trend, role: RoleTrend, kpi: Kpi, means: Means, language: Language) -> _Grid:
    title = _word("scores", language).format(role=_title(role.role, language), kpi=_name(kpi, language))
    people = [person for person in role.people if any(each.id == kpi.id for each in newest_kpis(person.cards))]
    rows = [_kpi(figures.employee(person.last), person, kpi, language) for person in people]
    rows.append(_mean(_word("mean", language).format(count=_people(means)), means, is_main=True))
    return _Grid(title, _word("employee", language), trend.periods, tuple(rows))


def _person(trend: Trend, person: History, language: Language) -> _Grid:
    title = _word("person", language).format(
        employee=figures.employee(person.last), role=_title(person.last.role, language)
    )
    kpis = [kpi for kpi in newest_kpis(person.cards) if trend.is_chosen(kpi)]
    rows = [_kpi(_name(kpi, language), person, kpi, language) for kpi in kpis]
    if not trend.kpis:
        rows += _adjustments(person, language)
        rows.append(_total(person, language))
    return _Grid(title, _word("kpi", language), trend.periods, tuple(rows))


def _kpi(label: str, person: History, kpi: Kpi, language: Language) -> _Row:
    scores = person.scores(kpi.id)
    return _Row(
        label=label,
        cells=tuple(map(figures.number, scores)),
        trend=sparkline(scores),
        change=person.changes(scores)[-1],
        below=tuple(_measured(scored, language) for scored in person.of_kpi(kpi.id)),
    )


def _measured(scored: Scored | None, language: Language) -> str:
    if scored is None:
        return ""
    if scored.status == "scored":
        return figures.quantity(scored.actual, scored, language)
    return _word(scored.status, language)


def _adjustments(person: History, language: Language) -> Iterator[_Row]:
    """Yield a row for each adjustment of the cards, with its points and how many there were."""
    for adjustment in newest_adjustments(person.cards):
        line = person.of_adjustment(adjustment.id)
        points = tuple(each.points if each else None for each in line)
        yield _Row(
            label=_word("adjustment", language).format(name=printable(say(adjustment.name, language))),
            cells=tuple(map(figures.points, points)),
            trend="",
            change=person.changes(points)[-1],
            below=tuple(figures.counted(each, language) if each else "" for each in line),
        )


def _total(person: History, language: Language) -> _Row:
    return _Row(
        label=_word("total", language),
        cells=tuple(map(figures.number, person.totals)),
        trend=sparkline(person.totals),
        change=person.changes(person.totals)[-1],
        below=tuple(figures.grade(card, language) if card else "" for card in person.line),
        is_main=True,
    )


def _title(role: Role, language: Language) -> str:
    return printable(say(role.title, language))


def _name(kpi: Kpi, language: Language) -> str:
    return printable(say(kpi.name, language))


_MOST: Final = 20
"""The most people that are named; the problems say of each why."""


def _notes(trend: Trend, language: Language) -> list[str]:
    """Return the lines below the grids."""
    lines = [_word("legend", language)] if trend.roles else []
    if len(trend.periods) == 1:
        lines.append(_word("one-period", language))
    if trend.withheld:
        lines.append(_word("withheld", language).format(people=_withheld(trend, language)))
    return lines


def _withheld(trend: Trend, language: Language) -> str:
    """Name the people whose cards were withheld, each with the periods."""
    periods: dict[str, dict[str, None]] = defaultdict(dict)
    for each in trend.withheld:
        who = printable(f"{each.name} ({each.employee})" if each.name else each.employee)
        periods[who][each.period] = None
    between, comma = ("；", "、") if language == "zh" else ("; ", ", ")
    named = [f"{who} {comma.join(sorted(of_one))}" for who, of_one in sorted(periods.items())]
    listed = between.join(named[:_MOST])
    if len(named) <= _MOST:
        return listed
    return _word("more-people", language).format(people=listed, count=len(named) - _MOST)
