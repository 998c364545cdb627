"""What a number format makes of a number: a plain number, a percentage, a date, or a time of day or duration."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, Literal, NamedTuple

Kind = Literal["number", "percent", "date", "time"]

EAST_ASIAN: Final[Mapping[int, str]] = {
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"',
    **dict.fromkeys((32, 34, 55), 'h"时"mm"分"'),
    **dict.fromkeys((33, 35, 56), 'h"时"mm"分"ss"秒"'),
}
"""The built-in formats of Chinese Excel: a file may name them by number alone, and neither library knows them."""

_TOKEN: Final = re.compile(
    r"""
    "[^"]*"? | [\\_*].?              # texts and blanks
    | \[(?P<elapsed>h+|m+|s+)\]      # [h]: hours beyond 24
    | \[(?P<test><=|>=|<>|<|>|=)(?P<limit>-?[0-9]+(?:\.[0-9]+)?)\]
    | \[[^\]]*\]?                    # colours, currencies, languages
    | general | e[+-] | am/pm | a/p
    | (?P<code>[yde]+|a{3,}|m+|h+|s+)
    | (?P<sign>[;%@])
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)

_TESTS: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "<>": operator.ne,
    ">": operator.gt,
    ">=": operator.ge,
}


class _Section(NamedTuple):
    """One of the parts between semicolons: for which numbers it is, and what is in it."""

    test: tuple[str, float] | None
    codes: tuple[str, ...]


def kind_of(number_format: str, number: float) -> Kind:
    """Return what a person sees a number as.

    >>> kind_of("0.0%", 1), kind_of("[h]:mm", 1), kind_of("yyyy-mm;@", 1), kind_of('0"%"', 1)
    ('percent', 'time', 'date', 'number')
    """
    sections = _sections(number_format)
    for section in sections[:-1]:
        if section.test and _TESTS[section.test[0]](number, section.test[1]):
            return _kind(section.codes)
    return _kind(sections[-1].codes)


@lru_cache(maxsize=4096)
def _sections(number_format: str) -> tuple[_Section, ...]:
    """Return the sections for numbers; the last one is for all that no other is for."""
    found: list[_Section] = []
    test, codes = None, list[str]()
    for token in _TOKEN.finditer(number_format):
        if token["sign"] == ";":
            found.append(_Section(test, tuple(codes)))
            test, codes = None, []
        elif token["test"]:
            test = (token["test"], float(token["limit"]))
        elif token["elapsed"]:
            codes.append(token["elapsed"][0].upper())
        elif token["code"] or token["sign"]:
            codes.append((token["code"] or token["sign"]).lower())
    found.append(_Section(test, tuple(codes)))
    if len(found) > 1 and "@" in found[-1].codes:
        found.pop()  # the section for texts
    # Without tests of their own: positive; negative; zero. Or, if there are two: the first is for zero as well.
    usual = ((">" if len(found) > 2 else ">=", 0.0), ("<", 0.0))
    own = [section._replace(test=section.test or test) for section, test in zip(found, usual, strict=False)]
    return (*own, *found[2:3])


@lru_cache(maxsize=4096)
def _kind(codes: tuple[str, ...]) -> Kind:
    """Return what a section shows: an upper-case code is one of elapsed time."""
    is_time = False
    for before, code, after in zip(("", *codes), codes, (*codes[1:], ""), strict=False):
        # One or two m are minutes behind hours and before seconds, else a month.
        is_minutes = code in {"m", "mm"} and (before[:1] in {"h", "H"} or after[:1] in {"s", "S"})
        if code[0] in "ydea" or (code[0] == "m" and not is_minutes):
            return "date"
        is_time = is_time or code not in {"%", "@"}
    if is_time:
        return "time"
    return "percent" if "%" in codes else "number"
