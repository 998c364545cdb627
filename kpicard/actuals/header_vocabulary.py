"""The words that head the columns of actuals, the ids and names of the KPIs, and what heads rows that are nobody's."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from kpicard.rules.rules import Rules, find_role
from kpicard.text import Both, fold, half_width, is_misspelt, spellings
from kpicard.units import Unit, unit_of

Part = Literal["actual", "numerator", "denominator"]
"""What a cell of a figure holds."""

PARTS: Final[tuple[Part, ...]] = ("actual", "numerator", "denominator")
RATIO_PARTS: Final = PARTS[1:]

COLUMNS: Final[Mapping[str, Both]] = {
    "period": Both("period", "考核周期"),
    "employee": Both("employee", "员工"),
    "role": Both("role", "岗位"),
    "kpi": Both("kpi", "考核指标"),
    "actual": Both("actual", "实际值"),
    "numerator": Both("numerator", "分子"),
    "denominator": Both("denominator", "分母"),
    "target": Both("target", "目标值"),
    "status": Both("status", "状态"),
    "unit": Both("unit", "单位"),
    "weight": Both("weight", "权重"),
    "name": Both("name", "姓名"),
    "team": Both("team", "团队"),
    "base": Both("base", "奖金基数"),
    "days": Both("days", "在岗天数"),
    "share": Both("share", "任职占比"),
    "reason": Both("reason", "原因"),
    "comment": Both("comment", "评语"),
    "note": Both("note", "备注"),
}
"""A column's words in English and Chinese, as the program itself writes them."""

ABOUT_PEOPLE: Final = ("name", "team")
"""The columns of texts about people: cards say them, and do not hang on them."""

OF_NO_FIGURE: Final = (*ABOUT_PEOPLE, "comment")
"""The columns of texts that cards say and do not hang on."""

SAID: Final[Mapping[str, Any]] = json.loads(Path(__file__).with_name("words.json").read_text("utf-8"))
"""What people write in files of actuals: what else they call the columns, and the words of rows that are nobody's."""

WORDS: Final[Mapping[str, str]] = {
    fold(word): column for column, (en, zh) in COLUMNS.items() for word in (en, zh, *SAID["headings"].get(column, ()))
}
"""The column that a word heads; the words are folded."""

WHO: Final = frozenset(map(fold, SAID["who"]))
"""What heads the employee where no other column does; else it may be another person. The words are folded."""

UNITS: Final[Mapping[str, Both]] = {
    "base": Both("yuan", "元"),
    "days": Both("days", "天"),
    "share": Both("%", "%"),
}
"""The columns of numbers that are about a card as a whole, each with its unit."""

LONGEST: Final = 1000
"""The most characters of a heading that is understood: whatever is longer is looked through for no word."""

_LONGEST_UNIT: Final = 12
_MARKS: Final = "*:："
_BRACKETS: Final = re.compile(r"(?P<word>.*\S)\s*[(\[](?P<inside>[^()\[\]]*)[)\]]", re.DOTALL)
_WITH_ANY_REMARK: Final = frozenset(
    {"period", "employee", "role", "kpi", "name", "team", "note", "comment", "reason", "unit", "weight"}
)
_SAYING_NOTHING: Final = frozenset(map(fold, SAID["remarks"]))

# Few files have what these are for; so they are compiled where they are used first.
_WEIGHT_OR_MONTH: Final = r"(?i)(?:权重|weight)\W*[0-9.]+ ?%?|(?:[0-9]{4}年)?[0-9]{1,2}月份?"
_UNIT: Final = r"(?is)(?:计量)?(?:单位|units?)\s*[:：]?\s*(?P<unit>.*)"
_SCALED: Final = (
    r"(?i)[百千万亿](?:元|人|次|件|单)|(?:单位|金额|数量)\S{0,8}[千万亿]|以[百千万亿]+\S?计"
    r"|\b(?:thousands?|millions?)\b|单位\S{0,2}[:：为]\s*(?:小时|分钟|秒|毫秒|天)"
)
"""Words of a title by which the figures below may be in another unit than their KPIs'."""


