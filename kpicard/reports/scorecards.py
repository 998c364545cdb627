"""A set of scorecards: a summary of each period, then the cards, as one document or as a folder of them.

On a screen, what is more than that shows is left out: the summaries stay, and of one person the cards, since a rank
among one says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, groupby
from typing import Final, NamedTuple
from urllib.parse import quote

from rich.cells import cell_len

from kpicard.cards.history import History
from kpicard.cards.scorecards import Scorecards
from kpicard.cards.summary_values import Summary
from kpicard.cards.values import Card, Key, Withheld
from kpicard.messages import words_of
from kpicard.problems import Problem
from kpicard.reports import card as of_card
from kpicard.reports import figures
from kpicard.reports.blocks import (
    PAGE,
    Below,
    Block,
    Cell,
    Column,
    Heading,
    IfRoom,
    Item,
    Items,
    Line,
    Notes,
    OnPage,
    Section,
    Sheet,
    Span,
    Table,
    Title,
)
from kpicard.reports.card_notes import change
from kpicard.reports.summary import RANKING_LAYOUTS, Links, page, ranking, with_factor
from kpicard.reports.summary_notes import beside_lines
from kpicard.text import Language, printable, say

_WORDS: Final = words_of("card")
_PAGE: Final = words_of("page")


def blocks(result: Scorecards, language: Language) -> Iterator[Block]:
    """Yield the summaries and the cards."""
    cards = result.cards
    is_one_person = len({card.employee for card in cards}) == 1
    yield OnPage([Heading((say(_WORDS["scorecards"], language),))])
    for summary in result.summaries:
        says_nothing = len(summary.ranking) < (2 if is_one_person else 1)
        shown = _summary(summary, result, language)
        yield from [OnPage(shown)] if says_nothing else shown
    shown = chain.from_iterable(of_card.blocks(card, result, language) for card in cards)
    if is_one_person:
        yield from shown
    elif cards:
        hint = say(_WORDS["see-card"], language).format(employee=printable(cards[0].employee))
        yield IfRoom(_lines(cards), shown, [Line((Span(hint, "dim"),))])


def _lines(cards: Sequence[Card]) -> int:
    """Return about how many lines a summary and the cards take."""
    return len(cards) + 5 + sum(len(card.kpis) + 11 for card in cards)


def _summary(
    summary: Summary, result: Scorecards, language: Language, links: Mapping[Key, str] | None = None
) -> Iterator[Block]:
    """Yield the ranking of a period, and what is said below it."""
    yield Heading((f"{say(_WORDS['summary'], language)} {summary.period}",), 2)
    cards = [card for _, card in summary.ranking]
    rank, employee, role, total = ranking(summary, language, links)
    employee = replace(employee, least=cell_len(str(employee.title)))

    def column(word: str, cells: Sequence[str | Span], *layouts: str, is_right: bool = True) -> Column:
        title = say(_WORDS[word], language)
        return Column(title=title, cells=cells, is_right=is_right, wrap="never", layouts=frozenset(layouts))

    grades = [Span(figures.grade(card, language), "bold") for card in cards]
    short = [Span(with_factor(card, language), "bold") for card in cards]
    columns = [
        column("grade", grades, "roomy", PAGE, is_right=False),
        column("grade", short, "narrow", is_right=False),
        column("coefficient", [figures.number(card.coefficient) for card in cards], "roomy", PAGE),
    ]
    if any(card.key in result.histories for card in cards):
        histories = [result.histories.get(card.key) for card in cards]
        changes = [change(history.change) if history else figures.NONE for history in histories]
        columns.insert(0, column("change", changes, "roomy", "narrow"))
        columns.append(column("change", changes, PAGE))
    if any(card.bonus is not None for card in cards):
        columns.append(column("bonus", [figures.amount(card.bonus) for card in cards], "roomy", PAGE))
    yield Table([rank, employee, role, total, *columns], layouts=RANKING_LAYOUTS)
    yield Notes(beside_lines(summary, language))


def sheets(result: Scorecards, language: Language) -> Iterator[Block]:
    """Yield the pages: of each period, newest first, that of the department and those of the cards; then the problems.

    A single person has no department's page: a ranking of one says nothing.
    """
    return pages(result, None, language)


def pages(result: Scorecards, files: Links | None, language: Language) -> Iterator[Block]:
    """Yield the pages; where the cards have files of their own, the department's pages lead there."""
    from kpicard.reports import card_sheet
    from kpicard.reports.file_names import anchors

    names = anchors(result.cards)
    links = files or {key: f"#{quote(name)}" for key, name in names.items()}
    department = result.rules.department
    title = [printable(say(department.title, language))] if department else []
    yield Heading((say(_WORDS["scorecards"], language), *title))
    cards = {period: tuple(group) for period, group in groupby(result.cards, key=lambda card: card.period)}
    summaries = {each.period: each for each in result.summaries if len(each.ranking) > 1}
    withheld: dict[str, list[Withheld]] = {}
    for each in result.withheld_cards if result.withheld else ():
        withheld.setdefault(each.period, []).append(each)
    for period in sorted({*cards, *withheld}, reverse=True):
        if files or period in summaries or period in withheld:
            of_all = _Period(period, summaries.get(period), cards.get(period, ()), withheld.get(period, ()))
            yield Sheet(period, "summary", of_all.blocks(links, result.histories, language), period)
        for card in () if files else cards.get(period, ()):
            yield card_sheet.sheet(names[card.key], card, result, language)
    if not cards and not withheld:
        yield Line((say(_PAGE["no-cards"], language),))
    if result.problems:
        called = f"{say(_PAGE['problems'], language)} ({len(result.problems)})"
        yield Sheet("problems", "problems", _problems(result.problems, language), called)


