"""What a KPI's unit measures, told by any of its spellings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from kpicard.quantities.numerals import CHINESE, MAGNITUDES, split_magnitude
from kpicard.text import Text, half_width, spellings, squeeze

Kind = Literal["percent", "time", "money", "score", "other"]


class Measure(NamedTuple):
    """What a word measures, and how many base units it is: percent, seconds, yuan, points."""

    kind: Kind
    scale: Fraction


class Unit(NamedTuple):
    """What a KPI's actual is counted in.

    `scale` says how many base units one unit is, `words` are its own spellings and `base_words` those of the base unit
    of a scaled one such as 万次: half-width, in lower case and without blanks.
    """

    kind: Kind = "other"
    scale: Fraction = Fraction(1)
    words: frozenset[str] = frozenset()
    base_words: frozenset[str] = frozenset()


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
    **_words("money", Fraction(1), "yuan 元 cny rmb 人民币 ¥ 块"),
    **_words("score", Fraction(1), "points point scores score 分 分数 stars star 星"),
}
"""The words that mean the same under every unit."""


def unit_of(unit: Text | None) -> Unit:
    """Return what `unit` measures; spellings that contradict each other measure nothing that is known."""
    written = [squeeze(half_width(each)) for each in spellings(unit)] if unit is not None else []
    measures = {word.lower(): _measure(word) for word in written if word}
    words = frozenset(measures)
    if "分" in words and any(each.kind == "time" for each in measures.values()):
        measures["分"] = _MINUTE  # alone it is a score, beside `min` it is minutes
    different = set(measures.values())
    if len(different) == 1 and _OTHER not in different:
        kind, scale = different.pop()
        return Unit(kind, scale, words)
    return _scaled(words)


def _measure(word: str) -> Measure:
    """Return what one spelling measures, its case kept: M is a million, m is not."""
    if word.lower() in KNOWN:
        return KNOWN[word.lower()]
    magnitude, rest = split_magnitude(word)
    base = KNOWN.get(rest.lower(), _OTHER)
    return Measure("money", Fraction(MAGNITUDES[magnitude])) if magnitude and base.kind == "money" else _OTHER


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
