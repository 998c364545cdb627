"""How figures are shown to people: with units, bars, signs and sparklines; a dash where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kpicard.actuals.header_vocabulary import ABOUT_PEOPLE, COLUMNS
from kpicard.messages import words_of
from kpicard.numbers import plain, points_text
from kpicard.text import Both, Language, Text, printable, say

if TYPE_CHECKING:
    from kpicard.cards.values import Adjusted, Card, Limit, Scored, Withheld
    from kpicard.rules.models import Department, Grade

WORDS: Final = words_of("card")


NONE = "—"
_EIGHTHS = " ▏▎▍▌▋▊▉█"


def limit(found: Limit, language: Language) -> dict[str, str]:
    """Return what is said of a score that limits the grade."""
    return {
        "kpi": printable(say(found.scored.kpi.name, language)),
        "score": number(found.scored.score),
        "bound": plain(found.below),
        "grade": printable(found.grade),
    }


def about(card: Card) -> dict[Both, str]:
    """Return what a card says of its person beside the name, by what that is."""
    said = {COLUMNS[column]: getattr(card, column) for column in ABOUT_PEOPLE if column != "name"}
    return {what: printable(text) for what, text in said.items() if text}


def quantity(value: Decimal | None, scored: Scored, language: Language) -> str:
    """Show a target or an actual with the KPI's unit."""
    if value is None:
        return NONE
    return printable(with_unit(grouped(value), scored.kpi.unit, language))


def grouped(value: Decimal) -> str:
    """Show a value with commas between thousands."""
    whole, point, decimals = plain(value).partition(".")
    return f"{int(whole):,}{point}{decimals}" if value <= -1 or value >= 1 else plain(value)


def with_unit(number: str, unit: Text | None, language: Language) -> str:
    """Put a unit behind a number; the percent sign without a space."""
    word = "" if unit is None else say(unit, language)
    return f"{number}%" if word == "%" else f"{number} {word}".rstrip()


def actual(scored: Scored, language: Language) -> str:
    """Show the actual, or why there is none and what became of it."""
    if scored.status == "scored":
        return quantity(scored.actual, scored, language) + _level(scored, language)
    if scored.status == "not_applicable":
        return say(WORDS["not_applicable"], language)
    return say(WORDS["left-out" if scored.points is None else "counted-zero"], language)


def _level(scored: Scored, language: Language) -> str:
    """Show the word that stands for an actual, in brackets behind it."""
    words = [printable(say(each.level, language)) for each in scored.kpi.levels if each.value == scored.actual]
    return ("（{}）" if language == "zh" else " ({})").format(words[0]) if words else ""


def counted(adjusted: Adjusted, language: Language) -> str:
    """Show how many there were of what an adjustment counts."""
    if adjusted.actual is None:
        return say(WORDS["not_applicable" if adjusted.status == "not_applicable" else "none-reported"], language)
    return printable(with_unit(grouped(adjusted.actual), adjusted.adjustment.unit, language))


def percent(value: Decimal | None) -> str:
    """Show an attainment."""
    return NONE if value is None else f"{value:f}%"


def number(value: Decimal | None) -> str:
    """Show a score or a total as it is."""
    return NONE if value is None else f"{value:f}"


def score(scored: Scored, language: Language) -> str:
    """Show a score, with the full marks where these are not 100."""
    if scored.score is None or scored.kpi.out_of is None:
        return number(scored.score)
    return say(WORDS["out-of"], language).format(score=plain(scored.score), full=plain(scored.kpi.out_of))


def points(value: Decimal | None) -> str:
    """Show points: two decimals, and up to four where they have them."""
    return NONE if value is None else points_text(value)


def weight(value: Decimal | None) -> str:
    """Show an effective weight."""
    return NONE if value is None else plain(value)


def amount(value: Decimal | None) -> str:
    """Show an amount of money, with commas between thousands."""
    return NONE if value is None else grouped(value)


def bar(attainment: Decimal | None) -> str:
    """Draw an attainment, ten percent a character: ten up to the target, and two beyond it."""
    if attainment is None:
        return ""
    eighths = int(min(max(attainment, Decimal(0)), Decimal(120)) * 8 / 10)
    upto, beyond = _blocks(min(eighths, 80)), _blocks(max(eighths - 80, 0))
    return f"{upto.ljust(10, '░')}│{beyond}"


def _blocks(eighths: int) -> str:
    full, rest = divmod(eighths, 8)
    return "█" * full + (_EIGHTHS[rest] if rest else "")


def employee(card: Card | Withheld) -> str:
    """Show who the card is about."""
    return printable(f"{card.name} ({card.employee})" if card.name else card.employee)


def grade(card: Card, language: Language) -> str:
    """Show a card's grade, or that it is not assessed."""
    if card.grade:
        return printable(card.grade)
    return say(WORDS["not-assessed" if card.total is None else "not-graded"], language)


def totals(scale: Sequence[Grade], language: Language) -> list[str]:
    """Return for each grade of a scale, best first, which totals have it."""
    bounds = [plain(grade.from_) for grade in scale[:-1]]
    return [_totals(*each, language) for each in zip([*bounds, None], [None, *bounds], strict=True)]


def _totals(bound: str | None, above: str | None, language: Language) -> str:
    if language == "zh":
        parts = ([] if bound is None else [f"{bound} 及以上"]) + ([] if above is None else [f"低于 {above}"])
        return "，".join(parts) or "全部"
    parts = ([] if bound is None else [f"{bound} or more"]) + ([] if above is None else [f"below {above}"])
    return ", ".join(parts) or "all"


LOW: Final = Decimal(0)
HIGH: Final = Decimal(120)
"""The scale of scores and totals: 0, and the highest score that roles usually give."""

GAP: Final = "·"
BARS: Final = "▁▂▃▄▅▆▇█"


def sparkline(values: Iterable[Decimal | None], low: Decimal = LOW, high: Decimal = HIGH) -> str:
    """Draw each value as a bar of eight heights between `low` and `high`, and a dot where there is none.

    The scale is fixed, so that two sparklines compare: from 0 to 120 a bar is one higher every 15 points. A value
    beyond the scale is drawn as the lowest or the highest bar.

    >>> sparkline([Decimal("59.99"), Decimal(60), None, Decimal(100), Decimal(130)])
    '▄▅·▇█'
    """
    return "".join(GAP if value is None else BARS[_height(value, low, high)] for value in values)


def _height(value: Decimal, low: Decimal, high: Decimal) -> int:
    within = (Fraction(value) - Fraction(low)) / (Fraction(high) - Fraction(low))
    return min(max(int(within * len(BARS)), 0), len(BARS) - 1)


def footer(department: Department | None, language: Language) -> list[str]:
    """Return what a department wants at the foot of what is printed."""
    return [printable(say(department.footer, language))] if department and department.footer else []


def signatures(department: Department | None, language: Language) -> list[str]:
    """Return who signs what is printed: those whom the department names, else the employee and the supervisor."""
    if department and department.signatures:
        return [printable(say(each, language)) for each in department.signatures]
    words = words_of("page")
    return [say(words[word], language) for word in ("sign-employee", "sign-supervisor")]
