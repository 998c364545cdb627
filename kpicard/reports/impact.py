"""An impact: the verdict, the cards that change, which KPI does it, and the cards that cannot be compared.

As a document it is made to be posted on a pull request: short enough for that, and calling nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kpicard.cards.impact.reasons import by_role, summarise
from kpicard.cards.impact.values import CardChange, Impact, Summary
from kpicard.messages import words_of
from kpicard.reports import figures
from kpicard.reports import impact_words as words
from kpicard.reports.blocks import (
    PAGE,
    Below,
    Block,
    Cell,
    Column,
    Fold,
    Gap,
    Heading,
    IfRoom,
    Item,
    Items,
    Layout,
    Line,
    OnPage,
    OnScreen,
    Posted,
    Span,
    Table,
    Wrap,
)
from kpicard.reports.figure_changes import figure_table
from kpicard.text import Language, printable, say

_WORDS: Final = words_of("card", "impact", "diff")

_LONGEST: Final = 65_000
"""In characters, all of a document; GitHub takes 65,536 for a comment."""

_MOST_SCALES: Final = 3
"""The most grade scales that a document shows."""

_MOVES: Final = {"up": "green", "down": "red", "other": "yellow", None: ""}

_ROOMY: Final = frozenset({"roomy"})
_NARROW: Final = frozenset({"narrow"})
_ON_PAGE: Final = frozenset({PAGE})


def blocks(impact: Impact, language: Language) -> Iterator[Block]:
    """Yield the report."""
    changed = sorted((card for card in impact.cards if card.is_change), key=words.by_size)
    moved = [card for card in changed if card.move]
    others = changed[len(moved) :]
    yield from _head(impact, language)
    if moved:
        yield _cards("grade-changes", moved, language)
    restated = len(impact.figures) + len(impact.people)
    yield IfRoom(
        20 + len(by_role(impact)) + len(changed) + 2 * len(impact.not_compared) + sum(map(_lines, changed)) + restated,
        list(_changes(others, changed, language)),
        list(_hint(changed, language, "diff-more" if impact.is_diff else "more")),
        # There, most takes two lines.
        more_lines=len(changed) + sum(_lines(card) - 2 for card in changed),
    )
    if restated:
        yield figure_table(impact, language)
    if impact.not_compared:
        yield from _not_compared(impact, language)


def _lines(card: CardChange) -> int:
    """Return about how many lines a card's details take."""
    return 2 + sum(kpi.is_change for kpi in card.kpis)


def _word(word: str, language: Language) -> str:
    return say(_WORDS[word], language)


def _head(impact: Impact, language: Language) -> Iterator[Block]:
    summary = summarise(impact.cards)
    rules = (printable(impact.before), f" {words.ARROW} ", printable(impact.after))
    yield Posted(_LONGEST, _word("cut", language))
    title = _word("diff" if impact.is_diff else "impact", language)
    yield OnPage([Heading((title,), 2), Line(rules)])
    yield OnScreen([Line((Span(title, "bold"), "  ", *rules))])
    yield Line((Span(words.verdict(summary, len(impact.not_compared), language), "strong"),))
    if summary.unchanged < summary.cards:
        yield Line((words.account(summary, language),))
    for number, scales in enumerate(impact.scales):
        line = Line((words.scale_words(scales, language),))
        yield line if number < _MOST_SCALES else OnScreen([line])
    rows = words.changed_roles(impact, language)
    if len(rows) > 1:  # for a single one the verdict says it all
        yield OnScreen([_roles([*rows, (_word("all", language), summary)], language)])
        yield OnPage([_roles(rows, language)])
    else:
        yield Gap()


def _roles(rows: Sequence[tuple[str, Summary]], language: Language) -> Table:
    """Return how many cards of each role change, and by how much on average."""
    of = [summary for _, summary in rows]

    def column(word: str, cells: Sequence[object], layouts: frozenset[str] = frozenset()) -> Column:
        return Column(title=_word(word, language), cells=list(map(str, cells)), is_right=True, layouts=layouts)

    columns = [
        Column(title=_word("role", language), cells=[title for title, _ in rows], wrap="anywhere"),
        column("cards", [each.cards for each in of]),
        column("up", [each.up for each in of]),
        column("down", [each.down for each in of]),
        column("total-up", [each.total_up for each in of], _ROOMY | _ON_PAGE),
        column("total-down", [each.total_down for each in of], _ROOMY | _ON_PAGE),
        column("mean", [words.signed(each.mean_total) for each in of]),
    ]
    return Table(columns, layouts=(Layout("roomy"), Layout("narrow")))


