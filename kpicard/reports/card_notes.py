"""What stands below a card's table, in the order in which one asks: pay, months, change, figures, advice, rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from kpicard.cards.advice import Advice, Step
from kpicard.cards.history import History
from kpicard.cards.left_out import left_out
from kpicard.cards.scorecards import Scorecards
from kpicard.cards.values import Adjusted, Card, FullMonth, Scored
from kpicard.messages import words_of
from kpicard.numbers import plain
from kpicard.reports import figures
from kpicard.reports.blocks import Picture, Span
from kpicard.reports.figures import amount, grouped, number, points, quantity, sparkline, with_unit
from kpicard.text import Language, printable, say

_WORDS: Final = words_of("card")
_SUMMARY: Final = words_of("summary")
_TREND: Final = words_of("trend")
_ADVICE: Final = words_of("advice")


Topic: TypeAlias = Literal["state", "pay", "months", "change", "figures", "advice", "rules"]
"""What a line below a card is about."""


def remarks(card: Card, result: Scorecards, language: Language) -> dict[Topic, list[str]]:
    """Return the lines below a card of a result by topic, in their order, as texts that are safe to show."""
    bonus = _bonus(card, language)
    history, advice = result.histories.get(card.key), result.advice.get(card.key)
    return {
        "state": state_lines(card, language),
        "pay": [bonus] if bonus else [],
        "months": _months(card, language),
        "change": history_lines(history, language) if history else [],
        "figures": notes(card, language),
        "advice": advice_lines(advice, card, language) if advice else [],
        "rules": [f"{say(_WORDS['rules'], language)}{_colon(language)}{card.rules}"],
    }


def state_lines(card: Card, language: Language) -> list[str]:
    """Say whether the card may still change, where that is known."""
    if card.state is None:
        return []
    kind, date, manifest = card.state
    word = f"state-{kind}" if date or kind == "provisional" else f"state-{kind}-undated"
    return [say(_WORDS[word], language).format(date=date, manifest=manifest, period=card.period)]


def _bonus(card: Card, language: Language) -> str | None:
    """Return how the bonus comes about, as one would write it; None for a card without a base."""
    if card.base is None:
        return None
    base, pay = amount(card.base), card.pay
    if card.bonus is None or pay is None:
        waiting = [printable(say(role, language)) for role in pay.waiting] if pay else []
        roles = ("、" if language == "zh" else ", ").join(waiting)
        return say(_SUMMARY["bonus-open" if waiting else "no-bonus"], language).format(base=base, roles=roles)
    line = say(_SUMMARY["bonus"], language).format(base=base, coefficient=pay.words, bonus=amount(card.bonus))
    if pay.is_combined:
        line += say(_SUMMARY["bonus-together"], language)
    elif card.days is not None and card.share is None:
        line += say(_SUMMARY["bonus-days"], language).format(days=number(card.days))
    return line


def change(value: Decimal | None) -> str:
    """Show how much higher a figure is than before.

    >>> change(Decimal("2.31")), change(Decimal("-1.20")), change(Decimal("0.00")), change(None)
    ('+2.31', '−1.20', '±0.00', '—')
    """
    if value is None:
        return figures.NONE
    return f"{'+' if value > 0 else '−' if value < 0 else '±'}{figures.points(value.copy_abs())}"


def _months(card: Card, language: Language) -> list[str]:
    if card.rollup is None:
        return []
    from kpicard.reports.rollup_notes import longer_lines

    return longer_lines(card, language)


def history_lines(history: History, language: Language) -> list[str]:
    """Say how the newest card differs from the one before: total, grade, and whether other rules scored it."""
    before, after = history.before, history.last
    parts = []
    if history.change is not None:
        words = say(_TREND["total-changed"], language)
        before_and_after = {"before": figures.number(before.total), "after": figures.number(after.total)}
        parts.append(words.format(change=change(history.change), **before_and_after))
    old, new = figures.grade(before, language), figures.grade(after, language)
    word = "grade-stays" if old == new else "grade-changed"
    parts.append(say(_TREND[word], language).format(before=old, after=new))
    if before.rules != after.rules:
        parts.append(say(_TREND["other-rules"], language))
    said = ("，" if language == "zh" else ", ").join(parts)
    return [say(_TREND["against"], language).format(period=before.period, said=said)]


def kpi_trend(history: History, kpi: str) -> tuple[Picture, str]:
    """Show the scores of a KPI as a sparkline, and how much higher the newest is than before."""
    return _trend(history, history.scores(kpi), history.score_change(kpi))


def total_trend(history: History) -> tuple[Picture, str]:
    """Show the totals as a sparkline, and how much higher the newest is than before."""
    return _trend(history, history.totals, history.change)


def _trend(history: History, values: Sequence[Decimal | None], changed: Decimal | None) -> tuple[Picture, str]:
    def drawn() -> str:
        from kpicard.reports import pictures

        shown = zip(history.periods, map(number, values), strict=True)
        return pictures.spark(values, ", ".join(f"{period}: {figure}" for period, figure in shown))

    return Picture("spark", Span(sparkline(values)), drawn), f" {change(changed)}"


def notes(card: Card, language: Language) -> list[str]:
    """Return the lines: comments, divisions, adjustments, limits of the grade, weights scaled up, and points lost."""
    return [
        *_comments(card, language),
        *_team_figures(card, language),
        *_divisions(card, language),
        *_sums(card, language),
        *_limits(card, language),
        *_red_lines(card, language),
        *_whole(card, language),
    ]


def _comments(card: Card, language: Language) -> Iterator[str]:
    """Yield what somebody says of the card, and of its KPIs."""
    names = {
        **{each.kpi.id: each.kpi.name for each in card.kpis},
        **{each.adjustment.id: each.adjustment.name for each in card.adjustments},
    }
    brackets = ("（", "，", "）") if language == "zh" else (" (", ", ", ")")
    for comment in card.comments:
        name = names.get(comment.kpi or "")
        about = [comment.period] if comment.period else []
        about += [printable(say(name, language))] if name else []
        head = say(_WORDS["comment"], language)
        if about:
            head += f"{brackets[0]}{brackets[1].join(about)}{brackets[2]}"
        yield f"{head}{_colon(language)}{printable(comment.text)}"


def _team_figures(card: Card, language: Language) -> Iterator[str]:
    """Yield which figures are those of a whole team, or computed from those of others."""
    for each in card.kpis:
        if each.kpi.of and each.actual is not None:
            words = say(_WORDS[f"computed-{each.kpi.of.over}"], language)
            yield f"{_name(each, language)}{words.format(kpi=printable(each.kpi.of.kpi))}"
    for team in dict.fromkeys(card.team_figures.values()):
        names = [
            printable(say(each.kpi.name, language)) for each in card.kpis if card.team_figures.get(each.kpi.id) == team
        ]
        words = say(_WORDS["team-figures"], language)
        yield words.format(team=printable(team), kpis=("、" if language == "zh" else ", ").join(names))


def _divisions(card: Card, language: Language) -> Iterator[str]:
    """Yield how each actual was divided that was given as two; over several months that is said with their sums."""
    for scored in card.kpis if len(card.months) < 2 else ():
        if scored.numerator is not None and scored.denominator is not None:
            divided = f"{grouped(scored.numerator)} ÷ {grouped(scored.denominator)}"
            yield f"{_name(scored, language)}{divided} = {quantity(scored.actual, scored, language)}"


def _sums(card: Card, language: Language) -> Iterator[str]:
    """Yield how the points of each adjustment come about, over several months those of each month."""
    for adjusted in card.adjustments:
        sums = [_sum(adjusted, language)]
        if len(card.months) > 1:
            months = [(month, _sum(each, language)) for month, each in _in_months(adjusted, card)]
            sums = [f"{month} {formula}" for month, formula in months if formula]
        if sums := list(filter(None, sums)):
            yield f"{_name(adjusted, language)}{('；' if language == 'zh' else '; ').join(sums)}"


def _in_months(adjusted: Adjusted, card: Card) -> Iterator[tuple[str, Adjusted]]:
    for month in card.months:
        for each in month.adjustments if isinstance(month, FullMonth) else ():
            if each.adjustment.id == adjusted.adjustment.id:
                yield month.period, each


def _sum(adjusted: Adjusted, language: Language) -> str:
    """Return the points as how many there were times those for each, up to the bounds; empty where none count."""
    if adjusted.actual is None or adjusted.points is None:
        return ""
    adjustment = adjusted.adjustment
    count = with_unit(grouped(adjusted.actual), adjustment.unit, language)
    bounds = [
        f"{say(_WORDS[word], language)} {plain(bound)}"
        for word, bound in (("at-least", adjustment.at_least), ("at-most", adjustment.at_most))
        if bound is not None
    ]
    times = f"{printable(count)} × {plain(adjustment.points_each)}"
    return f"{_listed([times, *bounds], language)} = {points(adjusted.points)}"


def _limits(card: Card, language: Language) -> Iterator[str]:
    """Yield why the grade may be no better than it is, whatever the total."""
    for limit in card.limits:
        by_total = printable(card.grade_by_total or "")
        yield say(_WORDS["vetoed"], language).format(**figures.limit(limit, language), by_total=by_total)


def _red_lines(card: Card, language: Language) -> Iterator[str]:
    """Yield which counts hold the grade down."""
    for each in card.red_lines:
        if each.adjustment.red_line:
            yield say(_WORDS["red-line"], language).format(**red_line(each, language))


def red_line(line: Adjusted, language: Language) -> dict[str, str]:
    """Return what is said of a count that holds the grade down."""
    held = line.adjustment.red_line
    return {
        "name": printable(say(line.adjustment.name, language)),
        "count": figures.counted(line, language),
        "bound": "" if held is None else plain(held.from_),
        "grade": "" if held is None else printable(held.grade_at_most),
    }


def left_out_lines(card: Card, language: Language) -> Iterator[str]:
    """Yield what is not applicable on a card and why, the total with 0 for it, and why there is no grade."""
    found = left_out(card)
    if found is None:
        return
    word = "left-out-na" if found.total_with_zero is None else "with-zero"
    kpis = ("、" if language == "zh" else ", ").join(_with_reason(each, language) for each in found.kpis)
    yield say(_WORDS[word], language).format(kpis=kpis, total=number(found.total_with_zero))
    if card.total is not None and card.grade is None and card.left_out_most is not None:
        weight, most = plain(found.weight), plain(card.left_out_most)
        yield say(_WORDS["too-much-left-out"], language).format(weight=weight, most=most)


def _with_reason(scored: Scored, language: Language) -> str:
    name = printable(say(scored.kpi.name, language))
    if scored.reason is None:
        return name
    return say(_WORDS["reason"], language).format(kpi=name, reason=printable(scored.reason))


def _whole(card: Card, language: Language) -> Iterator[str]:
    yield from left_out_lines(card, language)
    if card.is_partial:
        yield rescaled(card, language)
    if card.total is not None and card.kpis:
        yield f"{say(_WORDS['lost'], language)}{_colon(language)}{_losses(card, language)}"


def rescaled(card: Card, language: Language) -> str:
    """Say how the effective weights of a card come about on which KPIs are left out."""
    word = "rescaled" if card.role.weights == "overall" else "rescaled-in-sections"
    return say(_WORDS[word], language).format(weight=plain(card.full_weight))


def _losses(card: Card, language: Language) -> str:
    """Say on which KPIs points were lost against a score of 100, most first."""
    lost = [(scored.lost, scored) for scored in card.kpis]
    parts = [
        f"{printable(say(scored.kpi.name, language))} {number(each)}"
        for each, scored in sorted(lost, key=lambda each: -each[0])
        if each > 0
    ]
    return ("、" if language == "zh" else ", ").join(parts) or say(_WORDS["nothing-lost"], language)


def _name(line: Scored | Adjusted, language: Language) -> str:
    item = line.kpi if isinstance(line, Scored) else line.adjustment
    return f"{printable(say(item.name, language))}{_colon(language)}"


def _listed(parts: list[str], language: Language) -> str:
    return ("，" if language == "zh" else ", ").join(parts)


def _colon(language: Language) -> str:
    return "：" if language == "zh" else ": "


def advice_lines(advice: Advice, card: Card, language: Language) -> list[str]:
    """Return what a card lacks for the next grade, which KPIs can do it alone, and the cheapest combination."""
    gap = "" if language == "zh" else " "
    first = _held(card, language) if card.grade != card.grade_by_total else _lacking(advice, language)
    if not advice.alone and not advice.together:
        why = "out-of-reach" if all(map(_is_measured, card.kpis)) else "no-way-found"
        return [first + gap + _say(why, language)]
    if advice.alone:
        alone = _say("alone", language, steps=_steps(advice.alone, language))
    else:
        alone = _say("none-alone", language)
    lines = [first + gap + alone]
    if advice.together and (len(advice.together) > 1 or len(advice.alone) > 1):
        word = "together" if advice.is_cheapest else "best-found"
        lines.append(_say(word, language, steps=_steps(advice.together, language)))
    return lines


def _held(card: Card, language: Language) -> str:
    """Say what the card is by its total, and that only a limit is in the way."""
    by_total, held = (printable(grade or "") for grade in (card.grade_by_total, card.grade))
    word = "held" if len(card.limits) == 1 else "held-by-several"
    return _say(word, language, by_total=by_total, held=held)


def _lacking(advice: Advice, language: Language) -> str:
    bound, lacking = plain(advice.from_), f"{advice.lacking:f}"
    return _say("lacking", language, grade=printable(advice.grade), bound=bound, lacking=lacking)


def _is_measured(scored: Scored) -> bool:
    """Return whether a change of a KPI can be measured by its target, or the KPI does not count at all."""
    return scored.points is None or (scored.actual is not None and scored.target is not None and scored.target > 0)


def _steps(steps: Iterable[Step], language: Language) -> str:
    return ("；" if language == "zh" else "; ").join(_step(step, language) for step in steps)


def _step(step: Step, language: Language) -> str:
    """Say which actual a KPI would need, exactly; a unit is written once."""
    scored = step.scored
    kpi, actual = printable(say(scored.kpi.name, language)), quantity(step.actual, scored, language)
    if step.is_any:
        return _say("any", language, kpi=kpi)
    if scored.actual is None:
        return _say("from-nothing", language, kpi=kpi, actual=actual)
    return _say("change", language, kpi=kpi, before=grouped(scored.actual), actual=actual)


def _say(word: str, language: Language, **values: str) -> str:
    return say(_ADVICE[word], language).format(**values)
