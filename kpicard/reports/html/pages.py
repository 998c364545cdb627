"""What the pages of the HTML report show: one per period for the whole department, and one per card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import Final, Self, TextIO
from urllib.parse import quote

from markupsafe import Markup
from rich.cells import cell_len

from kpicard.cards.history import History
from kpicard.cards.scorecards import Scorecards
from kpicard.cards.summary_values import Combined, Summary
from kpicard.cards.values import Card, Key, Scored, Withheld
from kpicard.problems import Problem
from kpicard.reports.card_notes import advice_lines, change, fingerprint, history_lines, notes
from kpicard.reports.figures import number
from kpicard.reports.html.environment import environment, policy, script, style
from kpicard.reports.html.svg import Drawing, Drawings, sparkline
from kpicard.reports.rollup_notes import longer_lines
from kpicard.reports.scorecards import file_names
from kpicard.rules.models import Department, Grade
from kpicard.rules.rules import Rules, held_in
from kpicard.text import Language, say


def write(result: Scorecards, language: Language, out: TextIO) -> None:
    """Write all cards as one file, newest period first, each period with its department page before them."""
    css, js = style(), script()
    page = environment(language).get_template("report.html.jinja")
    out.writelines(
        page.generate(pages=Pages(result, language), style=css, script=js, policy=policy(css, js), language=language)
    )


@dataclass(frozen=True, slots=True)
class Trend:
    """A sparkline with a gap where a period has no figure, and the change against the card before, with its sign."""

    line: Markup
    change: str

    @classmethod
    def of_total(cls, history: History) -> Self:
        """Return how the total came along."""
        return cls._of(history, history.totals, history.change)

    @classmethod
    def of_kpi(cls, history: History, kpi: str) -> Self:
        """Return how the score of a KPI came along."""
        return cls._of(history, history.scores(kpi), history.score_change(kpi))

    @classmethod
    def _of(cls, history: History, values: Sequence[Decimal | None], changed: Decimal | None) -> Self:
        shown = zip(history.periods, map(number, values), strict=True)
        label = ", ".join(f"{period}: {figure}" for period, figure in shown)
        return cls(sparkline(values, label), change(changed))


_ROW: Final = 150
_CURVE: Final = 100
"""The room that a row of figures and a curve take on paper, in characters of small text."""

_DENSITIES: Final = ((3200, ""), (4400, "close"), (6200, "close dense"))
"""The most characters on a page that is set so; with more it is packed, too."""


@dataclass(frozen=True, slots=True)
class CardPage:
    """One card with all that is said about it."""

    card: Card
    anchor: str
    department: Department | None
    history: History | None
    advice: Sequence[str]
    notes: Sequence[str]
    density: str
    """How closely it is set on paper, so that it fits on one page: the classes that the style sheet knows."""
    _drawings: Drawings

    @property
    def grade(self) -> Grade | None:
        """The card's grade in the scale that holds for it."""
        scale = self.department.grades if self.department else ()
        return next((each for each in scale if each.grade == self.card.grade), None)

    @property
    def trend(self) -> Trend | None:
        """How the total came along; None without an earlier card."""
        return Trend.of_total(self.history) if self.history else None

    def kpi_trend(self, scored: Scored) -> Trend | None:
        """Return how the score of one of its KPIs came along."""
        return Trend.of_kpi(self.history, scored.kpi.id) if self.history else None

    def drawing(self, scored: Scored) -> Drawing:
        """Return the curve of one of its KPIs."""
        return self._drawings.of(scored.kpi)


