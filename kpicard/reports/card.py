"""One scorecard: who, the table of its figures, the result, and what is to be said below."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from kpicard.cards.history import History
from kpicard.cards.scorecards import Scorecards
from kpicard.cards.values import Adjusted, Card, Scored, SectionPoints
from kpicard.messages import words_of
from kpicard.numbers import plain
from kpicard.reports import figures
from kpicard.reports.blocks import (
    PAGE,
    Below,
    Block,
    Cell,
    Column,
    Figure,
    Gap,
    Heading,
    KeyFigures,
    Layout,
    Line,
    Notes,
    OnPage,
    OnScreen,
    Picture,
    Span,
    Table,
)
from kpicard.reports.card_notes import kpi_trend, remarks, total_trend
from kpicard.rules.models import DEFAULT_CAP
from kpicard.text import Language, printable, say

_WORDS: Final = words_of("card")
_PAGE: Final = words_of("page")

_ROOMY: Final = 96
"""From this width on, a card has a column for each figure; below it, figures stand under each other unless all fits."""

_WIDE: Final = frozenset({"roomy", PAGE})
_NARROW: Final = frozenset({"narrow"})
_ALL: Final = _WIDE | _NARROW

_TITLES: Final = (
    *("kpi", "weight", "effective-weight", "target", "actual", "attainment", "bar", "score", "points", "trend"),
    "total",
)


def blocks(card: Card, result: Scorecards, language: Language, level: int = 2) -> Iterator[Block]:
    """Yield one card of a result as text; `level` is that of its heading in a document."""
    who, role = figures.employee(card), printable(say(card.role.title, language))
    about = figures.about(card)
    yield OnScreen([Line((Span(who, "bold"), f"  {role}  {card.period}", *(f"  {text}" for text in about.values())))])
    yield OnPage([Heading((who, role, card.period), level)])
    yield table(card, result, language)
    yield KeyFigures(
        [
            Figure(_word("grade", language), Span(figures.grade(card, language), "strong")),
            Figure(_word("coefficient", language), figures.number(card.coefficient)),
        ]
    )
    for what, text in about.items():
        yield OnPage([KeyFigures([Figure(say(what, language).capitalize(), text)])])
    yield Notes([line for lines in remarks(card, result, language).values() for line in lines])
    yield Gap()


def table(card: Card, result: Scorecards, language: Language) -> Table:
    """Return a card's figures by KPI; or its months, where it is made from their totals."""
    if not card.kpis and card.months:
        return _months(card, language)
    return _Figures(card, result.histories.get(card.key), language).table()


def _word(word: str, language: Language) -> str:
    return say(_WORDS[word], language)


def _months(card: Card, language: Language) -> Table:
    """Return the months that a longer period's total is the mean of."""
    from kpicard.reports.rollup_notes import months_table

    headings, rows = months_table(card, language)
    totals = (Span(_word("total", language), "strong"), Span(figures.number(card.total), "strong"))
    columns = [
        Column(
            title=heading,
            cells=[row[index] for row in rows],
            total=totals[index] if index < len(totals) else "",
            is_right=index > 0,
        )
        for index, heading in enumerate(headings)
    ]
    return Table(columns, has_total=True)


