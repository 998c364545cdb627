"""The table that a roster is in: its header found and understood, and of a workbook's sheets the right one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kpicard.actuals.files.prepare import prepare
from kpicard.actuals.files.sheets import fill_merged
from kpicard.actuals.files.tables import Source, Table
from kpicard.actuals.header import Heading, find_heading
from kpicard.actuals.header_vocabulary import COLUMNS, KnownHeadings, KpiHeading, column_of, split_brackets, unmarked
from kpicard.actuals.open_tables import right_sheet
from kpicard.problems import Problem, has_errors
from kpicard.text import Both, fold, nearest

_OWN: Final[Mapping[str, tuple[Both, str]]] = {
    "manager": (
        Both("manager", "直属上级"),
        "line manager, supervisor, reports to, lead, 上级, 主管, 直接上级, 汇报对象, 直属主管, 考核人",
    ),
    "from": (
        Both("from", "任职开始"),
        (
            "start, start date, since, from date, joined, 开始, 开始日期, 开始月份, 任职日期, 到岗日期, "
            "入职日期, 生效日期, 起"
        ),
    ),
    "until": (
        Both("until", "任职结束"),
        "to, end, end date, until date, left, 结束, 结束日期, 结束月份, 离岗日期, 离职日期, 失效日期, 止",
    ),
}
_WORDS: Final = {
    fold(word): column
    for column, (words, others) in _OWN.items()
    for word in (*words, *(each.strip() for each in others.split(",")))
}
_TARGET: Final = re.compile(r"(?P<kpi>.*\S)\s*(?:target|goal|目标值|目标)", re.IGNORECASE | re.DOTALL)

_NEEDED: Final = ("employee", "role")
_IF_WANTED: Final = ("name", "team", "manager", "base", "share", "from", "until")
_PASSED_OVER: Final = ("note", "period", "days")
_USED: Final = (*_NEEDED, *_IF_WANTED)
_NOT_CLEAR: Final = ("name", "team", "manager")
"""Of these two columns may be the same thing in other words, and none is read then; of the others that is an error."""


def words_of_column(column: str) -> Both:
    """Return what heads a column of a roster."""
    return _OWN[column][0] if column in _OWN else COLUMNS[column]


def _column_of(heading: str) -> str | None:
    word = split_brackets(unmarked(heading))[0]
    return _WORDS.get(fold(heading)) or _WORDS.get(fold(word)) or column_of(heading)


@dataclass(frozen=True)
class RosterTable:
    """A table with its heading, and its columns by what they mean, as indices from 0."""

    table: Table
    heading: Heading
    columns: Mapping[str, Sequence[int]]
    targets: Mapping[int, KpiHeading] = field(default_factory=dict)
    """The columns of personal targets, each with its KPI."""

    @classmethod
    def of(cls, table: Table, heading: Heading, known: KnownHeadings) -> RosterTable:
        """Understand the heading of a table."""
        columns: dict[str, list[int]] = defaultdict(list)
        targets: dict[int, KpiHeading] = {}
        for index, cell in enumerate(heading.record.cells):
            kpi = _target_of(cell.strip(), known)
            if kpi:
                targets[index] = kpi
            else:
                columns[_column_of(cell.strip()) or ""].append(index)
        if "employee" not in columns and "name" in columns:
            columns["employee"] = columns.pop("name")  # the name is all that the table calls people by
        return cls(table.separated_by(heading.separator), heading, dict(columns), targets)

    @property
    def missing(self) -> tuple[str, ...]:
        """The columns that it lacks."""
        return tuple(column for column in _NEEDED if column not in self.columns)

    @property
    def used(self) -> dict[str, int]:
        """The columns that people are read from; where two may be a name or a team, neither is one."""
        found = {column: self.columns[column] for column in _USED if column in self.columns}
        return {column: first for column, (first, *more) in found.items() if column not in _NOT_CLEAR or not more}


def _target_of(text: str, known: KnownHeadings) -> KpiHeading | None:
    """Return the KPI of which a column holds personal targets: `Sales target`, `销售额 目标值（元）`."""
    word, remark = split_brackets(text)
    found = _TARGET.fullmatch(word)
    if not found or known.kpi(text):
        return None
    kpi = known.kpi(found["kpi"])
    return kpi._replace(remark=remark or kpi.remark) if kpi and kpi.part == "actual" else None


def open_roster(source: Source, known: KnownHeadings, copy: Path) -> tuple[RosterTable | None, list[Problem]]:
    """Return the table of a roster, or None where it cannot be read; `copy` begins the names of copies."""
    tables, problems = prepare(source, copy)
    if not tables:
        return None, problems
    headed = [(table, find_heading(table, known)) for table in tables]
    found, wrong = (headed, []) if source.sheets else right_sheet(headed, "which-roster", "no-roster-sheet")
    problems += wrong
    if not found:
        return None, problems
    right = RosterTable.of(*found[0], known)
    problems += _faults(right, known)
    if has_errors(problems):
        return None, problems
    fill_merged(right.table, right.heading.record.line, set(right.used.values()), frozenset(), right.used)
    return right, problems


def _faults(roster: RosterTable, known: KnownHeadings) -> Iterator[Problem]:
    """Yield what is wrong with a heading."""
    table, record = roster.table, roster.heading.record
    texts = [cell.strip() for cell in record.cells]
    if record.bad_quote is not None:
        yield table.problem("bad-quote", record.place_of(record.bad_quote))
        return
    if roster.missing:
        missing = tuple(COLUMNS[column] for column in roster.missing)
        yield table.problem(
            "missing-roster-column", record.place(0), {"missing": missing, "found": tuple(filter(None, texts))}
        )
    for column in _USED:
        first, *more = roster.columns.get(column, [0])
        for index in more:
            code = "unclear-column" if column in _NOT_CLEAR else "doubled-column"
            meant = words_of_column(column)
            yield table.problem(
                code, record.place(index), {"column": texts[index], "other": texts[first], "meaning": meant}
            )
    yield from _target_faults(roster, known, texts)
    words = [word for column in (*_USED, *_PASSED_OVER) for word in words_of_column(column)]
    read = {index for column in (*_USED, *_PASSED_OVER) for index in roster.columns.get(column, ())}
    for index, text in enumerate(texts):
        if text and index not in read and index not in roster.targets:
            yield table.problem(
                "unknown-column", record.place(index), {"column": text, "nearest": nearest(text, words)}
            )


def _target_faults(roster: RosterTable, known: KnownHeadings, texts: Sequence[str]) -> Iterator[Problem]:
    """Yield the columns of targets in another unit than the KPI's, and those that are there twice."""
    headed: dict[str, int] = {}
    for index, kpi in roster.targets.items():
        place = roster.heading.record.place(index)
        unit = known.other_unit(kpi)
        if unit is not None:
            yield roster.table.problem("other-unit", place, {"unit": unit, "kpi": kpi.kpi})
        first = headed.setdefault(fold(kpi.kpi), index)
        if first != index:
            values = {"column": texts[index], "other": texts[first], "meaning": kpi.kpi}
            yield roster.table.problem("doubled-column", place, values)
