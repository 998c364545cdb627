"""What is wrong with a heading: columns that are missing, unknown, doubled or of another unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from kpicard.actuals.columns import LONG_ONLY, OF_NO_FIGURE, Found, other_part
from kpicard.actuals.known import KnownHeadings
from kpicard.headings import COLUMNS, WORDS, split_brackets
from kpicard.nearest import nearest
from kpicard.problems.problem import Value
from kpicard.sources.records import Record
from kpicard.text import fold

HeadingFault: TypeAlias = tuple[int, str, dict[str, Value]]
"""The index of a column, what is wrong with it, and what the message quotes."""


def heading_faults(found: Found, heading: Record, known: KnownHeadings) -> Iterator[HeadingFault]:
    """Yield what is wrong with a heading."""
    texts = [cell.strip() for cell in heading.cells]
    missing = tuple(COLUMNS[column] for column in _missing(found))
    separator = next((each for each in "|，;\t" if each in texts[0]), None) if len(texts) == 1 else None
    if separator:
        yield 0, "wrong-separator", {"separator": separator}
    elif missing:
        values: dict[str, Value] = {
            "missing": missing,
            "found": tuple(filter(None, texts)),
            "broken": known.broken_roles or None,
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


def _unknown(found: Found, known: KnownHeadings, *, is_any_missing: bool) -> Iterator[HeadingFault]:
    for index, text in found.unknown.items():
        word, remark = split_brackets(text)
        if remark and not found.is_wide and WORDS.get(fold(word)) in LONG_ONLY:
            yield index, "other-unit", {"unit": remark, "kpi": word}
            continue
        meant = nearest(text, known.words)
        if meant or not is_any_missing:  # a missing column lists what there is
            yield index, "unknown-column", {"column": text, "nearest": meant, "broken": known.broken_roles or None}


def _missing(found: Found) -> Iterator[str]:
    """Yield the columns that a table needs and this one does not have."""
    ratio = {"numerator", "denominator"} & set(found.fixed)
    needed = ["employee", "role"]
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
