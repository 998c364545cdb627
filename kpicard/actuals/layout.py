"""Which column of a table is what, and what is wrong with a header."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from kpicard.actuals.files.records import Record
from kpicard.actuals.files.tables import Table
from kpicard.actuals.header import LONG_ONLY, MOST_COLUMNS, Found, other_part, sort_columns
from kpicard.actuals.header_vocabulary import (
    COLUMNS,
    OF_NO_FIGURE,
    PARTS,
    WORDS,
    KnownHeadings,
    KpiHeading,
    split_brackets,
)
from kpicard.periods import is_long, is_month_alone, read_period
from kpicard.problems import Problem, Value, has_errors
from kpicard.text import fold, misspelt

HeadingFault: TypeAlias = tuple[int, str, dict[str, Value]]
"""The index of a column, what is wrong with it, and what the message quotes."""


def heading_faults(found: Found, heading: Record, known: KnownHeadings, role: str | None) -> Iterator[HeadingFault]:
    """Yield what is wrong with a heading; `role` is that of all its rows, where it has no column for it."""
    texts = [cell.strip() for cell in heading.cells]
    lacking = list(_missing(found, is_role_known=known.has_roster or role is not None))
    missing = tuple(COLUMNS[column] for column in lacking)
    periods = [index for index, text in found.unknown.items() if _is_period(text)]
    if len(periods) > 1 and not {"actual", "numerator"} & set(found.fixed) and not found.is_wide:
        yield periods[0], "period-columns", {"columns": tuple(texts[index] for index in periods)}
        return
    separator = next((each for each in "|，;\t" if each in texts[0]), None) if len(texts) == 1 else None
    if separator:
        yield 0, "wrong-separator", {"separator": separator}
    elif missing:
        values: dict[str, Value] = {
            "missing": missing,
            "found": tuple(filter(None, texts)),
            "broken": known.broken_roles or None,
            "roles": known.roles if lacking == ["role"] else None,
        }
        yield 0, "missing-column", values
    yield from _doubled(found, texts)
    for index, used in found.passed_over.items():
        yield index, "other-column", {"column": texts[index], "other": texts[used]}
    if found.is_wide:
        for column in LONG_ONLY:
            for index in found.fixed.get(column, ()):
                yield index, "target-in-wide", {"column": texts[index]}
        yield from _kpi_faults(found, known)
    else:
        for index in found.kpis:
            yield index, "kpi-in-long", {"column": texts[index]}
    yield from _unknown(found, known, is_any_missing=bool(missing))


def _is_period(text: str) -> bool:
    return bool(read_period(text)) or is_month_alone(text) or is_long(text)


def _unknown(found: Found, known: KnownHeadings, *, is_any_missing: bool) -> Iterator[HeadingFault]:
    # A hint names no column that is there already.
    headed = {word for column in found.fixed for word in COLUMNS[column]} | {each.kpi for each in found.kpis.values()}
    for index, text in found.unknown.items():
        word, remark = split_brackets(text)
        if remark and not found.is_wide and WORDS.get(fold(word)) in LONG_ONLY:
            yield index, "other-unit", {"unit": remark, "kpi": word}
            continue
        meant = misspelt(word, (each for each in known.words if each not in headed))
        if meant or not is_any_missing:  # a missing column lists what there is
            yield index, "unknown-column", {"column": text, "nearest": meant, "broken": known.broken_roles or None}


def _missing(found: Found, *, is_role_known: bool) -> Iterator[str]:
    """Yield the columns that a table needs and this one does not have."""
    ratio = {"numerator", "denominator"} & set(found.fixed)
    needed = ["employee", *([] if is_role_known else ["role"])]
    if not found.is_wide:
        needed += ["kpi", *(["numerator", "denominator"] if ratio else ["actual"])]
    yield from (column for column in needed if column not in found.fixed)


def _doubled(found: Found, texts: list[str]) -> Iterator[HeadingFault]:
    """Yield the columns that mean the same. Which team is meant is no reason to refuse the figures."""
    for column, (first, *more) in found.fixed.items():
        for index in more if column != "note" else ():
            code = "unclear-column" if column in OF_NO_FIGURE else "doubled-column"
            yield index, code, {"column": texts[index], "other": texts[first], "meaning": COLUMNS[column]}
    # Two ways to call one KPI show in the rows, as figures given twice: that depends on the role.
    headed: dict[tuple[str, str], int] = {}
    for index, heading in found.kpis.items() if found.is_wide else ():
        first = headed.setdefault((fold(heading.kpi), heading.part), index)
        if first != index:
            yield index, "doubled-column", {"column": texts[index], "other": texts[first], "meaning": heading.kpi}


def _kpi_faults(found: Found, known: KnownHeadings) -> Iterator[HeadingFault]:
    for index, heading in found.kpis.items():
        unit = known.other_unit(heading)
        if unit is not None:
            yield index, "other-unit", {"unit": unit, "kpi": heading.kpi}
        if heading.part != "actual" and other_part(found.kpis, heading) is None:
            missing = "denominator" if heading.part == "numerator" else "numerator"
            yield index, "half-ratio", {"kpi": heading.kpi, "missing": COLUMNS[missing]}


class KpiColumns(NamedTuple):
    """The columns of one KPI in a wide table, as it is called there: its actual, or numerator and denominator."""

    kpi: str
    actual: int | None = None
    numerator: int | None = None
    denominator: int | None = None

    @property
    def parts(self) -> dict[str, int]:
        """The columns by which part of the figure they hold."""
        parts = {"actual": self.actual, "numerator": self.numerator, "denominator": self.denominator}
        return {part: column for part, column in parts.items() if column is not None}

    @property
    def column(self) -> int:
        """The column that stands for the figure."""
        return next(iter(self.parts.values()))


class Layout(NamedTuple):
    """The columns of one table, by their index from 0.

    `kpis` are those of a wide table; `unnamed` have no heading, and those of `unclear` are a wide table's that may be a
    KPI's, with their headings; an empty one may be any KPI's.
    """

    width: int
    columns: Mapping[str, int]
    kpis: tuple[KpiColumns, ...]
    unnamed: tuple[int, ...]
    unclear: Mapping[int, str]
    role: str | None = None
    """The role of all rows, where there is no column for it."""

    @property
    def is_wide(self) -> bool:
        """Whether the table has columns per KPI."""
        return bool(self.kpis)

    @property
    def figures(self) -> frozenset[int]:
        """The columns that hold figures, or parts of them."""
        long = (self.columns[part] for part in PARTS if part in self.columns)
        wide = (column for kpi in self.kpis for column in kpi.parts.values())
        return frozenset((*long, *wide))

    @property
    def actuals(self) -> frozenset[int]:
        """The columns that hold actuals, of figures that are not given in parts."""
        found = (self.columns.get("actual"), *(kpi.actual for kpi in self.kpis))
        return frozenset(column for column in found if column is not None)

    def columns_of(self, column: int) -> Mapping[str, int]:
        """Return the columns of a figure, by what they hold; `column` is the one that stands for it."""
        parts = next((kpi.parts for kpi in self.kpis if kpi.column == column), {})
        return {**self.columns, **parts}

    @property
    def has_ratios(self) -> bool:
        """Whether figures may be given as numerator and denominator."""
        return "numerator" in self.columns or any(kpi.actual is None for kpi in self.kpis)


def read_layout(heading: Record, table: Table, known: KnownHeadings) -> tuple[Layout | None, list[Problem]]:
    """Return the layout that a table's heading gives, or None where the table cannot be read by it.

    A column that is not known is a warning, since its values are not used.
    """
    if heading.bad_quote is not None:
        return None, [table.problem("bad-quote", heading.place_of(heading.bad_quote))]
    if len(heading.cells) > MOST_COLUMNS:
        values = {"found": len(heading.cells), "limit": MOST_COLUMNS}
        return None, [table.problem("too-many-columns", heading.place(MOST_COLUMNS), values)]
    found = sort_columns(heading, known)
    role = known.role_of(table.sheet)
    problems = [
        table.problem(code, heading.place(index), values)
        for index, code, values in heading_faults(found, heading, known, role)
    ]
    if has_errors(problems):
        return None, problems
    unused = LONG_ONLY if found.is_wide else ()
    columns = {
        column: indices[0]
        for column, indices in found.fixed.items()
        if column not in unused and not (column in OF_NO_FIGURE and len(indices) > 1)
    }
    return Layout(
        width=len(heading.cells),
        columns=columns,
        kpis=tuple(_kpi_columns(found.kpis)) if found.is_wide else (),
        unnamed=tuple(found.unnamed),
        unclear=dict(_unclear(found, known)) if found.is_wide else {},
        role=None if "role" in columns else role,
    ), problems


def _unclear(found: Found, known: KnownHeadings) -> Iterator[tuple[int, str]]:
    """Yield the columns that are not read and may be a KPI's: 实际值 may be any one's."""
    yield from ((index, "") for part in PARTS for index in found.fixed.get(part, ()))
    yield from ((index, "") for index in found.unnamed)
    yield from ((index, text) for index, text in found.unknown.items() if known.may_be_kpi(text))


def _kpi_columns(kpis: Mapping[int, KpiHeading]) -> Iterator[KpiColumns]:
    """Yield the KPIs in the order of their columns; a numerator and a denominator go together."""
    for index, heading in kpis.items():
        if heading.part == "actual":
            yield KpiColumns(heading.kpi, actual=index)
        elif heading.part == "numerator":
            yield KpiColumns(heading.kpi, numerator=index, denominator=other_part(kpis, heading))
