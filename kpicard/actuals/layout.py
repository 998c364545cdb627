"""Which column of a table is what: the headings, in either language, by id or by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kpicard.actuals.known import KnownHeadings, KpiHeading
from kpicard.headings import COLUMNS, WORDS
from kpicard.nearest import nearest
from kpicard.problems import Problem, has_errors
from kpicard.problems.problem import Value
from kpicard.sources.records import Record
from kpicard.sources.table import Table
from kpicard.text import Both, fold

_LONG_ONLY = ("target", "numerator", "denominator", "unit")
_OF_NO_FIGURE = ("name", "team")


@dataclass(frozen=True)
class KpiColumns:
    """The columns of one KPI in a wide table, as it is called there: its actual, or numerator and denominator."""

    kpi: str
    actual: int | None = None
    numerator: int | None = None
    denominator: int | None = None

    @property
    def column(self) -> int:
        """The column that stands for the figure."""
        return next(each for each in (self.actual, self.numerator, self.denominator) if each is not None)


@dataclass(frozen=True)
class Layout:
    """The columns of one table, by their index from 0.

    `kpis` are those of a wide table; `unnamed` have no heading.
    """

    width: int
    columns: Mapping[str, int]
    kpis: tuple[KpiColumns, ...]
    unnamed: tuple[int, ...]
    may_lack_kpis: bool
    """Whether a wide table has a column that is not known and may be a KPI's, its heading misspelt."""

    @property
    def is_wide(self) -> bool:
        """Whether the table has columns per KPI."""
        return bool(self.kpis)

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
    found = _sort(heading, known)
    problems = [
        table.problem(code, heading.place(index), values) for index, code, values in _faults(found, heading, known)
    ]
    if has_errors(problems):
        return None, problems
    unused = _LONG_ONLY if found.is_wide else ()
    columns = {
        column: indices[0]
        for column, indices in found.fixed.items()
        if column not in unused and not (column in _OF_NO_FIGURE and len(indices) > 1)
    }
    return Layout(
        width=len(heading.cells),
        columns=columns,
        kpis=tuple(_kpi_columns(found.kpis)) if found.is_wide else (),
        unnamed=tuple(found.unnamed),
        may_lack_kpis=found.is_wide and not all(_is_misspelt(text, known) for text in found.unknown.values()),
    ), problems


def _is_misspelt(text: str, known: KnownHeadings) -> bool:
    """Whether a heading looks like one of the words that head other columns than a KPI's."""
    meant = nearest(text, known.words)
    return meant is not None and fold(meant) in WORDS


def _kpi_columns(kpis: Mapping[int, KpiHeading]) -> Iterator[KpiColumns]:
    """Yield the KPIs in the order of their columns; a numerator and a denominator go together."""
    for index, heading in kpis.items():
        if heading.part == "actual":
            yield KpiColumns(heading.kpi, actual=index)
        elif heading.part == "numerator":
            yield KpiColumns(heading.kpi, numerator=index, denominator=_other_part(kpis, heading))


def _other_part(kpis: Mapping[int, KpiHeading], heading: KpiHeading) -> int | None:
    """Return the column of the other part of a ratio, by the same name."""
    return next(
        (
            index
            for index, each in kpis.items()
            if fold(each.kpi) == fold(heading.kpi) and each.part not in {"actual", heading.part}
        ),
        None,
    )


@dataclass(frozen=True)
class _Found:
    """The columns of a heading by kind: indices, with the text where it matters."""

    fixed: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    kpis: dict[int, KpiHeading] = field(default_factory=dict)
    unknown: dict[int, str] = field(default_factory=dict)
    unnamed: list[int] = field(default_factory=list)

    @property
    def is_wide(self) -> bool:
        return bool(self.kpis) and not {"kpi", "actual"} & set(self.fixed)


