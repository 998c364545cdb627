"""The whole department: its grades, how the totals lie by role and team, quotas, combined totals, and the ranking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

from kpicard.cards.history import History
from kpicard.cards.scorecards import Scorecards
from kpicard.cards.summary_values import Group, Spread, Summary
from kpicard.cards.values import Card, Key
from kpicard.messages import words_of
from kpicard.reports import figures
from kpicard.reports.blocks import (
    PAGE,
    Bar,
    Block,
    Cell,
    Column,
    Figure,
    Gap,
    Heading,
    KeyFigures,
    Layout,
    Notes,
    OnPage,
    OnScreen,
    Span,
    Table,
)
from kpicard.reports.card_notes import total_trend
from kpicard.reports.figures import number
from kpicard.reports.summary_notes import apart_lines, combined_lines, left_out_lines, quota_lines, withheld_lines
from kpicard.text import Language, printable, say

_WORDS: Final = words_of("card", "summary")

_ROOMY: Final = frozenset({"roomy"})
_NARROW: Final = frozenset({"narrow"})
_ON_SCREEN: Final = _ROOMY | _NARROW
_ON_PAGE: Final = frozenset({PAGE})

_STATISTICS: Final = ("mean", "median", "lowest", "highest", "deviation")

Links: TypeAlias = Mapping[Key, str]
"""Where the cards are, from where one reads."""


def blocks(result: Scorecards, language: Language) -> Iterator[Block]:
    """Yield the summary of each period."""
    department = say(_WORDS["department"], language)
    yield OnPage([Heading((department,))])
    for summary in result.summaries:
        title = printable(say(summary.department.title, language))
        yield OnScreen([Heading((f"{department} {summary.period}", title))])
        yield OnPage([Heading((summary.period, title), 2), Heading((say(_WORDS["grades"], language),), 3)])
        yield from _of_period(summary, withheld_lines(summary, language), language)


def page(summary: Summary, links: Links, histories: Mapping[Key, History], language: Language) -> Iterator[Block]:
    """Yield what the page of a period shows: the figures of all, then what the summary has, with links to the cards."""
    whole = summary.whole
    shown = {"assessed": _assessed(whole, language), **{name: number(getattr(whole, name)) for name in _STATISTICS}}
    if whole.bonus is not None:
        shown["bonus-head"] = figures.amount(whole.bonus)
    yield KeyFigures([Figure(say(_WORDS[word], language), figure) for word, figure in shown.items()])
    yield from _of_period(summary, [], language, links, histories)


def _of_period(
    summary: Summary,
    lines: Sequence[str],
    language: Language,
    links: Links | None = None,
    histories: Mapping[Key, History] | None = None,
) -> Iterator[Block]:
    yield _grades(summary, language)
    yield _spread(summary, language)
    said = (left_out_lines, apart_lines, quota_lines, combined_lines)
    lines = [*lines, *(line for of in said for line in of(summary, language))]
    if lines:
        yield from (Notes(lines, ""), Gap())
    yield _ranking(summary, language, links, histories or {})


def _grades(summary: Summary, language: Language) -> Table:
    """Return each grade of the scale: what it means, how many have it, their share, and that as a bar."""
    scale, counts = summary.department.grades, summary.whole.grades
    most, assessed = max(counts.values(), default=0), summary.whole.assessed
    labels = ["" if each.label is None else printable(say(each.label, language)) for each in scale]
    shares = [f"{_tenths(counts[each.grade], assessed)}%" if assessed else figures.NONE for each in scale]
    columns = [
        Column(
            title=say(_WORDS["grade"], language),
            cells=[Span(printable(each.grade), "bold") for each in scale],
            wrap="never",
        ),
        Column(title=say(_WORDS["label"], language), cells=labels, wrap="anywhere"),
        _numbers(say(_WORDS["count"], language), [str(counts[each.grade]) for each in scale]),
        _numbers(say(_WORDS["share"], language), shares),
        Column(title="", cells=[Bar(counts[each.grade], most) for each in scale], wrap="never"),
    ]
    return Table(columns)


def _numbers(title: str, cells: Sequence[Cell], layouts: frozenset[str] = frozenset()) -> Column:
    return Column(title=title, cells=cells, is_right=True, wrap="never", layouts=layouts)


def _tenths(count: int, whole: int) -> str:
    tenths = (2000 * count + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}"


@dataclass(frozen=True, slots=True)
class _Row:
    """The cards of all, of a role or of a team; `kind` is `whole`, `role` or `team`."""

    kind: str
    label: str
    spread: Spread


def _rows(summary: Summary, language: Language) -> Iterator[_Row]:
    """Yield the whole, the roles and the teams; roles where there are several, since one would repeat the whole."""
    yield _Row("whole", say(_WORDS["whole"], language), summary.whole)
    for kind, groups in (("role", summary.by_role), ("team", summary.by_team), ("manager", summary.by_manager)):
        if len(groups) > 1:
            yield from (_Row(kind, _label(group, language), group.spread) for group in groups)


def _spread(summary: Summary, language: Language) -> Table:
    """Return how the totals lie: a column for each figure and grade where there is room, else a range below each mean.

    A document has all the figures, and the grades in one cell.
    """
    rows = list(_rows(summary, language))
    words = {name: say(_WORDS[name], language) for name in _STATISTICS}
    narrow_title = f"{words['mean']} ± {words['deviation']}\n{words['median']}\n{words['lowest']}–{words['highest']}"
    shown = {name: [number(getattr(row.spread, name)) for row in rows] for name in words}
    figures_on = frozenset({"roomy", "close", PAGE})
    labels = [Span(row.label, "strong" if row.kind == "whole" else "") for row in rows]
    assessed = [_assessed(row.spread, language) for row in rows]
    counts = ["  ".join(f"{printable(grade)}:{n}" for grade, n in row.spread.grades.items() if n) for row in rows]
    columns = [
        Column(title="", cells=labels, layouts=figures_on),
        Column(title="", cells=labels, wrap="anywhere", layouts=_NARROW),
        Column(title=say(_WORDS["assessed"], language), cells=assessed, is_right=True, layouts=figures_on),
        _numbers(say(_WORDS["assessed"], language), assessed, _NARROW),
        *(Column(title=words[name], cells=shown[name], is_right=True, layouts=figures_on) for name in words),
        *(
            Column(
                title=printable(grade),
                cells=[str(row.spread.grades[grade] or "·") for row in rows],
                is_right=True,
                layouts=frozenset({"roomy", "close"}),
            )
            for grade in summary.whole.grades
        ),
        _numbers(narrow_title, [_extent(row.spread) for row in rows], _NARROW),
        Column(
            title=say(_WORDS["grades"], language), cells=counts, wrap="anywhere", layouts=frozenset({"narrow", PAGE})
        ),
    ]
    if summary.whole.bonus is not None:
        columns.append(_numbers(say(_WORDS["bonus-head"], language), [_bonus(row.spread, language) for row in rows]))
    return Table(
        columns,
        say(_WORDS["spread"], language),
        (Layout("roomy"), Layout("close", is_close=True), Layout("narrow", is_close=True)),
        ends=frozenset(index for index, (one, next_) in enumerate(pairwise(rows)) if one.kind != next_.kind),
    )


def _assessed(spread: Spread, language: Language) -> str:
    """Show how many cards are assessed; of how many, where not all are."""
    if spread.assessed == spread.cards:
        return str(spread.cards)
    return say(_WORDS["some"], language).format(assessed=spread.assessed, cards=spread.cards)


def _extent(spread: Spread) -> str:
    if not spread.assessed:
        return number(spread.mean)
    mean, median, lowest, highest, deviation = (number(getattr(spread, name)) for name in _STATISTICS)
    return f"{mean} ± {deviation}\n{median}\n{lowest}–{highest}"


def _bonus(spread: Spread, language: Language) -> str:
    """Show the sum of the bonuses; of how many cards, where not all have one."""
    amount = figures.amount(spread.bonus)
    if spread.bonus is None or spread.bonuses == spread.cards:
        return amount
    return say(_WORDS["bonus-of"], language).format(bonus=amount, count=spread.bonuses, cards=spread.cards)


def _label(group: Group, language: Language) -> str:
    if group.role is not None:
        return printable(say(group.role.title, language))
    if group.manager is not None:
        return say(_WORDS["people-of"], language).format(manager=printable(group.manager))
    return say(_WORDS["no-team"], language) if group.team is None else printable(group.team)


def _ranking(summary: Summary, language: Language, links: Links | None, histories: Mapping[Key, History]) -> Table:
    cards = [card for _, card in summary.ranking]
    columns = ranking(summary, language, links)
    if summary.by_team:
        teams = [printable(card.team or "") for card in cards]
        layouts = _ROOMY | _ON_PAGE
        title = say(_WORDS["team"], language)
        columns.insert(3, Column(title=title, cells=teams, wrap="anywhere", layouts=layouts, holds="choices"))
    if histories:
        along = [histories.get(card.key) for card in cards]
        trends = [total_trend(history) if history else figures.NONE for history in along]
        columns.append(_numbers(say(_WORDS["change"], language), trends, _ON_PAGE))
    grades = [figures.grade(card, language) for card in cards]
    with_factors = [Span(with_factor(card, language), "bold") for card in cards]
    columns += [
        Column(title=say(_WORDS["grade"], language), cells=grades, layouts=_ON_PAGE, holds="choices"),
        Column(
            title=say(_WORDS["grade"], language),
            cells=with_factors,
            wrap="never",
            layouts=_ON_SCREEN,
        ),
        _numbers(say(_WORDS["coefficient"], language), [number(card.coefficient) for card in cards], _ON_PAGE),
    ]
    if summary.whole.bonus is not None:
        bonuses = [figures.amount(card.bonus) for card in cards]
        columns.append(_numbers(say(_WORDS["bonus-head"], language), bonuses, _ROOMY | _ON_PAGE))
    return Table(columns, say(_WORDS["ranking"], language), RANKING_LAYOUTS, is_searched=True)


RANKING_LAYOUTS: Final = (Layout("roomy", from_width=72, is_measured=False), Layout("narrow"))
"""From this width on, a ranking has all its columns."""


def ranking(summary: Summary, language: Language, links: Links | None = None) -> list[Column]:
    """Return what every ranking begins with: rank, employee, role and total; `links` lead to the cards."""
    cards = [card for _, card in summary.ranking]
    ranks = [figures.NONE if rank is None else str(rank) for rank, _ in summary.ranking]
    people = [Span(figures.employee(card), link=links[card.key] if links else "") for card in cards]
    roles = [printable(say(card.role.title, language)) for card in cards]
    return [
        Column(title=say(_WORDS["rank"], language), cells=ranks, is_right=True),
        Column(title=say(_WORDS["employee"], language), cells=people, wrap="anywhere"),
        Column(title=say(_WORDS["role"], language), cells=roles, wrap="anywhere", holds="choices"),
        _numbers(say(_WORDS["total"], language), [number(card.total) for card in cards]),
    ]


def with_factor(card: Card, language: Language) -> str:
    """Show the grade with its coefficient, where that has no column."""
    grade = figures.grade(card, language)
    return grade if card.coefficient is None else f"{grade} ×{card.coefficient:f}"
