"""The words by which a row of actuals is nobody's: those of sums, and those of footers below a table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from kpicard.actuals.header_vocabulary import SAID, split_brackets
from kpicard.text import fold, half_width

_ALONE: Final = frozenset(map(fold, SAID["sums"]["alone"]))
_CHINESE: Final = tuple(SAID["sums"]["chinese"])
_FIRST_OR_LAST: Final = frozenset(SAID["sums"]["first_or_last"])
_FOOTERS: Final = frozenset(map(fold, SAID["footers"]))
_LONGEST: Final = 40
"""The most characters of a cell that says that its row sums others up: a remark is longer."""

_ENDS: Final = ":;.()[]*"


def is_sum(text: str, _: frozenset[str] = frozenset()) -> bool:
    """Return whether a text says that its row sums others up, however it is spaced and punctuated.

    >>> [is_sum(text) for text in ("合 计", "合计（元）", "客服组小计", "Grand Total", "Average:", "Max", "E17")]
    [True, True, True, True, True, False, False]
    """
    if len(text) > _LONGEST:
        return False
    plain = half_width(split_brackets(text)[0]).strip().strip(_ENDS)
    word, words = fold(plain).strip(_ENDS), plain.casefold().replace("-", " ").split()
    if word in _ALONE or word in _FIRST_OR_LAST or word == "grandtotal":
        return True
    return (
        word.startswith(_CHINESE) or word.endswith(_CHINESE) or bool(words and {words[0], words[-1]} & _FIRST_OR_LAST)
    )


def is_footer(text: str) -> bool:
    """Return whether a text is one that stands below a table: who made it, where its figures are from.

    >>> [is_footer(text) for text in ("备注：数据来源ERP", "制表人：张三", "Prepared by: Li", "注", "E17", "张三：30")]
    [True, True, True, True, False, False]
    """
    label, mark, _ = re.sub(r"^[(\[*※\s0-9.、]+", "", half_width(text).strip()).partition(":")
    return fold(label).strip(_ENDS) in _FOOTERS and (bool(mark) or len(text) < _LONGEST)


def are_footer(texts: Iterable[str]) -> bool:
    """Return whether the filled cells of a row are a footer: each has a label, and one is a footer's."""
    filled = list(texts)
    is_labelled = all(is_footer(text) or ":" in half_width(text) for text in filled)
    return bool(filled) and is_footer(filled[0]) and (is_labelled or len(filled) <= 2)
