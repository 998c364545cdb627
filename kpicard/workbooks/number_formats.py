"""What a number format makes of a number: a number with texts around it, a percentage, a date, a time or a duration."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from kpicard.workbooks.format_parts import Part, Test, split_format
from kpicard.workbooks.literals import Literals, literals_of

Kind = Literal["number", "percent", "date", "time", "clock"]
"""A clock is a time of which hours and minutes alone are shown, as 1:10, which may as well be minutes and seconds."""

EAST_ASIAN: Final[Mapping[int, str]] = {
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"',
    **dict.fromkeys((32, 34, 55), 'h"时"mm"分"'),
    **dict.fromkeys((33, 35, 56), 'h"时"mm"分"ss"秒"'),
}
"""The built-in formats of Chinese Excel: a file may name them by number alone, and neither library knows them."""

_TESTS: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "<>": operator.ne,
    ">": operator.gt,
    ">=": operator.ge,
}


class Section(NamedTuple):
    """One of the parts between semicolons: for which numbers it is, and what it makes of them."""

    test: Test | None
    kind: Kind
    literals: Literals


_GENERAL: Final = Section(None, "number", Literals())


def section_for(number_format: str, number: float) -> Section:
    """Return the section that a number is shown by.

    >>> [section_for(each, 1).kind for each in ("0.0%", "[h]:mm", "h:mm", "yyyy-mm;@", '0"%"')]
    ['percent', 'time', 'clock', 'date', 'number']
    """
    for section in _sections(number_format):
        if section.test is None or _TESTS[section.test[0]](number, section.test[1]):
            return section
    return _GENERAL  # every section is for other numbers


@lru_cache(maxsize=4096)
def _sections(number_format: str) -> tuple[Section, ...]:
    """Return the sections for numbers, in the order in which they are tried."""
    found = split_format(number_format)
    if len(found) > 1 and found[-1].is_for_texts:
        found.pop()
    # Without tests of their own: positive; negative; zero. Or, if there are two: the first is for zero as well.
    # The last one is for all that no other is for.
    usual: tuple[Test, ...] = ((">" if len(found) > 2 else ">=", 0.0), ("<", 0.0))[: len(found) - 1]
    return tuple(
        Section(section.test or test, _kind(section.parts), literals_of(section.parts))
        for section, test in zip(found, (*usual, None), strict=False)
    )


def _kind(parts: Sequence[Part]) -> Kind:
    codes = [part.text for part in parts if part.kind == "code"]
    for before, code, after in zip(["", *codes], codes, [*codes[1:], ""], strict=False):
        # One or two m are minutes behind hours and before seconds, else a month.
        is_minutes = code in {"m", "mm"} and (before[:1] in {"h", "H"} or after[:1] in {"s", "S"})
        if code[0] in "ydea" or (code[0] == "m" and not is_minutes):
            return "date"
    if codes:
        return "clock" if _is_clock(parts) else "time"
    return "percent" if Part("sign", "%") in parts else "number"


def _is_clock(parts: Sequence[Part]) -> bool:
    """Say whether hours and minutes alone are shown, and not with a word between them as in 1时10分."""
    places = [place for place, part in enumerate(parts) if part.kind == "code"]
    if [parts[place].text[0] for place in places] != ["h", "m"]:
        return False
    return not any(character.isalpha() for part in parts[places[0] + 1 : places[1]] for character in part.text)