def _sort(heading: Record, known: KnownHeadings) -> _Found:
    found = _Found()
    for index, text in enumerate(cell.strip() for cell in heading.cells):
        column, kpi = known.column(text), known.kpi(text)
        if not text:
            found.unnamed.append(index)
        elif column:
            found.fixed[column].append(index)
        elif kpi:
            found.kpis[index] = kpi
        else:
            found.unknown[index] = text
    for column in _OF_NO_FIGURE:
        _prefer_own_word(found, column, heading)
    if "employee" not in found.fixed and "name" in found.fixed:
        found.fixed["employee"] = found.fixed.pop("name")  # the name is all that the table calls people by
    return found


def _prefer_own_word(found: _Found, column: str, heading: Record) -> None:
    """Where several columns may be the team, and one is headed by the very word for it, take that one."""
    indices = found.fixed.get(column, [])
    own = [index for index in indices if fold(heading.cells[index]) in map(fold, COLUMNS[column])]
    if len(own) == 1:
        found.unknown.update((index, heading.cells[index].strip()) for index in indices if index not in own)
        found.fixed[column] = own


def _faults(found: _Found, heading: Record, known: KnownHeadings) -> Iterator[tuple[int, str, dict[str, Value]]]:
    """Yield what is wrong with a heading: the column, the code and what the message quotes."""
    texts = [cell.strip() for cell in heading.cells]
    missing = tuple(Both(*COLUMNS[column]) for column in _missing(found))
    separator = next((each for each in "|，;\t" if each in texts[0]), None) if len(texts) == 1 else None
    if separator:
        yield 0, "wrong-separator", {"separator": separator}
    elif missing:
        yield 0, "missing-column", {"missing": missing, "found": tuple(filter(None, texts))}
    yield from _doubled(found, texts)
    if found.is_wide:
        for column in _LONG_ONLY:
            for index in found.fixed.get(column, ()):
                yield index, "target-in-wide", {"column": texts[index]}
        yield from _kpi_faults(found, texts, known)
    unused = found.unknown if found.is_wide else {**found.unknown, **{index: texts[index] for index in found.kpis}}
    for index, text in unused.items():
        meant = nearest(text, known.words)
        if meant or not missing:  # a missing column lists what there is
            yield index, "unknown-column", {"column": text, "nearest": meant}


def _missing(found: _Found) -> Iterator[str]:
    """Yield the columns that a table needs and this one does not have."""
    ratio = {"numerator", "denominator"} & set(found.fixed)
    needed = ["employee", "role"]
    if not found.is_wide:
        needed += ["kpi", *(["numerator", "denominator"] if ratio else ["actual"])]
    yield from (column for column in needed if column not in found.fixed)


def _doubled(found: _Found, texts: list[str]) -> Iterator[tuple[int, str, dict[str, Value]]]:
    """Yield the columns that mean the same. Which team is meant is no reason to refuse the figures."""
    for column, (first, *more) in found.fixed.items():
        for index in more if column != "note" else ():
            code = "unclear-column" if column in _OF_NO_FIGURE else "doubled-column"
            yield index, code, {"column": texts[index], "other": texts[first], "meaning": Both(*COLUMNS[column])}
    # Two ways to call one KPI show in the rows, as figures given twice: that depends on the role.
    headed: dict[tuple[str, str], int] = {}
    for index, heading in found.kpis.items() if found.is_wide else ():
        first = headed.setdefault((fold(heading.kpi), heading.part), index)
        if first != index:
            yield index, "doubled-column", {"column": texts[index], "other": texts[first], "meaning": heading.kpi}


def _kpi_faults(found: _Found, texts: list[str], known: KnownHeadings) -> Iterator[tuple[int, str, dict[str, Value]]]:
    for index, heading in found.kpis.items():
        unit = known.other_unit(heading)
        if unit is not None:
            yield index, "other-unit", {"unit": unit, "kpi": heading.kpi, "column": texts[index]}
        if heading.part != "actual" and _other_part(found.kpis, heading) is None:
            missing = "denominator" if heading.part == "numerator" else "numerator"
            yield index, "half-ratio", {"kpi": heading.kpi, "missing": Both(*COLUMNS[missing])}