class _Period(NamedTuple):
    """A period for its department's page."""

    period: str
    summary: Summary | None
    """None where there are no two cards to be put together."""
    cards: Sequence[Card]
    withheld: Sequence[Withheld]

    def blocks(self, links: Links, histories: Mapping[Key, History], language: Language) -> Iterator[Block]:
        """Yield whose cards are withheld, and the summary, or the few cards that there are."""
        yield Title("", say(_PAGE["whole"], language).format(period=self.period))
        if self.withheld:
            title = f"{say(_PAGE['withheld'], language)} ({len(self.withheld)})"
            people = [
                f"{figures.employee(each)} · {printable(say(each.role.title, language))}" for each in self.withheld
            ]
            note = Line((say(_PAGE["withheld-note"], language),))
            yield Section(title, [note, Notes(people, "")], "warning")
        if self.summary:
            of_period = {key: history for key, history in histories.items() if key.period == self.period}
            yield from page(self.summary, links, of_period, language)
        elif self.cards:
            yield Items([Item((_brief(card, language),), (), links[card.key]) for card in self.cards])


def _brief(card: Card, language: Language) -> str:
    role, total = printable(say(card.role.title, language)), figures.number(card.total)
    return " · ".join((figures.employee(card), role, total, figures.grade(card, language)))


def _problems(problems: Sequence[Problem], language: Language) -> Iterator[Block]:
    yield Title("", say(_PAGE["problems"], language))
    cells: dict[str, Sequence[Cell]] = {
        "place": [problem.place for problem in problems],
        "severity": [Span(say(_WORDS[problem.severity], language), problem.severity) for problem in problems],
        "what": [Below(problem.message_in(language), problem.hint_in(language)) for problem in problems],
    }
    yield Table([Column(title=say(_PAGE[word], language), cells=column) for word, column in cells.items()])


def index(result: Scorecards, links: Links, language: Language) -> Iterator[Block]:
    """Yield the list of all cards as text; `links` are their files."""
    yield Heading((say(_WORDS["scorecards"], language),))
    for summary in result.summaries:
        yield from _summary(summary, result, language, links)
