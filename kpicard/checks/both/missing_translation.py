"""In a file in two languages, every text is in both.

Where some texts are maps of `en` and `zh`, each map has both. A plain text means the same to all readers, such as `%`
or a product's name: with Chinese characters, or as a phrase of English words, it is one that was not translated.

中文：双语文件中的每个文本都应有两种语言。只要部分文本写成 `en` 和 `zh` 的映射，各映射就应二者齐全。
不分语言的普通文本，应是 `%`、产品名之类；含有汉字，或是由多个英文单词组成的，就是漏译。

Bad, `clerk.yaml` at 4:23::

    id: clerk
    title: {en: Clerk, zh: 文员}
    kpis:
      - {id: speed, name: {en: Speed}, weight: 100, better: lower, target: 30, definition: Hours, source: ERP}

Good, `clerk.yaml`::

    id: clerk
    title: {en: Clerk, zh: 文员}
    kpis:
      - {id: speed, name: {en: Speed, zh: 时效}, weight: 100, better: lower, target: 30, definition: Hours, source: ERP}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from kpicard.problems import Problem
from kpicard.rules.document import Document
from kpicard.rules.route import Tree
from kpicard.text import LANGUAGES, Both, Language

_NAMES: Final[Mapping[Language, Both]] = {"en": Both("English", "英文"), "zh": Both("Chinese", "中文")}
_ITEM: Final = ("name", "unit", "definition", "source")
_TEXTS: Final[tuple[tuple[str | None, ...], ...]] = (
    ("title",),
    ("purpose",),
    *(("responsibilities", None, key) for key in ("title", "detail")),
    *((items, None, key) for items in ("kpis", "adjustments") for key in _ITEM),
    ("grades", None, "label"),
)
_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_WORD: Final = re.compile(r"[A-Za-z]*[a-z][A-Za-z]*")
_LOWER: Final = re.compile(r"\b[a-z]{2,}\b")


def check(document: Document) -> Iterator[Problem]:
    """Yield it at the text."""
    texts = [found for pattern in _TEXTS for found in document.nodes(*pattern)]
    used = {language for _, text in texts if isinstance(text, dict) for language in text}
    if not used.issuperset(LANGUAGES):
        return
    for route, text in texts:
        missing = _missing(text, is_unit=route[-1] == "unit")
        if missing:
            yield document.problem_at("missing-translation", route, missing=_NAMES[missing])


def _missing(text: Tree, *, is_unit: bool) -> Language | None:
    """Return the language that a text lacks; None where it lacks none, or is no text at all."""
    if isinstance(text, dict):
        lacking = [language for language in LANGUAGES if text.get(language) is None]
        return lacking[0] if len(lacking) == 1 else None
    if not isinstance(text, str):
        return None
    if _HAN.search(text):
        return "en"
    is_phrase = sum(bool(_WORD.search(word)) for word in text.split()) > 1 and _LOWER.search(text)
    return "zh" if is_phrase and not is_unit else None
