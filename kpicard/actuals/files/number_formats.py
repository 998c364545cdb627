"""What a number format makes of a number: texts around it, a percentage, a date, a time or a duration."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple

_TOKEN: Final = re.compile(
    r"""
    "(?P<quoted>[^"]*)"?
    | [\\!](?P<escaped>.?)
    | [_*].?                         # blanks as wide as a character, fillers
    | \[(?P<elapsed>h+|m+|s+)\]      # [h]: hours beyond 24
    | \[(?P<test><=|>=|<>|<|>|=)(?P<limit>-?[0-9]+(?:\.[0-9]+)?)\]
    | \[\$(?P<currency>[^\]-]*)[^\]]*\]?  # [$¥-804]; [$-804] is a language alone
    | \[[^\]]*\]?                    # colours
    | am/pm | a/p
    | (?P<digit>general | e[+-] | /[0-9?\#]+ | [0\#?.,])
    | (?P<code>[yde]+|a{3,}|m+|h+|s+)
    | (?P<sign>[;%@])
    | (?P<other>.)                   # stands for itself
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)

Test = tuple[str, float]
"""A comparison and what it compares with."""


class Part(NamedTuple):
    """One part of a section. A code is in lower case, or in upper case if it is one of elapsed time."""

    kind: Literal["digit", "code", "sign", "text"]
    text: str


class SectionParts(NamedTuple):
    """What stands between two semicolons, and which numbers it says that it is for."""

    test: Test | None
    parts: tuple[Part, ...]

    @property
    def is_for_texts(self) -> bool:
        """Say whether it has a place for a text."""
        return Part("sign", "@") in self.parts


def split_format(number_format: str) -> list[SectionParts]:
    """Return the sections as they are written.

    >>> [section.parts for section in split_format('[Red]0"万"')]
    [(Part(kind='digit', text='0'), Part(kind='text', text='万'))]
    """
    found: list[SectionParts] = []
    test, parts = None, list[Part]()
    for token in _TOKEN.finditer(number_format):
        if token["sign"] == ";":
            found.append(SectionParts(test, tuple(parts)))
            test, parts = None, []
        elif token["test"]:
            test = (token["test"], float(token["limit"]))
        elif token["elapsed"]:
            parts.append(Part("code", token["elapsed"][0].upper()))
        elif token["code"]:
            parts.append(Part("code", token["code"].lower()))
        elif token["digit"]:
            parts.append(Part("digit", token["digit"]))
        elif token["sign"]:
            parts.append(Part("sign", token["sign"]))
        elif text := token["quoted"] or token["escaped"] or token["currency"] or token["other"]:
            parts.append(Part("text", text))
    found.append(SectionParts(test, tuple(parts)))
    return found


_LONE_SIGNS: Final = re.compile("(?<![A-Za-z])[-+()－＋（）\N{MINUS SIGN}]")
"""Dropped: `(0)` is how the format writes a minus, which is written as such; nor shall any other text make one."""

_SCALING: Final = re.compile("[0#?],+(?![,0#?])")
"""Commas behind the digits, or behind those before the point, show thousands; the others part thousands."""

_LONGEST: Final = 255
"""Excel's own limit for a format; what is longer may not stand in each of a million cells."""


class Literals(NamedTuple):
    """The texts before and behind a number, and how many digits a whole number has at least."""

    before: str = ""
    behind: str = ""
    digits: int = 0

    def around(self, number: str) -> str:
        """Return a plain number with what stands around it; its sign comes first.

        >>> Literals("¥", "/天").around("-12.5"), Literals("E", digits=3).around("7")
        ('-¥12.5/天', 'E007')
        """
        sign, unsigned = ("-", number[1:]) if number.startswith("-") else ("", number)
        if unsigned.isdecimal():
            unsigned = unsigned.zfill(self.digits)
        return f"{sign}{self.before}{unsigned}{self.behind}"


def literals_of(parts: Sequence[Part]) -> Literals:
    """Return what a section writes around a number that is no date or time.

    Where it shows another number than the stored one, in thousands or with a text amid the digits (`0!.0,"万"` shows
    32000 as 3.2万), its texts belong to that other number and are left out. A section of texts alone hides the number,
    and one for texts shows it as it is: there is nothing to put around it either.
    """
    is_percent = Part("sign", "%") in parts
    bare = Literals(behind="%" if is_percent else "")
    places = [place for place, part in enumerate(parts) if part.kind == "digit"]
    if not places or Part("sign", "@") in parts or sum(len(part.text) for part in parts) > _LONGEST:
        return bare
    first, end = places[0], places[-1] + 1
    digits = "".join(parts[place].text for place in places)
    if _SCALING.search(digits) or _joined(part for part in parts[first:end] if part.kind != "digit").strip():
        return bare
    before, behind = _joined(parts[:first]), _joined(parts[end:])
    # Where a digit would come to stand beside the number, `"2026-"000`, the text stays as it is: no new number is made.
    if not _shown(before)[-1:].isdigit():
        before = _shown(before)
    if not _shown(behind)[:1].isdigit():
        behind = _shown(behind)
    return Literals(before, behind, len(digits) if set(digits) == {"0"} and not is_percent else 0)


def _joined(parts: Iterable[Part]) -> str:
    return "".join(part.text for part in parts)


def _shown(text: str) -> str:
    """Return a text as it is shown. A sign is the number's; but one behind a letter is part of an id, `E-`."""
    return _LONE_SIGNS.sub("", text).strip()


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
