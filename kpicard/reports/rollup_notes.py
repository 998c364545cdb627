"""How the card of a quarter or a year comes about, in words and figures, to be checked with a calculator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Final

from kpicard.cards.longer import months_of
from kpicard.cards.values import Adjusted, Card, FullMonth, Scored
from kpicard.messages import words_of
from kpicard.reports import figures
from kpicard.reports.figures import grouped
from kpicard.text import Language, Text, printable, say
from kpicard.units import unit_of

_WORDS: Final = words_of("card")
_ROLLUP: Final = words_of("rollup")


def longer_lines(card: Card, language: Language) -> list[str]:
    """Return the lines: what the card is made from, and how; none for a month's card."""
    months = [month for month in card.months if isinstance(month, FullMonth)]
    if card.rollup == "totals":
        return list(_from_totals(card, months, language))
    return list(_from_actuals(card, months, language)) if card.rollup else []


def months_table(card: Card, language: Language) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return headings and rows of the months: total, grade and coefficient of each."""
    headings = tuple(say(_WORDS[word], language) for word in ("period", "total", "grade", "coefficient"))
    rows: list[tuple[str, ...]] = [
        (month.period, figures.number(month.total), _grade(month, language), figures.number(month.coefficient))
        for month in card.months
        if isinstance(month, FullMonth)
    ]
    return headings, rows


def _from_totals(card: Card, months: Sequence[FullMonth], language: Language) -> Iterator[str]:
    totals = [month.total for month in months if month.total is not None]
    shown = say(_ROLLUP["none-assessed"], language)
    if card.total is not None:
        shown = _mean(totals, card.total, [figures.number(total) for total in totals], figures.number(card.total))
    yield say(_ROLLUP["from-totals"], language).format(sum=shown, months=_found(card, language))
    left_out = [month.period for month in months if month.total is None]
    if left_out and totals:
        yield say(_ROLLUP["month-not-assessed"], language).format(months=_listed(left_out, language))
    for month in months:
        if month.is_vetoed:
            grades = {"grade": printable(month.grade or ""), "by_total": printable(month.grade_by_total or "")}
            yield say(_ROLLUP["month-vetoed"], language).format(month=month.period, **grades)


def _from_actuals(card: Card, months: Sequence[FullMonth], language: Language) -> Iterator[str]:
    yield say(_ROLLUP["from-actuals"], language).format(months=_found(card, language))
    if len(months) == 1:
        return
    for scored in card.kpis:
        of_kpi = [(month.period, each) for month in months for each in month.kpis if each.kpi.id == scored.kpi.id]
        if scored.status == "scored":
            yield _line(scored.kpi.name, _how(scored), _brought_together(scored, of_kpi, language), language)
        elif scored.points is not None:
            lacking = _listed((period for period, each in of_kpi if each.status == "not_reported"), language)
            said = say(_ROLLUP["so-scored-0"], language).format(months=lacking)
            yield _line(scored.kpi.name, _how(scored), said, language)
    for adjusted in card.adjustments:
        if adjusted.points is not None:
            yield _line(adjusted.adjustment.name, "mean-points", _points(adjusted, months), language)


def _how(scored: Scored) -> str:
    return scored.kpi.rollup or ("mean" if scored.numerator is None else "ratio")


def _brought_together(scored: Scored, months: Sequence[tuple[str, Scored]], language: Language) -> str:
    """Return how the months' actuals became one, the targets where they were not all the same, and what is left out."""
    counted = [each for _, each in months if each.status == "scored"]
    parts = [_actuals(scored, counted, language)]
    if scored.target is not None and any(each.target != scored.target for each in counted):
        parts.append(say(_ROLLUP["target-of"], language).format(sum=_targets(scored, counted, language)))
    for status in ("not_applicable", "not_reported"):
        left_out = [period for period, each in months if each.status == status]
        if left_out:
            why = say(_WORDS["not_applicable"] if status == "not_applicable" else _WORDS["left-out"], language)
            without = say(_ROLLUP["without"], language).format(months=_listed(left_out, language))
            parts.append(f"{without}（{why}）" if language == "zh" else f"{without} ({why})")
    return ("；" if language == "zh" else "; ").join(parts)


def _actuals(scored: Scored, months: Sequence[Scored], language: Language) -> str:
    result = figures.quantity(scored.actual, scored, language)
    if _how(scored) != "ratio" or scored.actual is None:
        return _rolled(_how(scored), [each.actual for each in months], scored.actual, result)
    numerators, denominators = [each.numerator for each in months], [each.denominator for each in months]
    unit = unit_of(scored.kpi.unit)
    factor = 100 / unit.scale if unit.kind == "percent" else Fraction(1)
    exact = factor * Fraction(_total(numerators)) / Fraction(_total(denominators))
    times = "" if factor == 1 else f" × {factor}"
    return f"{_sum(numerators)} ÷ {_sum(denominators)}{times} {_equals(exact, scored.actual)} {result}"


