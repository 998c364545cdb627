"""Scoring standards in words, taken apart: `每低 1% 扣 2 分`, `≥98% 100分`, `2 points off per 0.5 % higher`.

A text is read from its start to its end, phrase by phrase. One phrase that is not understood, and nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, NamedTuple

from kpicard.import_form.amounts import (
    BELOW,
    HIGHEST,
    HIGHEST_BEHIND,
    LOWEST,
    LOWEST_BEHIND,
    NUMBER,
    UNIT,
    Amount,
    Side,
    amount,
)
from kpicard.rules.scoring.curve import Better
from kpicard.text import half_width

OPEN: Final = 0
"""A bound that does not belong to its tier, as in `> 230`."""
CLOSED: Final = 4
"""A bound that does, as in `≥ 230`. Between the two, the words leave it to the neighbour: 以上 most, 以下 least."""
_BY_WORD: Final = {"以上": 3, None: 2, "以下": 1}


class Tier(NamedTuple):
    """What a span of figures earns; no score: full marks. Of neighbours, the greater claim has the bound between."""

    low: Decimal | None = None
    low_claim: int = CLOSED
    high: Decimal | None = None
    high_claim: int = CLOSED
    score: Decimal | None = None
    unit: str = ""
    subject: str = ""


class Steps(NamedTuple):
    """Marks lost, or gained, for each step on one side of the target; None: nobody says on which."""

    size: Amount
    marks: Decimal
    is_gain: bool
    worse: Side | None
    counted: bool
    """Whether something bad is counted, of which none is on target."""
    target: Amount | None = None
    """The target that they name themselves, as in `for each second above 30`."""


@dataclass
class Standard:
    """What a standard says; `rest` begins where it is not understood."""

    tiers: list[Tier] = field(default_factory=list)
    steps: list[Steps] = field(default_factory=list)
    otherwise: list[Decimal | None] = field(default_factory=list)
    met: list[Decimal | None] = field(default_factory=list)
    target: Amount | None = None
    cap: Decimal | None = None
    by_ratio: bool = False
    started: bool = False
    rest: str = ""

    @property
    def worse(self) -> Side | None:
        """The side of the target that its steps lie on."""
        sides = {each.worse if not each.is_gain else _OTHER[each.worse] for each in self.steps if each.worse}
        return sides.pop() if len(sides) == 1 else None

    @property
    def better(self) -> Better | None:
        """Which direction the steps call better."""
        return {"low": "higher", "high": "lower", None: None}[self.worse]


_OTHER: Final[Mapping[Side | None, Side]] = {"low": "high", "high": "low"}

_SCORE: Final = (
    rf"\s*的?\s*[,:=→-]*\s*(?:则?得|则?计|则?为|记|给|scores?|gets?|earns?|gives?|is)?\s*:?\s*"
    rf"(?:(?P<score>{NUMBER})\s*(?:分|points?|marks?|pts?)?(?![0-9a-z]|\.[0-9]|\s*%)"
    rf"|(?P<full>本项满分|满分|全分|full marks?|full score)"
    rf"|(?P<none>不得分|不计分|零分|无分|no points?|no marks?|nothing|zero))"
)
_SUBJECT: Final = r"(?:(?P<subject>[\u4e00-\u9fff]{1,12}?|[a-z][a-z ]{0,25}?)\s*(?:在|为)?\s*)??"
_SIGN: Final = {
    (side, closed): f"(?:{words})"
    for side, each in (("low", LOWEST), ("high", HIGHEST))
    for closed, words in each.items()
}


def _bound(name: str) -> str:
    return rf"\s*(?P<{name}>{NUMBER})\s*(?P<{name}_unit>{UNIT})?\s*"


_LOWS: Final = rf"(?:(?P<low_in>{_SIGN['low', True]})|(?P<low_out>{_SIGN['low', False]}))"
_HIGHS: Final = rf"(?:(?P<high_in>{_SIGN['high', True]})|(?P<high_out>{_SIGN['high', False]}))"
_AND: Final = r"\s*(?:且|并且|and|,|x|指标|完成率)?\s*"


def _tier(found: re.Match[str]) -> Tier:
    """Return a tier from the groups of its pattern."""
    groups = found.groupdict()
    units = {groups.get(f"{name}_unit") for name in ("low", "high")} - {None}
    low, high = (
        None if groups.get(name) is None else Decimal(groups[name].replace(",", "")) for name in ("low", "high")
    )
    if len(units) > 1:
        raise ValueError(found[0])
    unit = amount("0", units.pop() if units else None).unit
    claims = {
        name: CLOSED
        if groups.get(f"{name}_in")
        else OPEN
        if groups.get(f"{name}_out")
        else _BY_WORD[groups.get("word")]
        for name in ("low", "high")
    }
    return Tier(low, claims["low"], high, claims["high"], _score(found), unit, (groups.get("subject") or "").strip())


def _score(found: re.Match[str]) -> Decimal | None:
    groups = found.groupdict()
    return None if groups["full"] else Decimal(0) if groups["none"] else Decimal(groups["score"].replace(",", ""))


_ONE: Final = Decimal(1)
_LOWER: Final = "降低|下降|减少|低于|低|少于|少|降|落后|lower|below|under|less|short|fewer"
_HIGHER: Final = (
    "提高|升高|增加|超过|超出|超|高于|高出|高|多出|多|延迟|延后|迟|上升|higher|above|over|more|late|longer|slower"
)
_BAD: Final = "发现|出现|发生|违规|违反|迟到|早退|旷工|差错|出错|漏报|被投诉|投诉|found"
_DIRECTION: Final = rf"(?:(?P<lower>{_LOWER})|(?P<higher>{_HIGHER})|(?P<bad>{_BAD}))"
_OF_TARGET: Final = r"(?:\s*(?:于|过)?\s*(?:than |the )*(?:目标值?|标准值?|指标值?|target|standard))?"
_ABOVE: Final = rf"(?:{_OF_TARGET}(?:\s*(?P<restated>{NUMBER})\s*(?P<restated_unit>{UNIT})?)?)"
_SIZE: Final = rf"(?P<size>{NUMBER}|一)?\s*(?P<unit>{UNIT})?"
_LOSES: Final = "扣减|扣除|扣|减|off|less|lost|deducted|loses?|costs?|takes? off|deducts?|deduct|lose|minus|take off"
_GAINS: Final = "加|奖励|奖|more|added|extra|adds?|gains?|add|gain|plus"
_VERB: Final = rf"(?:(?P<loses>{_LOSES})|(?P<gains>{_GAINS}))"
_MARKS: Final = rf"(?P<marks>{NUMBER})\s*(?:分|points?\b|marks?\b|pts?\b)?"
_EACH: Final = "(?:per|for each|for every|each|every)"

_STEPS: Final = (
    rf"(?:(?P<lower0>低于|未达到|未达)|(?P<higher0>高于|超过|超出))目标值?\s*,?\s*每\s*{_SIZE}\s*,?\s*{_VERB}\s*{_MARKS}",
    rf"每\s*{_DIRECTION}?{_OF_TARGET}\s*{_SIZE}\s*的?\s*,?\s*{_VERB}\s*{_MARKS}",
    rf"(?P<bad>{_BAD}){_SIZE}\s*,?\s*{_VERB}\s*{_MARKS}",
    rf"{_MARKS}\s*{_VERB}\s*{_EACH}\s*{_SIZE}\s*(?:{_DIRECTION}{_ABOVE})?",
    rf"{_VERB}\s*{_MARKS}\s*(?:off)?\s*{_EACH}\s*{_SIZE}\s*(?:{_DIRECTION}{_ABOVE})?",
    rf"{_EACH}\s*{_SIZE}\s*{_DIRECTION}?{_OF_TARGET}\s*{_VERB}\s*{_MARKS}",
)


_BREACHES: Final = frozenset({"breach", "breaches", "error", "errors", "complaint", "complaints"})


def _steps(found: re.Match[str]) -> Steps:
    groups = found.groupdict()
    size = groups["size"]
    if size is None and groups["unit"] is None and not groups.get("bad") and not found[0].endswith("each"):
        raise ValueError(found[0])
    is_bad = bool(groups.get("bad")) or groups["unit"] in _BREACHES
    lower = groups.get("lower") or groups.get("lower0")
    higher = groups.get("higher") or groups.get("higher0") or is_bad
    worse: Side | None = "low" if lower else "high" if higher else None
    step = amount("1" if size in {None, "一"} else size, groups["unit"])
    restated = groups.get("restated")
    target = amount(restated, groups["restated_unit"] or groups["unit"]) if restated else None
    marks = Decimal(groups["marks"].replace(",", ""))
    return Steps(step, marks, groups["gains"] is not None, worse, is_bad, target)


def _add(name: str, make: Callable[[re.Match[str]], Any]) -> Callable[[Standard, re.Match[str]], None]:
    return lambda standard, found: getattr(standard, name).append(make(found))


def _set(**values: Any) -> Callable[[Standard, re.Match[str]], None]:
    def take(standard: Standard, _: re.Match[str]) -> None:
        for name, value in values.items():
            setattr(standard, name, value)

    return take


def _cap(standard: Standard, found: re.Match[str]) -> None:
    standard.cap = Decimal(found["cap"])


def _target(standard: Standard, found: re.Match[str]) -> None:
    standard.target = amount(found["target"], found["target_unit"])


def _only(found: re.Match[str]) -> Tier:
    number = Decimal(found["only"].replace(",", ""))
    return Tier(number, CLOSED, number, CLOSED, _score(found), found["only_unit"], (found["subject"] or "").strip())


def _none_of_it(found: re.Match[str]) -> Tier:
    return Tier(high=Decimal(0), score=_score(found))


_MET: Final = (
    r"(?:(?:达到|完成|达成|满足|优于)?(?:目标值?|指标值?|标准值?)(?:及以上|以上)?|达标|完成"
    r"|target met|on target|met|meets? (?:the )?target)"
)
_NOT_MET: Final = (
    r"(?:未达标|未达成|未完成|不达标|(?:未达到|未达|低于)(?:目标值?|指标值?|标准值?)"
    r"|not met|missed|below (?:the )?target)"
)
_ELSE: Final = (
    "(?:否则|其他情况|其他|其它|其余|以外|else|otherwise|the rest|anything else|more|less|worse|更多|更少|更低)"
)
_RATIO: Final = (
    r"(?:(?:得分|本项得分|score)\s*[=:]\s*)?(?:"
    r"(?:按|以)\s*(?:实际)?(?:完成|达成)?(?:率|比例)\s*(?:计算得分|计算|计分|得分|给分|折算)"
    r"|(?:实际|目标)?(?:完成|达成)(?:率|比例)\s*[*x×]\s*(?:100|权重|满分|分值|标准分|本项分值)(?:分|%)?"
    r"|\(?(?:实际(?:完成)?值?|actual)\s*[/÷]\s*(?:目标值?|target)\)?\s*(?:[*x×]\s*(?:100|权重|满分|分值|weight)%?)?"
    r"|(?:by|in proportion to|proportional to|pro rata to)\s*(?:the )?(?:attainment|target)"
    r"|proportionally|proportional|pro rata)"
)

_NOT_UNDER_0: Final = (
    r"扣完为止|扣完即止|直至扣完|最低\s*(?:为|得|分)?\s*0\s*分?|不低于\s*0\s*分?(?=$|[,;。])|(?:扣|减)至\s*0\s*分?为?止?"
    r"|(?:but )?not (?:under|below|less than) 0|no less than 0|min(?:imum)? 0|down to 0"
)
_AT_MOST: Final = (
    rf"(?:最高|上限|封顶|最多|at most|max(?:imum)?|up to|capped at|cap)\s*(?:为|得)?\s*:?\s*"
    rf"(?P<cap>{NUMBER})\s*(?:分|points?|marks?|%)?"
)
_RISING: Final = (
    rf"{_bound('low')}(?:(?P<low_in><=|≤)|(?P<low_out><)){_SUBJECT}"
    rf"(?:(?P<high_in><=|≤)|(?P<high_out><)){_bound('high')}{_SCORE}"
)
_FALLING: Final = (
    rf"{_bound('high')}(?:(?P<high_in>>=|≥)|(?P<high_out>>)){_SUBJECT}"
    rf"(?:(?P<low_in>>=|≥)|(?P<low_out>>)){_bound('low')}{_SCORE}"
)
_FROM_TO: Final = (
    rf"{_SUBJECT}{_bound('low')}(?P<low_in>\(含\))?\s*(?:-|~|—+|–|至|到|to)\s*{_bound('high')}"
    rf"(?:(?P<high_in>\(含\))|(?P<high_out>\(不含\)))?{_SCORE}"
)
_ONLY: Final = rf"{_SUBJECT}\s*(?P<only>{NUMBER})\s*(?P<only_unit>次|单|件|个|条|人|起|例|处|times?)\s*{_SCORE}"
_STARTED: Final = rf"不足\s*{_SIZE}\s*的?\s*按\s*(?:{NUMBER}|一)\s*{UNIT}?\s*计算?|or part (?:of it|thereof)"

_PHRASES: Final[tuple[tuple[re.Pattern[str], Callable[[Standard, re.Match[str]], None]], ...]] = tuple(
    (re.compile(pattern), take)
    for pattern, take in (
        (_NOT_UNDER_0, _set()),
        (_STARTED, _set(started=True)),
        *((pattern, _add("steps", _steps)) for pattern in _STEPS),
        (rf"(?:目标值?|target)\s*[:为]?{_bound('target')}(?=$|[,;。])", _target),
        (rf"{_bound('target')}(?:为|得|时得)?(?:满分|full marks)(?=$|[,;。])", _target),
        (rf"full marks\s*(?:at|for|if)\s*{_bound('target')}(?=$|[,;。])", _target),
        (_RATIO, _set(by_ratio=True)),
        (_NOT_MET + _SCORE, _add("otherwise", _score)),
        (_MET + _SCORE, _add("met", _score)),
        (_ELSE + _SCORE, _add("otherwise", _score)),
        (rf"(?:无|没有|全勤|none|no)(?:[\u4e00-\u9fff]{{0,8}}?|[a-z ]{{0,20}}?){_SCORE}", _add("tiers", _none_of_it)),
        (rf"{_SUBJECT}{_LOWS}{_bound('low')}{_AND}{_HIGHS}{_bound('high')}{_SCORE}", _add("tiers", _tier)),
        (rf"{_SUBJECT}{_HIGHS}{_bound('high')}{_AND}{_LOWS}{_bound('low')}{_SCORE}", _add("tiers", _tier)),
        (_RISING, _add("tiers", _tier)),
        (_FALLING, _add("tiers", _tier)),
        (_FROM_TO, _add("tiers", _tier)),
        (_ONLY, _add("tiers", _only)),
        (rf"{_SUBJECT}{_LOWS}{_bound('low')}(?:以上)?{_SCORE}", _add("tiers", _tier)),
        (rf"{_SUBJECT}{_HIGHS}{_bound('high')}(?:以下)?{_SCORE}", _add("tiers", _tier)),
        (rf"{_SUBJECT}{_bound('low')}(?:(?P<low_in>{LOWEST_BEHIND})|(?P<word>以上)){_SCORE}", _add("tiers", _tier)),
        (rf"{_SUBJECT}{_bound('high')}(?P<high_in>{HIGHEST_BEHIND}){_SCORE}", _add("tiers", _tier)),
        (rf"{_SUBJECT}{_bound('high')}(?P<word>{BELOW}){_SCORE}", _add("tiers", _tier)),
        (_AT_MOST, _cap),
    )
)

_BETWEEN: Final = re.compile(
    r"(?:[\s,;。、:.!]|\([0-9]\)|[①-⑩]|[0-9]{1,2}[、)](?=\s*\D)|[0-9]{1,2}\.\s+(?=\D)|即|and\b)*"
)


def read_standard(text: str) -> Standard:
    """Return what a standard says, as far as it is understood.

    >>> read_standard("每低1%扣2分，扣完为止").steps[0].marks
    Decimal('2')
    >>> read_standard("由上级酌情评定").rest
    '由上级酌情评定'
    """
    words = half_width(text).lower().strip()
    standard = Standard()
    at = _after(words, 0)
    while at < len(words):
        for found, take in _matches(words, at):
            try:
                take(standard, found)
            except ValueError:  # two units in one tier, a step of no size
                continue
            at = _after(words, found.end())
            break
        else:
            standard.rest = text.strip()[at:]
            break
    return standard


def _matches(words: str, at: int) -> Iterator[tuple[re.Match[str], Callable[[Standard, re.Match[str]], None]]]:
    for pattern, take in _PHRASES:
        found = pattern.match(words, at)
        if found:
            yield found, take


def _after(words: str, at: int) -> int:
    found = _BETWEEN.match(words, at)
    return found.end() if found else at
