"""The words that head the columns of actuals, and the ids and names of the KPIs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from kpicard.quantities import Unit, unit_of
from kpicard.rules.rules import Rules
from kpicard.text import Both, fold, half_width, spellings

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
    "name": Both("name", "姓名"),
    "team": Both("team", "团队"),
    "base": Both("base", "奖金基数"),
    "days": Both("days", "在岗天数"),
    "share": Both("share", "任职占比"),
    "note": Both("note", "备注"),
}
"""A column's words in English and Chinese, as the program itself writes them."""

_OTHER_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "period": (
        "month",
        "date",
        "year month",
        "月份",
        "周期",
        "日期",
        "年月",
        "考核月份",
        "考核期",
        "统计月份",
        "统计周期",
    ),
    "employee": (
        *("employee id", "employee no", "employee number", "emp id", "staff", "staff id"),
        *("工号", "员工编号", "员工工号", "员工号", "人员", "人员编号", "被考核人"),
    ),
    "role": ("position", "job", "job title", "post", "role id", "职位", "岗位名称", "职位名称", "职务", "考核岗位"),
    "kpi": (
        "kpi id",
        "kpi name",
        "indicator",
        "metric",
        "指标",
        "指标名称",
        "考核项",
        "考核项目",
        "KPI指标",
        "kpi名称",
    ),
    "actual": (
        *("actual value", "value", "result", "achieved"),
        *(
            "实绩",
            "完成值",
            "实际",
            "实际完成",
            "实际完成值",
            "完成",
            "完成情况",
            "实际数据",
            "数值",
            "指标值",
            "实际结果",
        ),
    ),
    "target": ("target value", "goal", "目标", "指标目标", "目标数值"),
    "unit": ("units", "计量单位"),
    "name": ("employee name", "full name", "员工姓名", "名字"),
    "team": ("department", "group", "dept", "部门", "小组", "组别", "班组", "所属部门", "所属团队"),
    "base": ("bonus base", "base pay", "绩效基数", "绩效奖金基数", "绩效工资基数", "绩效工资"),
    "days": ("days in role", "任职天数", "天数"),
    "share": ("share of period", "岗位占比", "占比"),
    "note": (
        *("notes", "remark", "remarks", "comment", "comments", "definition", "kpi definition", "possible"),
        *("serial no", "#", "序号"),
        *("说明", "定义", "指标定义", "口径", "计算口径", "指标说明", "取值范围"),
    ),
}
"""What else people call them."""

WORDS: Final[Mapping[str, str]] = {
    fold(word): column for words in (COLUMNS, _OTHER_WORDS) for column, each in words.items() for word in each
}
"""The column that a word heads; the words are folded."""

UNITS: Final[Mapping[str, Both]] = {
    "base": Both("yuan", "元"),
    "days": Both("days", "天"),
    "share": Both("%", "%"),
}
"""The columns of numbers that are about a card as a whole, each with its unit."""

LONGEST: Final = 1000
"""The most characters of a heading that is understood: whatever is longer is looked through for no word."""

_MARKS: Final = "*:："
_BRACKETS: Final = re.compile(r"(?P<word>.*\S)\s*[(\[](?P<inside>[^()\[\]]*)[)\]]", re.DOTALL)
_WITH_ANY_REMARK: Final = frozenset({"period", "employee", "role", "kpi", "name", "team", "note", "unit"})
_SAYING_NOTHING: Final = frozenset(
    map(
        fold,
        (
            "required",
            "optional",
            "mandatory",
            "monthly",
            "this month",
            "必填",
            "选填",
            "必填项",
            "本月",
            "当月",
            "月度",
        ),
    )
)

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
    from kpicard.quantities import unit_of  # rules are checked by the words of headings too, and know no quantities

    said, own = unit_of(remark), unit_of(UNITS[column])
    return (said.kind, said.scale) == (own.kind, own.scale)


def _says_nothing(remark: str) -> bool:
    return not remark or fold(remark) in _SAYING_NOTHING or re.fullmatch(_WEIGHT_OR_MONTH, remark) is not None


class KpiHeading(NamedTuple):
    """A column of a wide file: what its KPI is called, which part of the figure it holds, and a remark in brackets."""

    kpi: str
    part: Part
    remark: str | None = None


class KnownHeadings:
    """Understands the headings of a table by the words of the columns and the KPIs of the rules."""

    def __init__(self, rules: Rules) -> None:
        """Take the KPIs from the rules; what those of a role are called whose file is wrong is not known."""
        self.broken_roles = tuple(rules.broken)
        self._kpis: dict[str, str] = {}
        self._units: Mapping[str, set[Unit]] = defaultdict(set)
        for item in rules.items:
            for word in (item.id, *spellings(item.name)):
                self._kpis[fold(word)] = word
                self._units[fold(word)].add(unit_of(item.unit))

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
        return self._ratio_part(text)

    def other_unit(self, heading: KpiHeading) -> str | None:
        """Return the remark in a heading's brackets if it does not say the KPI's own unit, or None.

        What is not understood there may be a magnitude or another currency: it is no remark to pass over.
        """
        if heading.remark is None:
            return None
        said = unit_of(heading.remark)
        agrees = all(_same_unit(said, unit) for unit in self._units[fold(heading.kpi)])
        return None if agrees else heading.remark

    def _ratio_part(self, text: str) -> KpiHeading | None:
        """Return the KPI whose name, and behind it the word for a part of a ratio, a text is."""
        folded = fold(text)
        for part in RATIO_PARTS:
            for word in COLUMNS[part]:
                base = folded.removesuffix(word)
                if base != folded and base in self._kpis:
                    return KpiHeading(self._kpis[base], part)
        return None


def _part(text: str) -> Part | None:
    return next((part for part in RATIO_PARTS if WORDS.get(fold(text)) == part), None)


def _same_unit(one: Unit, other: Unit) -> bool:
    if one.kind != other.kind or one.scale != other.scale:
        return False
    return one.kind != "other" or bool(one.words & other.words)