def _targets(scored: Scored, months: Sequence[Scored], language: Language) -> str:
    result = figures.quantity(scored.target, scored, language)
    targets = [each.target for each in months]
    if _how(scored) != "ratio" or scored.target is None:
        return _rolled(_how(scored), targets, scored.target, result)
    denominators = [each.denominator for each in months]
    pairs = [(Fraction(t or 0), Fraction(d or 0)) for t, d in zip(targets, denominators, strict=True)]
    exact = sum((target * weight for target, weight in pairs), Fraction(0)) / Fraction(_total(denominators))
    weighted = " + ".join(f"{_term(t)} × {_term(d)}" for t, d in zip(targets, denominators, strict=True))
    return f"({weighted}) ÷ {_sum(denominators)} {_equals(exact, scored.target)} {result}"


def _rolled(how: str, values: Sequence[Decimal | None], result: Decimal | None, shown: str) -> str:
    known = [value for value in values if value is not None]
    if how == "sum" and len(known) > 1:
        return f"{' + '.join(map(_term, known))} = {shown}"
    if how == "mean" and result is not None:
        return _mean(known, result, list(map(_term, known)), shown)
    return shown if len(known) == 1 else f"{', '.join(map(_term, known))} → {shown}"


def _points(adjusted: Adjusted, months: Sequence[FullMonth]) -> str:
    """Return how the points of an adjustment come about: a month that reports none has 0, one not assessed none."""
    counting = [month for month in months if month.total is not None] or months
    points = [
        each.points or Decimal("0.00")
        for month in counting
        for each in month.adjustments
        if each.adjustment.id == adjusted.adjustment.id
    ]
    result = adjusted.points or Decimal("0.00")
    return _mean(points, result, [_signed(figures.points(each)) for each in points], figures.points(result))


def _mean(values: Sequence[Decimal], result: Decimal, terms: Sequence[str], shown: str) -> str:
    if len(values) == 1:
        return shown
    exact = Fraction(_total(values)) / len(values)
    return f"({' + '.join(terms)}) ÷ {len(values)} {_equals(exact, result)} {shown}"


def _sum(values: Sequence[Decimal | None]) -> str:
    terms = " + ".join(map(_term, values))
    return f"({terms})" if len(values) > 1 else terms


def _term(value: Decimal | None) -> str:
    return figures.NONE if value is None else _signed(grouped(value))


def _signed(number: str) -> str:
    return f"({number})" if number.startswith("-") else number


def _total(values: Iterable[Decimal | None]) -> Fraction:
    return sum((Fraction(value) for value in values if value is not None), Fraction(0))


def _equals(exact: Fraction, shown: Decimal) -> str:
    return "=" if exact == Fraction(shown) else "≈"


def _grade(month: FullMonth, language: Language) -> str:
    if month.grade is None:
        return say(_WORDS["not-assessed"], language)
    if not month.is_vetoed:
        return printable(month.grade)
    grades = {"grade": printable(month.grade), "by_total": printable(month.grade_by_total or "")}
    return say(_ROLLUP["vetoed-grade"], language).format(**grades)


def _found(card: Card, language: Language) -> str:
    """Say for how many of the period's months there is a card, and which are lacking."""
    wanted, found = months_of(card.period), {month.period for month in card.months}
    lacking = list(_spans([month for month in wanted if month not in found], language))
    words = say(_ROLLUP["months-lacking" if lacking else "months"], language)
    return words.format(found=len(found), wanted=len(wanted), lacking=_listed(lacking, language))


def _spans(months: Sequence[str], language: Language) -> Iterator[str]:
    """Yield months of one year, three or more in a row by the first and the last."""
    for _, run in groupby(enumerate(months), key=lambda each: int(each[1][-2:]) - each[0]):
        in_a_row = [month for _, month in run]
        if len(in_a_row) < 3:
            yield from in_a_row
        else:
            yield say(_ROLLUP["from-to"], language).format(first=in_a_row[0], last=in_a_row[-1])


def _line(name: Text, how: str, said: str, language: Language) -> str:
    how_said = say(_ROLLUP[how], language)
    return say(_ROLLUP["line"], language).format(name=printable(say(name, language)), how=how_said, said=said)


def _listed(words: Iterable[str], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(words)
