"""The headings of appraisal forms, and the rows that hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from kpicard.actuals.files.workbook import Merge, Sheet
from kpicard.text import fold, half_width, squeeze

_WORDS: Final[Mapping[str, str]] = {
    "section": "dimension, section, category, group, perspective, area, 维度, 考核维度, 指标维度, 类别, "
    "指标类别, 考核类别, 指标类型, 类型, 分类, 一级指标, 考核模块, 模块",
    "kpi": "kpi, kpis, indicator, metric, measure, item, kpi name, key performance indicator, 指标, 考核指标, "
    "指标名称, 考核指标名称, kpi指标, 关键指标, 关键绩效指标, 绩效指标, 二级指标, 考核项目, 考核项, 项目, 评价项目, "
    "评估项目, 考核要素, 评价指标",
    "english": "english name, name in english, 英文名, 英文名称, 英文",
    "content": "content, 考核内容, 工作内容, 内容, 考核要点",
    "weight": "weight, weighting, weightage, 权重, 指标权重, 考核权重, 比重, 权重占比, 占比",
    "full": "full marks, full mark, full score, max score, maximum score, maximum, marks, max marks, points available, "
    "满分, 分值, 标准分, 标准分值, 满分值, 权重分, 配分",
    "target": "target, target value, goal, 目标, 目标值, 考核目标, 指标值, 标准值, 目标标准, 绩效目标, 考核目标值",
    "unit": "unit, units, 单位, 计量单位",
    "standard": "standard, standards, scoring, scoring standard, scoring standards, scoring rule, scoring rules, "
    "scoring criteria, criteria, how it is scored, rating standard, 评分标准, 计分标准, 考核标准, 评分规则, 计分规则, "
    "评分办法, 计分办法, 计分方法, 评分方法, 评价标准, 打分标准, 考评标准, 评分细则, 考核细则, 扣分标准, 标准",
    "definition": "definition, kpi definition, description, formula, calculation, explanation, meaning, 指标定义, "
    "定义, 说明, 指标说明, 指标描述, 描述, 计算公式, 公式, 计算方法, 计算方式, 指标解释, 指标释义, 口径, 计算口径, "
    "统计口径",
    "source": "source, data source, data from, data, source of data, data provided by, 数据来源, 来源, 数据, "
    "数据提供, 数据提供部门, 数据提供人, 信息来源, 数据出处, 取数来源",
    "every": "frequency, how often, 频率, 考核频率, 统计频率, 指标周期, 统计周期",
    "self": "self, self-assessment, self rating, self score, 自评, 自评分, 自评得分, 自我评分, 员工自评, 本人评分",
    "manager": "manager, manager rating, manager score, supervisor, superior, 上级, 上级评分, 主管评分, 上级评价, "
    "直接上级评分, 直属上级评分, 领导评分, 经理评分, 主管, 上级得分, 上级考评",
    "peers": "peers, peer, colleagues, 同事, 同事评分, 同级评分, 同事互评, 互评",
    "filled": "score, scored, result, total, actual, actual value, achieved, points, rating, remark, remarks, note, "
    "notes, comment, comments, no, no., #, serial no, number, 得分, 评分, 考核得分, 实际得分, 最终得分, "
    "加权得分, 实际值, 实际完成, 实际完成值, 完成值, 完成情况, 达成率, 备注, 序号, 编号, 考核结果, 评语, 小计",
}
"""What forms call their columns; `filled` are those that are filled in each month."""

COLUMNS: Final = {fold(word): column for column, words in _WORDS.items() for word in words.split(", ")}

RATERS: Final = ("self", "manager", "peers")
"""The columns of marks that somebody gives."""

_WORTH: Final = frozenset({"weight", "full", "target", "standard"})
_REMARK: Final = re.compile(r"(.*?\S)\s*[(\[](.*?)[)\]]\W*")


class Heading(NamedTuple):
    """The columns of a table, each by its index, with the row's own index and what is behind them in brackets."""

    row: int
    last_row: int
    columns: Mapping[str, int]
    remarks: Mapping[str, str]
    unread: tuple[tuple[int, str], ...]
    """Columns whose heading is not understood."""


def headings(sheet: Sheet) -> Iterator[Heading]:
    """Yield the rows of a sheet that head a table of KPIs."""
    last = -1
    for row, cells in enumerate(sheet.rows):
        if row > last:
            found = _heading(sheet, row, cells)
            if found:
                last = found.last_row
                yield found


def _heading(sheet: Sheet, row: int, cells: Sequence[str]) -> Heading | None:
    words = {index: cell for index, cell in enumerate(cells) if cell.strip()}
    if len(words) < 2 or not any(column_of(cell) for cell in words.values()):
        return None
    last_row, words = _with_second_row(sheet.merged, sheet.rows, row, words)
    columns: dict[str, int] = {}
    remarks: dict[str, str] = {}
    unread = []
    for index, cell in sorted(words.items()):
        column = column_of(cell)
        if column == "kpi" and "kpi" in columns and "section" not in columns:
            columns["section"] = columns.pop("kpi")
        if column is None:
            unread.append((index, cell))
        elif column not in columns:
            columns[column] = index
            remarks[column] = _parts(cell)[1]
    _settle(columns, row, sheet.merged)
    if "kpi" not in columns or not _WORTH & set(columns) or 2 * len(unread) > len(words):
        return None
    return Heading(row, last_row, columns, remarks, tuple(unread))


def _settle(columns: dict[str, int], row: int, merged: Sequence[Merge]) -> None:
    """Say what a column of contents is: the KPIs themselves beside a column of groups or alone, else what they mean."""
    if "content" not in columns:
        return
    content = columns.pop("content")
    if "kpi" not in columns:
        columns["kpi"] = content
    elif "section" not in columns and any(
        merge.first_column == columns["kpi"] and merge.first_row > row and merge.last_row > merge.first_row
        for merge in merged
    ):
        columns["section"], columns["kpi"] = columns["kpi"], content
    else:
        columns.setdefault("definition", content)


def _with_second_row(
    merged: Sequence[Merge], rows: Sequence[Sequence[str]], row: int, words: dict[int, str]
) -> tuple[int, dict[int, str]]:
    """Return the last row of a heading, and its words: below one that spans columns stands what these hold."""
    if not any(merge.first_row == row < merge.last_row and merge.first_column in words for merge in merged):
        return row, words
    below = rows[row + 1] if row + 1 < len(rows) else ()
    second = {index: cell for index, cell in enumerate(below) if cell.strip()}
    return row + 1, words | second


def column_of(heading: str) -> str | None:
    """Return the column that a heading means; a remark in brackets behind it does not matter.

    >>> column_of("权重（%）"), column_of("KPI 指标"), column_of("Scoring standard"), column_of("姓名")
    ('weight', 'kpi', 'standard', None)
    """
    word = _parts(heading)[0]
    return COLUMNS.get(fold(word)) or next(
        (COLUMNS[each] for each in map(fold, _halves(word)) if each in COLUMNS), None
    )


def _parts(heading: str) -> tuple[str, str]:
    text = half_width(heading).strip(" *:")
    found = _REMARK.fullmatch(text)
    return (found[1], found[2]) if found else (text, "")


def _halves(word: str) -> tuple[str, ...]:
    """Return what a heading in two languages says in each: `权重 Weight`, `Target/目标值`."""
    chinese = squeeze("".join(re.findall(r"[\u4e00-\u9fff]+", word)))
    english = " ".join(re.findall(r"[A-Za-z][A-Za-z .-]*", word)).strip()
    return tuple(filter(None, (chinese, english))) if chinese and english else ()
