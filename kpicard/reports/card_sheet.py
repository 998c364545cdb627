"""One scorecard as a page for the person whom it is about, to be read, talked over and signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kpicard.cards.scorecards import Scorecards
from kpicard.cards.values import Card, Scored
from kpicard.messages import words_of
from kpicard.reports import figures
from kpicard.reports.blocks import (
    Block,
    Curve,
    Facts,
    Figure,
    Footer,
    KeyFigures,
    Line,
    Notes,
    Picture,
    Section,
    Sheet,
    Span,
    Tiles,
    Title,
    ToWrite,
)
from kpicard.reports.card import table
from kpicard.reports.card_notes import remarks, total_trend
from kpicard.reports.curves import curve_shape, scoring_words
from kpicard.reports.duty_sheet import levels
from kpicard.rules.models import Department
from kpicard.rules.rules import Rules, held_in
from kpicard.text import Language, Text, printable, say

_WORDS: Final = words_of("card")
_PAGE: Final = words_of("page")


def sheet(id_: str, card: Card, result: Scorecards, language: Language) -> Sheet:
    """Return one card of a result as a page, with its name for links: it has nothing about anybody else in it."""
    title = " · ".join((figures.employee(card), printable(say(card.role.title, language)), card.period))
    return Sheet(id_, "card", _on_sheet(card, result, language), title)


def _on_sheet(card: Card, result: Scorecards, language: Language) -> Iterator[Block]:
    department = department_of(result.rules, card)
    said = remarks(card, result, language)
    above = [printable(say(department.title, language))] if department else []
    below = [printable(say(card.role.title, language)), *figures.about(card).values()]
    yield Title(
        " · ".join([*above, say(_WORDS["scorecards"], language), card.period]),
        printable(card.name or card.employee),
        printable(card.employee) if card.name else "",
        " · ".join(below),
    )
    yield from (Line((Span(line, "strong"),)) for line in said["state"])
    yield KeyFigures(list(_key_figures(card, result, department, language)))
    happened = replace(card, adjustments=tuple(each for each in card.adjustments if each.actual is not None))
    yield table(happened, result, language)
    if said["advice"]:
        yield Section(say(_PAGE["advice"], language), [Notes(said["advice"])], "advice")
    is_plain_pay = card.pay is not None and not card.pay.is_combined and card.days is None
    lines = [*([] if is_plain_pay else said["pay"]), *said["figures"], *said["months"], *said["change"]]
    if lines:
        yield Section(say(_PAGE["remarks"], language), [Notes(lines)])
    if card.kpis:
        about = [_about(scored, result.rules, department, language) for scored in card.kpis]
        yield Section(say(_PAGE["about"], language), [Tiles(about)])
    yield ToWrite(
        [say(_PAGE[word], language) for word in ("self", "supervisor")],
        figures.signatures(department, language),
        say(_PAGE["date"], language),
    )
    yield Footer([*figures.footer(department, language), *said["rules"]])


def department_of(rules: Rules, card: Card) -> Department | None:
    """Return the department in the version that scored a card; that of its last month, where it has several."""
    return held_in(rules.departments, card.months[-1].period if card.months else card.period)


def _key_figures(card: Card, result: Scorecards, department: Department | None, language: Language) -> Iterator[Figure]:
    """Yield the figures that one looks for first, each with what it means."""
    history = result.histories.get(card.key)
    along: tuple[str | Picture, ...] = (say(_PAGE["on-target"], language),)
    if history:
        along = (*total_trend(history), " ", say(_PAGE["against"], language).format(period=history.before.period))
    yield Figure(_word("total", language), figures.number(card.total), along)
    scale = department.grades if department else ()
    place = next((index for index, each in enumerate(scale) if each.grade == card.grade), None)
    if place is None:
        yield Figure(_word("grade", language), figures.grade(card, language))
    else:
        label = scale[place].label
        meaning = [printable(say(label, language))] if label else []
        meaning.append(figures.totals(scale, language)[place])
        tone = 4 * place // max(len(scale) - 1, 1)
        yield Figure(
            _word("grade", language), Span(figures.grade(card, language), f"grade-{tone}"), " · ".join(meaning)
        )
    yield Figure(_word("coefficient", language), figures.number(card.coefficient))
    if card.base is not None:
        bonus = f"{figures.amount(card.base)} × {card.pay.words if card.pay else ''}"
        word, value, meaning_ = ("base", card.base, "") if card.bonus is None else ("bonus", card.bonus, bonus)
        yield Figure(say((_PAGE if word == "base" else _WORDS)[word], language), figures.amount(value), meaning_)


def _about(scored: Scored, rules: Rules, department: Department | None, language: Language) -> Section:
    """Return what a KPI is, where its figure is from and how it is scored, with its curve where that tells more."""
    kpi = scored.kpi
    curve = kpi.curve(department.cap) if department else rules.curve(kpi)
    texts = {
        "scoring": ("；" if language == "zh" else "; ").join(scoring_words(kpi, curve, language)),
        "levels": levels(kpi, language),
        "definition": kpi.definition,
        "source": kpi.source,
    }
    said = [(_word(word, language), printable(_one_line(text, language))) for word, text in texts.items() if text]
    drawn: list[Block] = []
    if kpi.scoring.is_drawn:
        actual, attainment = (None, None) if scored.score is None else (scored.actual, scored.attainment)
        shape = curve_shape(curve, kpi, scored.target, actual, attainment)
        drawn.append(Curve((), shape))
    return Section(printable(say(kpi.name, language)), [*drawn, Facts(said)])


def _one_line(text: Text, language: Language) -> str:
    return " ".join(say(text, language).split())


def _word(word: str, language: Language) -> str:
    return say(_WORDS[word], language)
