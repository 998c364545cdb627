"""The tables of the whole department's summary, as the reports for people share them: cells as texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kpicard.reports import figures
from kpicard.reports.words_summary import word
from kpicard.summary.values import Group, Spread, Summary
from kpicard.text import Language, printable, say


@dataclass(frozen=True, slots=True)
class Line:
    """The cards of all, of a role or of a team; `kind` is `whole`, `role` or `team`."""

    kind: str
    label: str
    spread: Spread


def lines(summary: Summary, language: Language) -> Iterator[Line]:
    """Yield the whole, the roles and the teams; roles where there are several, since one would repeat the whole."""
    yield Line("whole", word("whole", language), summary.whole)
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
    return word("some", language).format(assessed=spread.assessed, cards=spread.cards)


def bonus(spread: Spread, language: Language) -> str:
    """Show the sum of the bonuses; of how many cards, where not all have one."""
    if spread.bonus is None or spread.bonuses == spread.cards:
        return figures.amount(spread.bonus)
    return word("bonus-of", language).format(
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
    return word("no-team", language) if group.team is None else printable(group.team)
