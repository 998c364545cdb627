"""What stands below the tables of a summary: quotas, combined totals, who is withheld or apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final

from kpicard.cards.summary import weight
from kpicard.cards.summary_values import Combined, QuotaUse, Summary
from kpicard.cards.values import Card, Withheld
from kpicard.messages import words_of
from kpicard.numbers import MILLION, from_millionths, plain
from kpicard.reports import figures
from kpicard.reports.card_notes import left_out_lines as on_card
from kpicard.reports.figures import number
from kpicard.text import Language, printable, say

_WORDS: Final = words_of("card", "summary")

_MOST: Final = 20
"""The most people that a line names; the JSON has them all."""


def quota_lines(summary: Summary, language: Language) -> list[str]:
    """Return a line for each quota, with who would be over; and that no grade changes by it, where somebody is.

    Of a choice of people or roles, return that it is none that could be counted.
    """
    if summary.quotas is None:
        return [say(_WORDS["quota-of-all"], language)]
    lines = [_quota(use, language) for use in summary.quotas]
    is_over = any(use.over for use in summary.quotas)
    return [*lines, say(_WORDS["quota-note"], language)] if is_over else lines


def combined_lines(summary: Summary, language: Language) -> list[str]:
    """Return how each combined total comes about, or why there is none."""
    return [_combined(each, language) for each in summary.combined]


def apart_lines(summary: Summary, language: Language) -> list[str]:
    """Return whose people lie far from the mean of all, for a calibration to look at."""
    far = [group for group in summary.by_manager if group.apart is not None]
    if not far:
        return []
    who = [
        say(_WORDS["above-mean" if group.apart > 0 else "below-mean"], language).format(
            manager=printable(group.manager or ""), apart=number(abs(group.apart))
        )
        for group in far
        if group.apart is not None
    ]
    joint = "、" if language == "zh" else ", "
    deviation = number(summary.whole.deviation)
    return [say(_WORDS["apart"], language).format(who=joint.join(who), deviation=deviation)]


def left_out_lines(summary: Summary, language: Language) -> list[str]:
    """Return what is not applicable on each card, and what its total would be with 0 for that."""
    colon = "：" if language == "zh" else ": "
    cards = [card for _, card in summary.ranking]
    lines = [f"{figures.employee(card)}{colon}{line}" for card in cards for line in on_card(card, language)]
    more = [say(_WORDS["more-left-out"], language).format(count=len(lines) - _MOST)] if len(lines) > _MOST else []
    return [*lines[:_MOST], *more]


def beside_lines(summary: Summary, language: Language) -> list[str]:
    """Return what is said below a ranking: whose cards are withheld, combined totals, quotas."""
    return [
        *withheld_lines(summary, language),
        *combined_lines(summary, language),
        *quota_lines(summary, language),
    ]


def withheld_lines(summary: Summary, language: Language) -> list[str]:
    """Return whose cards are not among those that are summed up."""
    if not summary.withheld:
        return []
    who = _people(summary.withheld, language)
    return [say(_WORDS["withheld"], language).format(count=len(summary.withheld), who=who)]


def _quota(use: QuotaUse, language: Language) -> str:
    line = say(_WORDS["quota-of" if use.limit.endswith("%") else "quota"], language).format(
        grade=printable(use.grade), count=use.count, allowed=use.allowed, limit=use.limit, people=use.people
    )
    if not use.over:
        return line
    line += say(_WORDS["over"], language).format(who=_people(use.over, language))
    return line + say(_WORDS["tie"], language) if len(use.over) > use.count - use.allowed else line


def _combined(combined: Combined, language: Language) -> str:
    who = _who(combined)
    if combined.withheld:
        roles = _listed((say(each.role.title, language) for each in combined.withheld), language)
        return say(_WORDS["no-combined"], language).format(who=who, roles=roles)
    if combined.total is None:
        return say(_WORDS["none-counts"], language).format(who=who)
    sign = "%" if combined.by == "share" else ""
    counted = [card for card in combined.cards if card.total is not None]
    parts = [
        f"{printable(say(card.role.title, language))} {number(card.total)} × {plain(weight(card, combined.by))}{sign}"
        for card in counted
    ]
    whole = sum((Fraction(weight(card, combined.by)) for card in counted), Fraction(0))
    line = say(_WORDS[f"combined-by-{combined.by}"], language).format(
        who=who,
        parts=" + ".join(parts),
        whole=f"{plain(from_millionths(int(whole * MILLION)))}{sign}",
        total=number(combined.total),
        grade=printable(combined.grade or ""),
        coefficient=number(combined.coefficient),
    )
    return line + "".join(_remarks(combined, language))


def _remarks(combined: Combined, language: Language) -> Iterator[str]:
    if combined.grade != combined.grade_by_total:
        yield say(_WORDS["capped"], language).format(by_total=printable(combined.grade_by_total or ""))
    left_out = [say(card.role.title, language) for card in combined.cards if card.total is None]
    if left_out:
        yield say(_WORDS["part-not-assessed"], language).format(roles=_listed(left_out, language))


def _people(people: Sequence[Card | Combined | Withheld], language: Language) -> str:
    named = _listed(map(_who, people[:_MOST]), language)
    left = len(people) - _MOST
    return named if left <= 0 else say(_WORDS["more"], language).format(who=named, count=left, all=len(people))


def _who(each: Card | Combined | Withheld) -> str:
    return printable(f"{each.name} ({each.employee})" if each.name else each.employee)


def _listed(words: Iterable[str], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(map(printable, words))
