"""An explanation in words: sections of labelled lines, for whatever shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from kpicard.cards.explanation.values import AdjustmentSteps, Explanation, KpiSteps
from kpicard.cards.values import Card, Withheld
from kpicard.messages import words_of
from kpicard.numbers import plain
from kpicard.reports import figures
from kpicard.reports.advice_text import advice_lines
from kpicard.reports.curves import curve_lines, curve_shape
from kpicard.reports.explain_result import result_lines
from kpicard.reports.formula_text import shown
from kpicard.reports.longer_text import longer_lines
from kpicard.reports.scoring_words import place_words
from kpicard.text import Language, printable, say

WORDS: Final = words_of("card")
EXPLAIN: Final = words_of("explanation")


class Line(NamedTuple):
    """A step: what it gives, and how. Without a label it is a remark."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """Some steps under a title, and a drawing, which is text of a fixed width."""

    title: str
    lines: tuple[Line, ...]
    drawing: tuple[str, ...] = ()


def heading(card: Card, language: Language) -> str:
    """Say whose card it is."""
    parts = [figures.employee(card), printable(say(card.role.title, language)), card.period]
    return "  ".join([*parts, *([printable(card.team)] if card.team else [])])


def sections(explanation: Explanation, language: Language) -> Iterator[Section]:
    """Yield the sections: each KPI, what is beside them, the total with its grade, and what would reach the next."""
    card = explanation.card
    if card.rollup:
        remarks = longer_lines(card, language)
        yield Section(say(EXPLAIN["months"], language), tuple(Line("", remark) for remark in remarks))
    if card.is_partial:
        yield _weights(card, language)
    for steps in explanation.kpis:
        yield _kpi(steps, language)
    if explanation.adjustments:
        lines = tuple(_adjustment(steps, language) for steps in explanation.adjustments)
        yield Section(say(EXPLAIN["adjustments"], language), lines)
    result = tuple(Line(label, text) for label, text in result_lines(explanation, language))
    yield Section(say(EXPLAIN["result"], language), result)
    advice = advice_lines(explanation.advice, card, language) if explanation.advice else []
    if advice:
        yield Section(say(EXPLAIN["advice"], language), tuple(Line("", line) for line in advice))


def withheld_line(withheld: Withheld, language: Language) -> str:
    """Say whose card was withheld."""
    name = f"{withheld.name} ({withheld.employee})" if withheld.name else withheld.employee
    return say(EXPLAIN["withheld"], language).format(
        employee=printable(name), role=printable(say(withheld.role.title, language)), period=withheld.period
    )


def _weights(card: Card, language: Language) -> Section:
    """Say what the weights are divided by, where some KPIs do not count."""
    counted = " + ".join(plain(scored.kpi.weight) for scored in card.kpis if scored.points is not None)
    whole = plain(card.full_weight)
    remarks = (
        say(EXPLAIN["weights-sum"], language).format(sum=counted if counted == whole else f"{counted} = {whole}"),
        say(WORDS["rescaled"], language).format(weight=whole),
    )
    return Section(say(EXPLAIN["weights"], language), tuple(Line("", remark) for remark in remarks))


def _kpi(steps: KpiSteps, language: Language) -> Section:
    scored = steps.scored
    name = printable(say(scored.kpi.name, language))
    return Section(
        title=say(EXPLAIN["kpi"], language).format(name=name, weight=plain(scored.kpi.weight)),
        lines=tuple(
            Line(say(WORDS.get(word) or EXPLAIN[word], language), text) for word, text in _steps(steps, language)
        ),
        drawing=_drawing(steps, language) if steps.place else (),
    )


def _drawing(steps: KpiSteps, language: Language) -> tuple[str, ...]:
    scored = steps.scored
    shape = curve_shape(steps.curve, scored.kpi, scored.target, scored.actual, scored.attainment)
    return tuple(curve_lines(shape, language))


def _steps(steps: KpiSteps, language: Language) -> Iterator[tuple[str, str]]:
    """Yield each step of a KPI with the word for what it gives."""
    scored = steps.scored
    if steps.division:
        yield "actual", shown(steps.division, language, scored.kpi.unit)
    else:
        yield "actual", figures.actual(scored, language)
    if scored.target is not None:
        yield "target", _target(steps, language)
    if steps.ratio:
        yield from _attainment(steps, language)
    if steps.place:
        yield "curve", place_words(scored.kpi, steps.place, language)
    if steps.score:
        yield "score", shown(steps.score, language)
    elif scored.score is not None:
        yield "score", say(EXPLAIN["zero"], language)
    if steps.effective_weight:
        formula = shown(steps.effective_weight, language)
        words = EXPLAIN["corrected" if steps.effective_weight.is_corrected else "as-it-is"]
        yield "effective-weight", say(words, language).format(formula=formula)
    yield "points", shown(steps.points, language) if steps.points else say(EXPLAIN["out"], language)


def _target(steps: KpiSteps, language: Language) -> str:
    target = figures.quantity(steps.scored.target, steps.scored, language)
    if steps.is_own_target:
        return say(EXPLAIN["target-own"], language).format(target=target)
    if steps.since:
        return say(EXPLAIN["target-since"], language).format(target=target, period=steps.since)
    return target


def _attainment(steps: KpiSteps, language: Language) -> Iterator[tuple[str, str]]:
    """Yield the ratio, and the attainment where that is something else; some curves do not go by it."""
    if steps.ratio is None:
        return
    last = shown(steps.ratio, language, "%")
    if steps.attainment:
        yield "ratio", last
        last = say(EXPLAIN["for-lower"], language).format(formula=shown(steps.attainment, language, "%"))
    if steps.curve.axis == "actual":
        last = say(EXPLAIN["not-used"], language).format(formula=last)
    yield "attainment", last


def _adjustment(steps: AdjustmentSteps, language: Language) -> Line:
    adjusted = steps.adjusted
    name = printable(say(adjusted.adjustment.name, language))
    if steps.product is None:
        said = figures.counted(adjusted, language)
        if adjusted.actual is not None:
            said = say(EXPLAIN["mean-points"], language).format(points=figures.points(adjusted.points))
        return Line(name, said)
    if steps.bound is None:
        return Line(name, shown(steps.product, language))
    side, bound = steps.bound
    words = say(EXPLAIN[f"bound-{side}"], language)
    product = shown(steps.product, language, is_final=False)
    return Line(name, words.format(formula=product, bound=plain(bound), points=figures.points(adjusted.points)))