@dataclass(frozen=True, slots=True)
class _Figures:
    """A card's table: a row for each KPI, and below one for each adjustment, which has a count and points alone."""

    card: Card
    history: History | None
    language: Language

    def table(self) -> Table:
        """Return it as one row of figures for each line, or with figures under each other."""
        card, w = self.card, {word: say(_WORDS[word], self.language) for word in _TITLES}
        weights = [w["weight"], *([w["effective-weight"]] if card.has_effective_weights else [])]
        whole, total = Span(w["total"], "strong"), Span(figures.number(card.total), "strong")
        along = total_trend(self.history) if self.history else ""
        columns = [
            self._column(w["kpi"], self._name, self._name, self._section, total=whole, is_right=False, wrap="anywhere"),
            self._column(w["weight"], lambda line: self._weights(line)[0], of_section=_section_weight, wrap="words"),
            *(self._column(title, lambda line: self._weights(line)[1], wrap="words") for title in weights[1:]),
            self._column(w["target"], self._target, wrap="words"),
            self._column(w["actual"], self._actual, self._counted, wrap="words"),
            self._column(w["attainment"], lambda line: figures.percent(line.attainment)),
            self._column(w["bar"], self._bar, is_right=False),
            self._column(
                f"{w['kpi']}\n{w['actual']} / {w['target']}",
                lambda line: Below(self._name(line), f"{self._actual(line)} / {self._target(line)}"),
                lambda line: Below(self._name(line), self._counted(line)),
                self._section,
                total=whole,
                is_right=False,
                wrap="anywhere",
                layouts=_NARROW,
            ),
            self._column(
                "\n".join(" ".join(weights).split()),
                lambda line: "\n".join(self._weights(line)),
                of_section=_section_weight,
                layouts=_NARROW,
            ),
            self._column(w["attainment"], self._attained, total=along, is_right=False, layouts=_NARROW),
            self._column(w["score"], lambda line: figures.score(line, self.language), layouts=_ALL),
            self._column(w["points"], _points, _points, self._section_points, total=total, layouts=_ALL),
        ]
        if self.history:
            columns.append(self._column(w["trend"], self._trend, total=along, is_right=False))
        # What has more columns than most cards is laid out by what it needs, however wide the screen is.
        roomy = Layout("roomy", from_width=None if self.history or card.has_effective_weights else _ROOMY)
        main = frozenset(index for index, line in enumerate(self._lines()) if isinstance(line, SectionPoints))
        return Table(columns, layouts=(roomy, Layout("narrow")), main=main, has_total=True)

    def _lines(self) -> list[SectionPoints | Scored | Adjusted]:
        """Return what each row is about: the KPIs by section, where there are sections, and the adjustments."""
        lines: list[SectionPoints | Scored | Adjusted] = []
        for section in self.card.sections:
            lines += [section, *section.kpis]
        return [*(lines or self.card.kpis), *self.card.adjustments]

    def _section(self, line: SectionPoints) -> Cell:
        return printable(say(line.section.title, self.language))

    def _section_points(self, line: SectionPoints) -> Cell:
        if line.points is None:
            return figures.points(None)
        words = say(_WORDS["section-points"], self.language)
        return words.format(points=figures.points(line.points), weight=figures.weight(line.effective_weight))

    def _column(
        self,
        title: str,
        of_kpi: Callable[[Scored], Cell],
        of_adjustment: Callable[[Adjusted], Cell] = lambda _: "",
        of_section: Callable[[SectionPoints], Cell] = lambda _: "",
        **laid_out: Any,
    ) -> Column:
        """Return a column of the lines; `laid_out` is as for `Column`, but to the right, unbroken, on wide screens."""
        cells = [
            of_kpi(line)
            if isinstance(line, Scored)
            else of_adjustment(line)
            if isinstance(line, Adjusted)
            else of_section(line)
            for line in self._lines()
        ]
        return Column(title=title, cells=cells, **{"is_right": True, "wrap": "never", "layouts": _WIDE, **laid_out})

    def _name(self, line: Scored | Adjusted) -> str:
        item = line.kpi if isinstance(line, Scored) else line.adjustment
        return printable(say(item.name, self.language))

    def _actual(self, line: Scored) -> str:
        return figures.actual(line, self.language)

    def _target(self, line: Scored) -> str:
        return figures.quantity(line.target, line, self.language)

    def _counted(self, line: Adjusted) -> str:
        return figures.counted(line, self.language)

    def _weights(self, line: Scored) -> list[str]:
        return [
            plain(line.kpi.weight),
            *([figures.weight(line.effective_weight)] if self.card.has_effective_weights else []),
        ]

    def _attained(self, line: Scored) -> Cell:
        trend = ("\n", *self._trend(line)) if self.history else ()
        return (figures.percent(line.attainment), "\n", self._bar(line), *trend)

    def _bar(self, line: Scored) -> Picture:
        """Return a bar: with characters of the attainment, drawn of the score, and of an attainment that it goes by."""

        def drawn() -> str:
            from kpicard.reports.pictures import meter

            goes_by_it = line.kpi.curve(DEFAULT_CAP).axis == "attainment" and line.attainment != line.score_percent
            return meter(line.score_percent, line.attainment if goes_by_it else None)

        return Picture("meter", Span(figures.bar(line.attainment), _colour(line)), drawn)

    def _trend(self, line: Scored) -> tuple[Picture, str] | tuple[()]:
        return kpi_trend(self.history, line.kpi.id) if self.history else ()


def _section_weight(line: SectionPoints) -> Cell:
    return "" if line.section.weight is None else plain(line.section.weight)


def _points(line: Scored | Adjusted) -> str:
    return figures.points(line.points)


def _colour(scored: Scored) -> str:
    if scored.score_percent is None:
        return "dim"
    return "green" if scored.score_percent >= 100 else "yellow" if scored.score_percent >= 60 else "red"