def column_of(heading: str) -> str | None:
    """Return the column that a heading's text means, or None.

    A mark for a mandatory column, or a remark in brackets, does not matter; but behind a column of figures
    a unit or a magnitude may stand there, which would, unless it is the column's own.

    >>> column_of("员工*"), column_of("Period (YYYY-MM)"), column_of("实际值（必填）"), column_of("实际值（万元）")
    ('employee', 'period', 'actual', None)
    >>> column_of("奖金基数（元）"), column_of("奖金基数（万元）")
    ('base', None)
    """
    if len(heading) > LONGEST:
        return None
    text = unmarked(heading)
    word, remark = split_brackets(text)
    column = WORDS.get(fold(text)) or WORDS.get(fold(word))
    return column if not remark or column in _WITH_ANY_REMARK or _is_own_unit(column, remark) else None


def unmarked(heading: str) -> str:
    """Return a heading's text without the marks of a mandatory column or of a form."""
    return heading.strip().strip(_MARKS).strip()


def names_a_scale(title: str) -> bool:
    """Return whether a title says that figures are in thousands or the like, as in `单位：万元`, or in a unit of time.

    `单位：元` is how figures are read anyway, and `填报单位：客服部` names who reports.
    """
    return re.search(_SCALED, half_width(title)) is not None


def split_brackets(heading: str) -> tuple[str, str | None]:
    """Return a heading's text without the remark in brackets behind it, and that remark if it says anything.

    >>> split_brackets("复购率（%）"), split_brackets("销售额（单位：万元）"), split_brackets("复购率（必填）")
    (('复购率', '%'), ('销售额', '万元'), ('复购率', None))
    """
    found = _BRACKETS.fullmatch(half_width(heading.strip()))
    if not found:
        return heading, None
    inside = found["inside"].strip()
    unit = re.fullmatch(_UNIT, inside)
    remark = unit["unit"].strip() if unit else inside
    return found["word"], None if _says_nothing(remark) else remark


def _is_own_unit(column: str | None, remark: str) -> bool:
    """Whether a remark says the unit that the column's numbers have anyway."""
    if column is None or column not in UNITS:
        return False
    from kpicard.units import unit_of  # rules are checked by the words of headings too, and know no quantities

    said, own = unit_of(remark), unit_of(UNITS[column])
    return _same_unit(said, own)


def _says_nothing(remark: str) -> bool:
    return not remark or fold(remark) in _SAYING_NOTHING or re.fullmatch(_WEIGHT_OR_MONTH, remark) is not None


class KpiHeading(NamedTuple):
    """A column of a wide file: what its KPI is called, which part of the figure it holds, and a remark in brackets."""

    kpi: str
    part: Part
    remark: str | None = None


