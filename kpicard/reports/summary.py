"""What is said of the whole department: its tables, quotas, combined totals, and whose cards are withheld."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from kpicard.cards.summary import weight
from kpicard.cards.summary_values import Combined, Group, QuotaUse, Spread, Summary
from kpicard.cards.values import Card, Withheld
from kpicard.messages import words_of
from kpicard.numbers import MILLION, from_millionths, plain
from kpicard.reports import figures
from kpicard.reports.figures import number
from kpicard.text import Language, printable, say

_WORDS: Final = words_of("card", "summary")


@dataclass(frozen=True, slots=True)
class Line:
    """The cards of all, of a role or of a team; `kind` is `whole`, `role` or `team`."""

    kind: str
    label: str
    spread: Spread


def lines(summary: Summary, language: Language) -> Iterator[Line]:
    """Yield the whole, the roles and the teams; roles where there are several, since one would repeat the whole."""
    yield Line("whole", say(_WORDS["whole"], language), summary.whole)
    for kind, groups in (("role", summary.by_role), ("team", summary.by_team)):
        if len(groups) > 1:
            yield from (Line(kind, _label(group, language), group.spread) for group in groups)


def figures_of(spread: Spread) -> list[str]:
    """Return mean, median, lowest, highest and deviation."""
    values = (spread.mean, spread.median, spread.lowest, spread.highest, spread.deviation)
    return [figures.number(value) for value in values]


def assessed(spread: Spread, language: Language) -> str:
    """Show how many cards are assessed; of how many, where not all are."""
    if spread.assessed == spread.cards:
        return str(spread.cards)
    return say(_WORDS["some"], language).format(assessed=spread.assessed, cards=spread.cards)


def bonus(spread: Spread, language: Language) -> str:
    """Show the sum of the bonuses; of how many cards, where not all have one."""
    if spread.bonus is None or spread.bonuses == spread.cards:
        return figures.amount(spread.bonus)
    return say(_WORDS["bonus-of"], language).format(
        bonus=figures.amount(spread.bonus), count=spread.bonuses, cards=spread.cards
    )


def grade_counts(spread: Spread) -> str:
    """Show how many cards have each grade, in one cell that breaks only between two of them."""
    return "  ".join(f"{printable(grade)}:{count}" for grade, count in spread.grades.items() if count)


def grades(summary: Summary, language: Language, widest: int) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield each grade of the scale: its name, what it means, how many have it, their share, and that as a bar."""
    most = max(summary.whole.grades.values(), default=0)
    for grade in summary.department.grades:
        count = summary.whole.grades[grade.grade]
        label = "" if grade.label is None else printable(say(grade.label, language))
        percent = f"{_tenths(count, summary.whole.assessed)}%" if summary.whole.assessed else figures.NONE
        yield printable(grade.grade), label, str(count), percent, "█" * -(-count * widest // max(most, 1))


def _tenths(count: int, whole: int) -> str:
    tenths = (2000 * count + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}"


def _label(group: Group, language: Language) -> str:
    if group.role is not None:
        return printable(say(group.role.title, language))
    return say(_WORDS["no-team"], language) if group.team is None else printable(group.team)


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