@dataclass(frozen=True)
class PeriodPages:
    """A period: its department page, and its cards."""

    period: str
    department: Department | None
    summary: Summary | None
    """None where there are no two cards to be put together."""
    withheld: Sequence[Withheld]
    cards: Sequence[Card]
    has_trends: bool
    """Whether any of the cards has an earlier one to compare with."""

    @property
    def has_page(self) -> bool:
        """Whether there is a department page: not for a card alone."""
        return bool(self.summary or self.withheld)

    @cached_property
    def has_teams(self) -> bool:
        """Whether any of the cards names a team."""
        return any(card.team for card in self.cards)

    @cached_property
    def has_bonuses(self) -> bool:
        """Whether any of the cards has a base for a bonus."""
        return any(card.base is not None for card in self.cards)

    @property
    def grades(self) -> Sequence[tuple[Grade, int]]:
        """The grades of the scale, best first, with how many cards have each."""
        counts = self.summary.whole.grades if self.summary else {}
        return [(grade, counts.get(grade.grade, 0)) for grade in (self.department.grades if self.department else ())]


class Pages:
    """The pages of one run."""

    def __init__(self, result: Scorecards, language: Language) -> None:
        self._result = result
        self._language = language
        names = (name.removesuffix(".md") for name in file_names(result.cards))
        self._anchors: Mapping[Key, str] = {card.key: name for card, name in zip(result.cards, names, strict=True)}
        self.drawings = Drawings(((card, department_of(result.rules, card)) for card in result.cards), language)

    @property
    def department(self) -> Department | None:
        """The department, in its newest version."""
        return self._result.rules.department

    @property
    def problems(self) -> Sequence[Problem]:
        """The problems of the run."""
        return self._result.problems

    @property
    def periods(self) -> Sequence[PeriodPages]:
        """The periods that have cards, or would have if none were withheld; the newest first."""
        result = self._result
        cards = {period: tuple(group) for period, group in groupby(result.cards, key=lambda card: card.period)}
        summaries = {each.period: each for each in result.summaries if len(each.ranking) > 1}
        withheld = result.withheld_cards if result.withheld else ()
        return [
            PeriodPages(
                period,
                department_of(result.rules, cards[period][0]) if period in cards else self.department,
                summaries.get(period),
                [each for each in withheld if each.period == period],
                cards.get(period, ()),
                has_trends=any(card.key in result.histories for card in cards.get(period, ())),
            )
            for period in sorted({*cards, *(each.period for each in withheld)}, reverse=True)
        ]

    def card(self, card: Card) -> CardPage:
        """Return a card's page."""
        language = self._language
        history, advice = self._result.histories.get(card.key), self._result.advice.get(card.key)
        lines = [
            *longer_lines(card, language),
            *(history_lines(history, language) if history else ()),
            *notes(card, language),
            fingerprint(card, language),
        ]
        advised = advice_lines(advice, card, language) if advice else []
        return CardPage(
            card,
            self._anchors[card.key],
            department_of(self._result.rules, card),
            history,
            advised,
            lines,
            self._density(card, [*lines, *advised]),
            self.drawings,
        )

    def _density(self, card: Card, lines: Sequence[str]) -> str:
        """Return how closely a card is set on paper, by about how much stands on it."""
        told = [
            text
            for kpi in (scored.kpi for scored in card.kpis)
            for text in (kpi.name, kpi.name, kpi.definition, kpi.source, self.drawings.of(kpi).scoring)
        ]
        texts = [*lines, *(say(text, self._language) for text in told if text)]
        rows = len(card.kpis) + len(card.adjustments) + len(card.months)
        size = sum(map(cell_len, texts)) + _ROW * rows + _CURVE * len(card.kpis)
        return next((density for most, density in _DENSITIES if size <= most), "close dense packed")

    def link(self, to: Card | Combined | PeriodPages) -> str:
        """Return where a page is, as a link within the file; for a combined total, that of its first card."""
        if not isinstance(to, PeriodPages):
            return "#" + quote(self._anchors[to.key])
        return f"#{to.period}" if to.has_page else self.link(to.cards[0])

    def trend(self, card: Card) -> Trend | None:
        """Return how a card's total came along; None without an earlier card."""
        history = self._result.histories.get(card.key)
        return Trend.of_total(history) if history else None


def department_of(rules: Rules, card: Card) -> Department | None:
    """Return the department in the version that scored a card; that of its last month, where it has several."""
    return held_in(rules.departments, card.months[-1].period if card.months else card.period)
