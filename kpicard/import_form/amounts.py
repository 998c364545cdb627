"""Figures in the words of a form: targets such as `≥95%`, `30秒以内` and `4.5 of 5`, and the parts that they have."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, Literal, NamedTuple, TypeAlias

from kpicard.rules.scoring.curve import Better
from kpicard.text import half_width, squeeze
from kpicard.units import KNOWN

Side: TypeAlias = Literal["low", "high"]
"""Which end of a span a bound is: the lowest or the highest figure."""

_UNITS: Final = (
    *KNOWN,
    *("个百分点", "百分点", "pp", "percentage points", "percentage point", "per cent"),
    *(
        "人次",
        "次",
        "件",
        "单",
        "笔",
        "个",
        "条",
        "篇",
        "份",
        "家",
        "人",
        "起",
        "例",
        "处",
        "项",
        "场",
        "张",
        "套",
        "款",
    ),
    *(
        "元",
        "美元",
        "rmb",
        "cny",
        "usd",
        "万元",
        "千元",
        "亿元",
        "万",
        "元/人",
        "元/单",
        "单/天",
        "单/日",
        "个/天",
        "件/天",
        "次/天",
    ),
    *("orders", "order", "tickets", "ticket", "times", "time", "cases", "case", "pieces", "piece", "items", "item"),
    *("tickets a day", "orders a day", "a day", "breaches", "breach", "errors", "error", "complaints", "complaint"),
)
_WORDS: Final = "|".join(
    re.escape(unit) + ("(?![a-z])" if unit[-1].isascii() and unit[-1].isalpha() else "")
    for unit in sorted({unit.lower() for unit in _UNITS}, key=len, reverse=True)
)
NUMBER: Final = r"(?>(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?)"
UNIT: Final = f"(?:{_WORDS})"

LOWEST: Final = {
    True: ">=|≥|大于或等于|大于等于|不低于|不少于|不小于|达到|达|至少|at least|from",
    False: ">|高于|大于|超过|超出|多于|over|above|more than|greater than",
}
HIGHEST: Final = {
    True: "<=|≤|小于或等于|小于等于|不高于|不超过|不大于|不多于|控制在|至多|at most|up to|no more than|not over|within",
    False: "<|低于|小于|少于|不足|不到|未达到|未达|under|below|less than|fewer than",
}
LOWEST_BEHIND: Final = "(?:及|\\(含\\)|含)以上|or more|or above|and above|and over|and up|\\+"
HIGHEST_BEHIND: Final = "(?:及|\\(含\\)|含)以下|(?:\\(含\\))?以内|之内|内(?!容)|or less|or below|or fewer|and below"
BELOW: Final = "以下"
"""This may include its bound or not."""


class Amount(NamedTuple):
    """A number and its unit, as written; empty where there is none."""

    number: Decimal
    unit: str


def amount(number: str, unit: str | None) -> Amount:
    """Return an amount of what a pattern has found."""
    found = squeeze(unit or "")
    if found in {"个百分点", "百分点", "pp", "percentagepoints", "percentagepoint", "percent"}:
        found = "%"
    return Amount(Decimal(number.replace(",", "")), found)


class Target(NamedTuple):
    """A target, and what else its cell says: which direction is better, and the full mark that it is out of."""

    amount: Amount
    better: Better | None
    full_mark: Decimal | None = None


def _any_of(*words: str) -> str:
    return f"(?:{'|'.join(words)})"


_TARGET: Final = re.compile(
    rf"(?:(?P<low>{_any_of(*LOWEST.values())})|(?P<high>{_any_of(*HIGHEST.values())}))?\s*"
    rf"(?P<currency>[¥￥])?(?P<number>{NUMBER})\s*(?P<unit>{UNIT})?\s*"
    rf"(?:(?P<low2>{LOWEST_BEHIND}|以上)|(?P<high2>{HIGHEST_BEHIND}|{BELOW}))?\s*"
    rf"(?:(?:/|of|out of|\(?满分)\s*(?P<full>{NUMBER})\s*分?\)?)?"
)
_SAYING: Final = re.compile(r"(?:目标值?|target|每月|月均|平均|每人)\s*[:：]?\s*")


def read_target(text: str) -> Target | None:
    """Return what a cell of targets says; None where it says more than one figure, or none.

    >>> read_target("≥95%"), read_target("30 秒以内")
    (Target(amount=Amount(number=Decimal('95'), unit='%'), better='higher', full_mark=None), \
Target(amount=Amount(number=Decimal('30'), unit='秒'), better='lower', full_mark=None))
    """
    words = half_width(text).strip().lower()
    said = _SAYING.match(words)
    found = _TARGET.fullmatch(words[said.end() :] if said else words)
    if not found:
        return None
    higher, lower = found["low"] or found["low2"], found["high"] or found["high2"]
    full = Decimal(found["full"]) if found["full"] else None
    better: Better | None = "higher" if higher or full else "lower" if lower else None
    unit = found["unit"] or ("元" if found["currency"] else None)
    return Target(amount(found["number"], unit), better, full)