class KnownHeadings:
    """Understands the headings of a table by the words of the columns and the KPIs of the rules."""

    def __init__(self, rules: Rules, *, has_roster: bool = False, roles: Sequence[str] = ()) -> None:
        """Take the KPIs from the rules; what those of a role are called whose file is wrong is not known.

        A table without roles is of the one of the `roles` that are chosen, or of the only one that there is.
        """
        self.broken_roles = tuple(rules.broken)
        self.roles: Final = tuple(rules.roles)
        self._rules: Final = rules
        only = tuple(roles) or (() if rules.broken else self.roles)
        self._role = only[0] if len(only) == 1 else None
        self.has_roster: Final = has_roster
        self._kpis: dict[str, str] = {}
        self._units: Mapping[str, set[Unit]] = defaultdict(set)
        for item in rules.items:
            for word in (item.id, *spellings(item.name)):
                self._kpis[fold(word)] = word
                self._units[fold(word)].add(unit_of(item.unit))

    def role_of(self, sheet: str | None) -> str | None:
        """Return the role of a table without roles: that of its sheet's name, else the one that there is; or None."""
        if self.has_roster:
            return None
        return next(iter(find_role(self._rules, sheet or ""))) if self.names_role(sheet) else self._role

    def names_role(self, sheet: str | None) -> bool:
        """Whether a sheet is called by a role."""
        return bool(sheet) and len(find_role(self._rules, sheet or "")) == 1

    @property
    def words(self) -> list[str]:
        """All that a column may be headed by, to suggest from."""
        headings = (words for column, words in COLUMNS.items() if column != "status")  # nobody means that one
        return [*(word for words in headings for word in words), *self._kpis.values()]

    def knows(self, text: str) -> bool:
        """Whether a text heads a column."""
        return column_of(text) is not None or self.kpi(text) is not None

    def kpi(self, text: str) -> KpiHeading | None:
        """Return the KPI that a text means, with or without a remark in brackets; or None."""
        if len(text) > LONGEST:
            return None
        text = unmarked(text)
        if fold(text) in self._kpis:
            return KpiHeading(text, "actual")
        word, remark = split_brackets(text)
        if fold(word) in self._kpis:
            said = _part(remark or "")
            return KpiHeading(word, said) if said else KpiHeading(word, "actual", remark)
        return self._ratio_part(text) or self._with_unit(text)

    def may_be_kpi(self, text: str) -> bool:
        """Whether a heading that is not known may be that of a KPI."""
        return may_mean(text, self._kpis.values())

    def other_unit(self, heading: KpiHeading) -> str | None:
        """Return the remark in a heading's brackets if it does not say the KPI's own unit, or None.

        What is not understood there may be a magnitude or another currency: it is no remark to pass over.
        """
        if heading.remark is None:
            return None
        said = unit_of(heading.remark)
        agrees = all(_same_unit(said, unit) for unit in self._units[fold(heading.kpi)])
        return None if agrees else heading.remark

    def _with_unit(self, text: str) -> KpiHeading | None:
        """Return the KPI whose name a text is with a unit behind, without brackets: 转化率%, 响应时间/秒."""
        half = half_width(text)
        for start in range(len(half) - 1, max(len(half) - _LONGEST_UNIT, 0), -1):
            word, unit = half[:start].rstrip(_MARKS_BEFORE_A_UNIT), half[start:].lstrip(_MARKS_BEFORE_A_UNIT)
            if fold(word) not in self._kpis or not unit or (half[start - 1 : start + 1].isalnum() and unit.isascii()):
                continue
            said = unit_of(unit)
            if said.kind != "other" or any(said.words & own.words for own in self._units[fold(word)]):
                return KpiHeading(word, "actual", unit)
        return None

    def _ratio_part(self, text: str) -> KpiHeading | None:
        """Return the KPI whose name, and behind it the word for a part of a ratio, a text is."""
        folded = fold(text)
        for part in RATIO_PARTS:
            for word in COLUMNS[part]:
                base = folded.removesuffix(word)
                if base != folded and base in self._kpis:
                    return KpiHeading(self._kpis[base], part)
        return None


def may_mean(heading: str, names: Iterable[str]) -> bool:
    """Whether a heading that is not known is like one of the names: it contains it, or is within two letters of it.

    >>> [may_mean(text, ["复购率", "csat"]) for text in ("复购率(旧)", "复够率", "CSAT score", "cast", "总分")]
    [True, True, True, True, False]
    """
    text = half_width(unmarked(split_brackets(heading)[0])).casefold()
    folded = fold(text)
    return any(_contains(text, name) or is_misspelt(folded, fold(name)) for name in names)


def _contains(text: str, name: str) -> bool:
    """Whether a text contains a name; one of letters as words of their own."""
    word = re.escape(half_width(name).casefold())
    return re.search(rf"(?<![a-z0-9]){word}(?![a-z0-9])", text) is not None


_MARKS_BEFORE_A_UNIT: Final = " /_-·,:|"


def _part(text: str) -> Part | None:
    return next((part for part in RATIO_PARTS if WORDS.get(fold(text)) == part), None)


def _same_unit(one: Unit, other: Unit) -> bool:
    if one.kind != other.kind or one.scale != other.scale or one.currency != other.currency:
        return False
    return one.kind != "other" or bool(one.words & other.words)


_ALONE: Final = frozenset(map(fold, SAID["sums"]["alone"]))
_CHINESE: Final = tuple(SAID["sums"]["chinese"])
_FIRST_OR_LAST: Final = frozenset(SAID["sums"]["first_or_last"])
_FOOTERS: Final = frozenset(map(fold, SAID["footers"]))
_LONGEST: Final = 40
"""The most characters of a cell that says that its row sums others up: a remark is longer."""

_ENDS: Final = ":;.()[]*"


def is_sum(text: str) -> bool:
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
