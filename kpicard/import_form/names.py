"""What an imported role and its KPIs are called: names by language, and ids made of them."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final, TypeAlias

from kpicard.text import half_width

Name: TypeAlias = "str | dict[str, str]"
"""A text as a role's file has it: plain, or by language."""

_LONGEST: Final = 64
_CHINESE: Final = re.compile(r"[\u3400-\u9fff]")
_ENGLISH_APART: Final = re.compile(
    r"(?P<zh>[^A-Za-z]*[\u3400-\u9fff][^A-Za-z]*?)\s*[(/ ]\s*(?P<en>[A-Za-z][A-Za-z0-9 &'.,%-]*[A-Za-z0-9%.])\s*\)?"
    r"|(?P<en2>[A-Za-z][A-Za-z0-9 &'.,%-]*?)\s*[(/ ]\s*(?P<zh2>[\u3400-\u9fff][^A-Za-z]*?)\s*\)?"
)


def name_of(text: str, english: str = "") -> Name:
    """Return a name in each language that a cell, or the cell with its English, has.

    >>> name_of("响应时间 Response time"), name_of("DSR评分"), name_of("客户满意度", "Satisfaction")
    ({'en': 'Response time', 'zh': '响应时间'}, 'DSR评分', {'en': 'Satisfaction', 'zh': '客户满意度'})
    """
    words = " ".join(text.split())
    if english and english != words:
        return {"en": english, "zh": words}
    found = _ENGLISH_APART.fullmatch(half_width(words))
    if not found:
        return words
    return {"en": found["en"] or found["en2"], "zh": (found["zh"] or found["zh2"]).strip(" (/")}


def id_of(name: Name, taken: Collection[str] = ()) -> str:
    """Return an id: of the English name where there is one, else of the pinyin; with a number where it is taken."""
    english = name.get("en", "") if isinstance(name, dict) else name
    words = re.findall(r"[a-z0-9]+", _latin(english))
    id_ = ""
    for word in words:
        longer = f"{id_}-{word}" if id_ else word
        if len(longer) > _LONGEST - 3:
            break
        id_ = longer
    id_ = id_ or "kpi"
    return next(each for each in (id_, *(f"{id_}-{number}" for number in range(2, 10_000))) if each not in taken)


def _latin(text: str) -> str:
    """Return a text in small Latin letters, with a blank around each Chinese character's pinyin."""
    words = half_width(text).lower().replace("%", " percent " if not _CHINESE.search(text) else " ")
    if not _CHINESE.search(words):
        return words.replace("'", "")
    from pypinyin import Style, lazy_pinyin

    return " ".join(lazy_pinyin(words, style=Style.NORMAL, v_to_u=False))