def _cards(title: str, cards: Sequence[CardChange], language: Language) -> Table:
    """Return a row for each card: what became of its total, grade and coefficient."""
    is_dated = len({card.after.period for card in cards}) > 1

    def column(
        title: str, cells: Sequence[Cell], layouts: frozenset[str], *, is_right: bool = False, wrap: Wrap = "never"
    ) -> Column:
        return Column(title=title, cells=cells, layouts=layouts, is_right=is_right, wrap=wrap)

    wide = _ROOMY | _ON_PAGE
    w = {word: _word(word, language) for word in _TITLES}
    people = [figures.employee(card.after) for card in cards]
    roles = [printable(say(card.after.role.title, language)) for card in cards]
    periods = [card.after.period for card in cards]
    dated = [f"{role}  {period}" if is_dated else role for role, period in zip(roles, periods, strict=True)]
    totals, changes = list(map(words.totals, cards)), [words.signed(card.total) for card in cards]
    stacked = [f"{total}\n{change}" for total, change in zip(totals, changes, strict=True)]
    grades = [words.grades(card, language) for card in cards]
    strong = [Span(grade, "strong" if card.move else "") for card, grade in zip(cards, grades, strict=True)]
    coloured = [Span(grade, _MOVES[card.move]) for card, grade in zip(cards, grades, strict=True)]
    factors = list(map(words.coefficients, cards))
    bonuses = list(map(words.bonuses, cards)) if any(card.bonus for card in cards) else []
    below = [(grade, "\n", Span(factor, "dim")) for grade, factor in zip(coloured, factors, strict=True)]
    columns = [
        column(w["employee"], people, wide, wrap="anywhere"),
        column(w["role"], roles, wide, wrap="anywhere"),
        column(w["period"], periods, wide if is_dated else _ON_PAGE, wrap="anywhere"),
        column(w["total"], totals, wide, is_right=True),
        column(w["change"], changes, wide, is_right=True),
        column(w["grade"], coloured, _ROOMY),
        column(w["grade"], strong, _ON_PAGE),
        column(w["coefficient"], factors, wide),
        *([column(w["bonus"], bonuses, wide, is_right=True)] if bonuses else []),
        column(f"{w['employee']}\n{w['role']}", list(map(Below, people, dated)), _NARROW, wrap="anywhere"),
        column(f"{w['total']}\n{w['change']}", stacked, _NARROW, is_right=True),
        column(f"{w['grade']}\n{w['coefficient']}", below, _NARROW),
    ]
    return Table(columns, _word(title, language), (Layout("roomy"), Layout("narrow")))


_TITLES: Final = ("employee", "role", "period", "total", "change", "grade", "coefficient", "bonus")


def _changes(others: Sequence[CardChange], changed: Sequence[CardChange], language: Language) -> Iterator[Block]:
    """Yield the cards of which the total alone changes, and of all that change, by which KPIs."""
    if others:
        yield Fold(_word("total-changes", language), _cards("total-changes", others, language), len(others))
    if changed:
        details = _word("details", language)
        yield OnScreen([Line((Span(details, "bold italic"),))])
        items = [
            Item(
                (
                    figures.employee(card.after),
                    printable(say(card.after.role.title, language)),
                    card.after.period,
                    words.totals(card),
                    words.grades(card, language),
                ),
                [line.pieces(language) for line in words.changes(card, language)],
            )
            for card in changed
        ]
        yield Fold(details, Items(items, "bold", is_loose=True), len(items))


def _hint(changed: Sequence[CardChange], language: Language, word: str) -> Iterator[Block]:
    """Yield how to see more, where a screen has no room for it."""
    for card in changed[:1]:
        hint = _word(word, language).format(count=len(changed), employee=printable(card.after.employee))
        yield from (Line((Span(hint, "dim"),)), Gap())


def _not_compared(impact: Impact, language: Language) -> Iterator[Block]:
    title, count = _word("not-compared", language), len(impact.not_compared)
    items = [
        Item((group.people, group.title, group.period), [(Span(reason, "dim"),) for reason in group.reasons])
        for group in words.groups(impact.not_compared, language)
    ]
    yield OnScreen([Line((Span(f"{title} ({count})", "bold"),))])
    yield Fold(title, Items(items), count)
    yield Gap()
