"""An explanation: every step from a card's figures to its grade and bonus, with a drawing of each curve."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from kpicard.cards.explanation.explain import explain_all
from kpicard.cards.explanation.values import AdjustmentSteps, Band, Explanation, Formula, KpiSteps
from kpicard.cards.scorecards import Scorecards
from kpicard.cards.values import Card, Withheld
from kpicard.messages import words_of
from kpicard.numbers import plain, points_text
from kpicard.reports import figures
from kpicard.reports.blocks import Block, Curve, Facts, Gap, Heading, Notes, OnPage
from kpicard.reports.card_notes import advice_lines, red_line, rescaled
from kpicard.reports.curves import curve_lines, curve_shape, place_words
from kpicard.reports.figures import with_unit
from kpicard.reports.rollup_notes import longer_lines
from kpicard.text import Language, Text, printable, say

_WORDS: Final = words_of("card")
_EXPLAIN: Final = words_of("explanation")

_THOUSANDS: Final = re.compile(r"(?<![\d.])\d{4,}")


def shown(formula: Formula, language: Language, unit: Text | None = None, *, is_final: bool = True) -> str:
    """Show a calculation with what it comes to: exactly, and then rounded where that is another number.

    `is_final` False leaves the rounded result out, where something else follows.
    """
    result = printable(with_unit(_grouped(points_text(formula.result)), unit, language))
    is_calculated = " " in formula.text
    parts = [_grouped(formula.text)] if is_calculated else []
    if not is_final or formula.is_rounded:
        parts += ["=", _grouped(formula.unrounded)]
    if is_final:
        parts += ["≈" if formula.is_rounded else "=", result]
    return " ".join(parts if is_calculated else parts[1:])


def _grouped(text: str) -> str:
    """Put commas between the thousands of the numbers in a text."""
    return _THOUSANDS.sub(lambda found: f"{int(found[0]):,}", text)


def result_lines(explanation: Explanation, language: Language) -> Iterator[tuple[str, str]]:
    """Yield the lines, each with its label."""
    card = explanation.card
    for label, text in _result(explanation, language):
        yield say(_WORDS.get(label) or _EXPLAIN[label], language), text
    yield say(_WORDS["rules"], language), card.rules


def _result(explanation: Explanation, language: Language) -> Iterator[tuple[str, str]]:
    card, band = explanation.card, explanation.band
    if explanation.total is None or band is None:
        yield "total", say(_EXPLAIN["no-total"], language)
        yield "grade", figures.grade(card, language)
        return
    yield "total", shown(explanation.total, language)
    is_held_down = card.grade != card.grade_by_total
    yield "by-total" if is_held_down else "grade", _grade_of(band, figures.number(card.total), language)
    for line in card.red_lines:
        yield "limit", say(_WORDS["red-line"], language).format(**red_line(line, language))
    for limit in card.limits:
        yield "limit", say(_EXPLAIN["vetoed"], language).format(**figures.limit(limit, language))
    if is_held_down:
        yield "grade", figures.grade(card, language)
    yield "coefficient", figures.number(card.coefficient)
    if explanation.bonus:
        yield "bonus", shown(explanation.bonus, language)


def _grade_of(band: Band, total: str, language: Language) -> str:
    """Say which totals have the grade; the last one takes all below it too."""
    grade = printable(band.grade.grade)
    if band.grade.label is not None:
        label = printable(say(band.grade.label, language))
        grade += f"（{label}）" if language == "zh" else f" ({label})"
    low = None if band.is_last else plain(band.grade.from_)
    high = None if band.below is None else plain(band.below)
    word = {(False, False): "between", (False, True): "from", (True, False): "below", (True, True): "always"}
    within = say(_EXPLAIN[f"band-{word[low is None, high is None]}"], language).format(low=low, high=high)
    return say(_EXPLAIN["band"], language).format(grade=grade, total=total, range=within)


def blocks(result: Scorecards, language: Language) -> Iterator[Block]:
    """Yield the explanations of all cards, and whose were withheld."""
    yield OnPage([Heading((say(_EXPLAIN["explain"], language),))])
    explanations = explain_all(result)
    for explanation in explanations.explained:
        yield Heading((_whose(explanation.card, language),), 2, "bold underline")
        yield Gap()
        yield from _sections(explanation, language)
    if explanations.withheld:
        yield Notes([_withheld(withheld, language) for withheld in explanations.withheld], "")


def _whose(card: Card, language: Language) -> str:
    parts = [figures.employee(card), printable(say(card.role.title, language)), card.period]
    return "  ".join([*parts, *figures.about(card).values()])


def _withheld(withheld: Withheld, language: Language) -> str:
    name = f"{withheld.name} ({withheld.employee})" if withheld.name else withheld.employee
    return say(_EXPLAIN["withheld"], language).format(
        employee=printable(name), role=printable(say(withheld.role.title, language)), period=withheld.period
    )


def _sections(explanation: Explanation, language: Language) -> Iterator[Block]:
    """Yield the sections: each KPI, what is beside them, the total with its grade, and what would reach the next."""
    card = explanation.card
    if card.rollup:
        yield from _section(say(_EXPLAIN["months"], language), _remarks(longer_lines(card, language)))
    if card.is_partial:
        yield from _section(say(_EXPLAIN["weights"], language), _remarks(_weights(card, language)))
    for steps in explanation.kpis:
        name, weight = printable(say(steps.scored.kpi.name, language)), plain(steps.scored.kpi.weight)
        title = say(_EXPLAIN["kpi"], language).format(name=name, weight=weight)
        lines = [(say(_WORDS.get(word) or _EXPLAIN[word], language), said) for word, said in _steps(steps, language)]
        if made_of := card.sources.get(steps.scored.kpi.id):
            lines.insert(0, (say(_EXPLAIN["computed-from"], language), _sources(made_of, steps, language)))
        yield from _section(title, Facts(lines), *(_drawing(steps, language) if steps.place else ()))
    if explanation.adjustments:
        lines = [_adjustment(steps, language) for steps in explanation.adjustments]
        yield from _section(say(_EXPLAIN["adjustments"], language), Facts(lines))
    yield from _section(say(_EXPLAIN["result"], language), Facts(list(result_lines(explanation, language))))
    advice = advice_lines(explanation.advice, card, language) if explanation.advice else []
    if advice:
        yield from _section(say(_EXPLAIN["advice"], language), _remarks(advice))


def _sources(made_of: Iterable[tuple[str, Decimal | None]], steps: KpiSteps, language: Language) -> str:
    """Say whose figures one is computed from, and how; of whom none counts, there is a dash."""
    parts = [
        f"{printable(employee)} {figures.quantity(actual, steps.scored, language)}" for employee, actual in made_of
    ]
    of = steps.scored.kpi.of
    rollup = say(_EXPLAIN[f"computed-{of.rollup}"], language) if of else ""
    return f"{rollup}{('、' if language == 'zh' else ', ').join(parts)}"


def _section(title: str, *blocks: Block) -> Iterator[Block]:
    yield from (Heading((title,), 3), *blocks, Gap())


def _remarks(lines: Iterable[str]) -> Notes:
    return Notes(list(lines), "", indent=2)


def _weights(card: Card, language: Language) -> Iterator[str]:
    """Yield what the weights are divided by, where some KPIs do not count."""
    counted = " + ".join(plain(card.role.share(scored.kpi)) for scored in card.kpis if scored.points is not None)
    whole = plain(card.full_weight)
    yield say(_EXPLAIN["weights-sum"], language).format(sum=counted if counted == whole else f"{counted} = {whole}")
    yield rescaled(card, language)


def _drawing(steps: KpiSteps, language: Language) -> Iterator[Block]:
    scored = steps.scored
    shape = curve_shape(steps.curve, scored.kpi, scored.target, scored.actual, scored.attainment)
    yield from (Gap(), Curve(curve_lines(shape, language), shape))


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
    if steps.gap:
        yield "gap", shown(steps.gap, language, scored.kpi.unit)
    if steps.place:
        yield "curve", place_words(scored.kpi, steps.place, language)
    if steps.score:
        yield "score", shown(steps.score, language)
    elif scored.score is not None:
        yield "score", say(_EXPLAIN["zero"], language)
    if steps.effective_weight:
        formula = shown(steps.effective_weight, language)
        words = _EXPLAIN["corrected" if steps.effective_weight.is_corrected else "as-it-is"]
        yield "effective-weight", say(words, language).format(formula=formula)
    yield "points", shown(steps.points, language) if steps.points else say(_EXPLAIN["out"], language)


def _target(steps: KpiSteps, language: Language) -> str:
    target = figures.quantity(steps.scored.target, steps.scored, language)
    if steps.is_own_target:
        return say(_EXPLAIN["target-own"], language).format(target=target)
    if steps.since:
        return say(_EXPLAIN["target-since"], language).format(target=target, period=steps.since)
    return target


def _attainment(steps: KpiSteps, language: Language) -> Iterator[tuple[str, str]]:
    """Yield the ratio, and the attainment where that is something else; some curves do not go by it."""
    if steps.ratio is None:
        return
    last = shown(steps.ratio, language, "%")
    if steps.attainment:
        yield "ratio", last
        last = say(_EXPLAIN["for-lower"], language).format(formula=shown(steps.attainment, language, "%"))
    if steps.curve.axis != "attainment":
        by = say(_EXPLAIN["by-gap" if steps.gap else "axis-actual"], language)
        last = say(_EXPLAIN["not-used"], language).format(formula=last, by=by)
    yield "attainment", last


def _adjustment(steps: AdjustmentSteps, language: Language) -> tuple[str, str]:
    adjusted = steps.adjusted
    name = printable(say(adjusted.adjustment.name, language))
    if steps.product is None:
        said = figures.counted(adjusted, language)
        if adjusted.actual is not None:
            said = say(_EXPLAIN["mean-points"], language).format(points=figures.points(adjusted.points))
        return name, said
    if steps.bound is None:
        return name, shown(steps.product, language)
    side, bound = steps.bound
    words = say(_EXPLAIN[f"bound-{side}"], language)
    product = shown(steps.product, language, is_final=False)
    return name, words.format(formula=product, bound=plain(bound), points=figures.points(adjusted.points))
