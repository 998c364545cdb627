"""Numbers in a text with the magnitudes behind them, and what a KPI's unit measures, told by any of its spellings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from math import lcm
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from kpicard.numbers import LIMIT, MILLION, from_millionths
from kpicard.text import Text, half_width, spellings, squeeze

NUMBER: Final = re.compile(
    r"""
    (?: [1-9][0-9]{0,2} (?:[ '’][0-9]{3})+ (?![0-9]) (?:[.,][0-9]+)?  # grouped by blanks or apostrophes
      | [0-9]+ (?:[.,][0-9]+)*                                    # all else, also what commas group wrongly
      | (?<![A-Za-zЀ-ӿ])\.[0-9]+                              # but Rs.500
    )
    (?: [eE][-+]?[0-9]+ )?
    """,
    re.VERBOSE,
)
"""All that looks like one number, rightly written or not, in a half-width text."""

_PLAIN: Final = re.compile(r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_GROUPED: Final = re.compile(
    r"(?:[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+|(?: [0-9]{3})+|(?:['’][0-9]{3})+)|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3})"
    r"(?:\.[0-9]+)?"
)
"""Grouped by thousands, or as in India: 12,34,567."""

_COMMAS: Final = re.compile(r",?[0-9]+(?:[., '’][0-9]+)*")
_DECIMAL_COMMA: Final = re.compile(
    r"(?:[0-9]+|[1-9][0-9]{0,2}(?:[. '’][0-9]{3})+),[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}"
)
_EITHER: Final = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}[.,][0-9]{3}(?![0-9.,])")
_MARK: Final = re.compile(r"(?<![A-Za-zЀ-ӿ0-9])[.,](?=[0-9])|(?<=[0-9])[.,](?=[0-9])")

Style = Literal["", ".", ",", "?"]
"""Which mark divides decimals: not said, so that it is the point; said to be the point or the comma; or not to be told
where only one group of three digits is behind it, in a file whose columns are separated by semicolons."""


def in_points(text: str, style: Style) -> str:
    """Return a half-width text with points for its decimal marks, and the other way round, each in its place.

    >>> in_points("-1.299,99 EUR", ","), in_points("1,299.99", "")
    ('-1,299.99 EUR', '1,299.99')
    """
    return _MARK.sub(lambda found: "," if found[0] == "." else ".", text) if style == "," else text


def read_numeral(text: str) -> Decimal | None:
    """Return the number that `text`, found by `NUMBER`, says; None where it is written wrongly."""
    if _GROUPED.fullmatch(text):
        return Decimal(re.sub("[, '’]", "", text))
    return _read_scientific(text) if _PLAIN.fullmatch(text) else None


def _read_scientific(text: str) -> Decimal:
    digits, _, exponent = text.lower().partition("e")
    if not exponent:
        return Decimal(digits)
    # Decimals and integers have limits of their own: an exponent that no digits make up for is as good as any such.
    furthest = len(digits) + 1000
    return Decimal(f"{digits}e{min(max(Decimal(exponent), -furthest), furthest)}")


def wrong_mark(text: str, style: Style) -> Literal["decimal-comma", "comma", "point"] | None:
    """Return what is wrong with a number's marks: 3,5 may have a decimal comma, 1,23,45 has none that is known.

    Where the comma divides decimals the text is one `in_points`, and what is wrong with its commas are its points.
    """
    for found in _COMMAS.finditer(text):
        if style in {"", "?"} and _DECIMAL_COMMA.fullmatch(found[0]) and not _GROUPED.fullmatch(found[0]):
            return "decimal-comma"
        if "," in found[0] and not _GROUPED.fullmatch(found[0]):
            return "point" if style == "," else "comma"
    return None


def either(text: str) -> str | None:
    """Return the number in a text whose mark may divide thousands as well as decimals: 12.500, 1,299."""
    found = _EITHER.search(text)
    return found[0] if found else None


_DIGITS: Final = {
    character: digit
    for digit, characters in enumerate(("零", "一", "二两", *"三四五六七八九"))
    for character in characters
}
_CHINESE: Final = re.compile(r"[零一二两三四五六七八九十百千万亿]{1,20}+")


def in_digits(text: str) -> str:
    """Return a text without digits with the whole number that it begins with in Chinese in digits.

    >>> [in_digits(text) for text in ("三次", "一百零五件", "两万三千元", "百分之九十五", "万次", "三千五")]
    ['3次', '105件', '23000元', '95%', '万次', '三千五']
    """
    percent = text.startswith("百分之")
    found = _CHINESE.match(text.removeprefix("百分之"))
    number = _chinese(found[0]) if found else None
    if found is None or number is None:
        return text
    return f"{number}{'%' * percent}{text.removeprefix('百分之')[found.end() :]}"


def _chinese(text: str) -> int | None:
    """Return the number that Chinese characters say; None where they are no number as one writes it."""
    for mark, size in (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10)):
        head, found, rest = text.rpartition(mark) if size > 1000 else text.partition(mark)
        if found:
            times = 1 if not head and mark == "十" else _chinese(head)
            behind = _chinese(rest.removeprefix("零")) if rest.removeprefix("零") else 0
            if not times or behind is None or behind >= size or (size <= 1000 and times > 9):
                return None
            if behind and behind * 10 < size and not rest.startswith("零"):
                return None  # 三千五 may be 3500, and 三千零五 is 3005
            return times * size + behind
    return _DIGITS.get(text)


CHINESE: Final = {
    "百": 10**2,
    "千": 10**3,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}
LETTERS: Final = {"k": 10**3, "K": 10**3, "w": 10**4, "W": 10**4, "M": 10**6}
MAGNITUDES: Final[Mapping[str, int]] = CHINESE | LETTERS

_LEADING: Final = re.compile("|".join(sorted(MAGNITUDES, key=len, reverse=True)))


def split_magnitude(text: str) -> tuple[str, str]:
    """Return the longest magnitude that `text` starts with, empty if none, and what follows it.

    >>> split_magnitude("百万 次"), split_magnitude("次")
    (('百万', '次'), ('', '次'))
    """
    found = _LEADING.match(text)
    return (found[0], text[found.end() :].lstrip()) if found else ("", text)


_HIGHEST: Final = 40
"""No unit and no magnitude brings a number with more digits before its point back into range."""
_LOWEST: Final = -60
"""No unit and no magnitude makes a number count whose first digit is further behind its point."""
_ROOM: Final = 200
"""More digits than factors and places add to those of a text."""


class Total(NamedTuple):
    """The sum of some numbers, none below zero, each times a factor; or minus that sum."""

    terms: tuple[tuple[Decimal, Fraction], ...]
    negative: bool = False


def rounded(total: Total, digits: int) -> Decimal | None:
    """Return a total of numbers with so many digits, rounded half away from zero; None where it is out of range."""
    common = lcm(*(factor.denominator for _, factor in total.terms))
    exact = Context(prec=digits + _ROOM)  # wide enough that nothing before the division is rounded
    doubled = Decimal(common)  # half a millionth more: what is then cut off was rounded
    for number, factor in total.terms:
        if not number or number.adjusted() < _LOWEST:
            continue
        if number.adjusted() >= _HIGHEST:
            return None
        doubled = exact.fma(number, 2 * MILLION * factor.numerator * (common // factor.denominator), doubled)
    millionths = int(exact.divide_int(doubled, 2 * common))
    if millionths >= LIMIT:
        return None
    return from_millionths(-millionths if total.negative else millionths)


Kind = Literal["percent", "time", "money", "score", "other"]


class Measure(NamedTuple):
    """What a word measures, and how many base units it is: percent, seconds, points, or those of a currency."""

    kind: Kind
    scale: Fraction
    currency: str = ""
    """Of money, the currency's code by ISO 4217."""


class Unit(NamedTuple):
    """What a KPI's actual is counted in.

    `scale` says how many base units one unit is, `words` are its own spellings and `base_words` those of the base unit
    of a scaled one such as 万次: half-width, in lower case and without blanks.
    """

    kind: Kind = "other"
    scale: Fraction = Fraction(1)
    words: frozenset[str] = frozenset()
    base_words: frozenset[str] = frozenset()
    currency: str = ""
    """Of money, the currency's code by ISO 4217; empty where any will do."""

    @property
    def essence(self) -> tuple[str, ...]:
        """What tells it from others: its own words, unless these are known to all rules from the first."""
        if self.kind == "other" or self.currency not in {"", "CNY"}:
            return ("other", str(self.scale), *sorted(self.words))
        return self.kind, str(self.scale)


def _words(kind: Kind, scale: Fraction, words: str) -> Mapping[str, Measure]:
    return dict.fromkeys(words.split(), Measure(kind, scale))


_MINUTE: Final = Measure("time", Fraction(60))
_OTHER: Final = Measure("other", Fraction(1))

KNOWN: Final[Mapping[str, Measure]] = {
    **_words("percent", Fraction(1), "% percent 百分比"),
    **_words("percent", Fraction(1, 10), "‰ permille 千分比"),
    **_words("time", Fraction(1, 1000), "ms 毫秒"),
    **_words("time", Fraction(1), "s sec secs second seconds 秒 秒钟"),
    **_words("time", Fraction(60), "min mins minute minutes 分钟"),
    **_words("time", Fraction(3600), "h hr hrs hour hours 小时 钟头"),
    **_words("time", Fraction(86400), "d day days 天 日"),
    **_words("score", Fraction(1), "points point scores score 分 分数 stars star 星"),
}
"""The words that mean the same under every unit, but for those of money."""

_CURRENCIES: Final[Mapping[str, Any]] = json.loads(Path(__file__).with_name("currencies.json").read_text("utf-8"))
_MONEY: Final = {word: code for code, words in _CURRENCIES["words"].items() for word in (code, code.lower(), *words)}
_SHARED: Final[Mapping[str, Sequence[str]]] = _CURRENCIES["shared"]
"""The signs that several currencies share: each with the others' codes."""


def measure_of(word: str) -> Measure | None:
    """Return what a word measures under every unit, None where it is not known; codes of currencies in capitals."""
    found = KNOWN.get(word.lower())
    if found is None:
        code = word if word in _CURRENCIES["codes"] else _MONEY.get(word) or _MONEY.get(word.lower())
        found = Measure("money", Fraction(1), code) if code else None
    return found


def is_same_money(word: str, currency: str) -> bool:
    """Whether a word of money may be that of a currency: $ is that of dollars of any country."""
    found = measure_of(word)
    return not currency or (found is not None and currency in {found.currency, *_SHARED.get(word, ())})


def unit_of(unit: Text | None) -> Unit:
    """Return what `unit` measures; spellings that contradict each other measure nothing that is known."""
    written = [squeeze(half_width(each)) for each in spellings(unit)] if unit is not None else []
    measures = {word.lower(): _measure(word) for word in written if word}
    words = frozenset(measures)
    if "分" in words and any(each.kind == "time" for each in measures.values()):
        measures["分"] = _MINUTE  # alone it is a score, beside `min` it is minutes
    different = set(measures.values())
    if len(different) == 1 and _OTHER not in different:
        kind, scale, currency = different.pop()
        return Unit(kind, scale, words, currency=currency)
    return _scaled(words)


def _measure(word: str) -> Measure:
    """Return what one spelling measures, its case kept: M is a million, m is not."""
    if found := measure_of(word):
        return found
    magnitude, rest = split_magnitude(word)
    base = measure_of(rest) or _OTHER
    return base._replace(scale=Fraction(MAGNITUDES[magnitude])) if magnitude and base.kind == "money" else _OTHER


_COUNTED: Final = frozenset((*"次人件单笔个条篇份张家户台套位名字票只¥元", "人次", "美元", "usd"))
"""What is counted in scaled units: only before these is 千 or 万 sure to be a magnitude, and not part of a name."""


def _scaled(words: Iterable[str]) -> Unit:
    """Return an `other` unit: scaled where its spellings are one and the same magnitude of something, as in 万次."""
    bases: dict[str, set[str]] = {}
    for word in words:
        magnitude, base = split_magnitude(word)
        if magnitude in CHINESE and word != "百" and word not in KNOWN and _is_counted(base):
            bases.setdefault(magnitude, set()).add(base)
    if len(bases) != 1:
        return Unit(words=frozenset(words))
    [(magnitude, base_words)] = bases.items()
    return Unit("other", Fraction(MAGNITUDES[magnitude]), frozenset(words), frozenset(base_words - {""}))


def _is_counted(base: str) -> bool:
    """Whether a word is what one counts, alone or per something: 次, 元/人; or nothing, as in 万."""
    return not base or base.partition("/")[0] in _COUNTED
