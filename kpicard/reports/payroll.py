"""One row for each card, as payroll needs it: who, total, grade, coefficient, base and bonus, and what was left out.

CSV and Parquet have ids and are in no language; a workbook and what is read have names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from kpicard.cards.scorecards import Scorecards
from kpicard.cards.values import Card
from kpicard.engines.export import write_table
from kpicard.files import write_whole
from kpicard.messages import words_of
from kpicard.numbers import plain
from kpicard.reports import figures
from kpicard.reports.blocks import Block, Column, Heading, Layout, Table
from kpicard.text import Language, printable, say

_WORDS: Final = words_of("card", "payroll")

_Value: TypeAlias = str | Decimal | None


class _Field(NamedTuple):
    """A column: its type in SQL, and whether it is a number whose decimals are those that it has."""

    kind: str
    is_right: bool = False


_TEXT, _PLAIN = _Field("VARCHAR"), _Field("DECIMAL(18, 6)", is_right=True)

_FIELDS: Final[Mapping[str, _Field]] = {
    **dict.fromkeys(("period", "employee", "name", "team", "role"), _TEXT),
    "total": _Field("DECIMAL(16, 2)", is_right=True),
    "grade": _TEXT,
    **dict.fromkeys(("coefficient", "base", "share"), _PLAIN),
    "bonus": _Field("DECIMAL(24, 12)", is_right=True),
    **dict.fromkeys(("left_out", "comment"), _TEXT),
}
"""The columns, in their order."""

_FORMULA: Final = ("=", "+", "-", "@")


def _values(card: Card, role: str, left_out: str) -> dict[str, _Value]:
    return {
        "period": card.period,
        "employee": printable(card.employee),
        "name": printable(card.name or ""),
        "team": printable(card.team or ""),
        "role": role,
        "total": card.total,
        "grade": printable(card.grade or ""),
        "coefficient": card.coefficient,
        "base": card.base,
        "share": card.share,
        "bonus": card.bonus,
        "left_out": left_out,
        "comment": " / ".join(printable(each.text) for each in card.comments),
    }


def _data(result: Scorecards) -> Iterator[dict[str, _Value]]:
    """Yield the values of each card by ids; of a KPI that is left out, also why."""
    for card in result.cards:
        left_out = [f"{each.kpi.id} {each.status}" for each in card.kpis if each.points is None]
        yield _values(card, card.role.id, "; ".join(left_out))


def _read(result: Scorecards, language: Language) -> Iterator[dict[str, _Value]]:
    """Yield the values of each card by names."""
    between = "；" if language == "zh" else "; "
    for card in result.cards:
        left_out = [
            f"{printable(say(each.kpi.name, language))} {figures.actual(each, language)}"
            for each in card.kpis
            if each.points is None
        ]
        values = _values(card, printable(say(card.role.title, language)), between.join(left_out))
        yield {**values, "grade": figures.grade(card, language)}


def rows(result: Scorecards, language: Language) -> Iterator[Iterable[object]]:  # noqa: ARG001 - in no language
    """Yield the rows of CSV, with the names of the columns first.

    A text that a spreadsheet would take for a formula has `'` before it.
    """
    yield tuple(_FIELDS)
    for values in _data(result):
        yield [_cell(name, value) for name, value in values.items()]


def _cell(name: str, value: _Value) -> str | None:
    if isinstance(value, Decimal):
        return f"{value:f}" if name == "total" else plain(value)
    return f"'{value}" if value and value.startswith(_FORMULA) else value


def parquet_file(result: Scorecards, language: Language, path: Path) -> None:  # noqa: ARG001 - in no language
    """Write the rows as Parquet, whole or not at all, its numbers as decimals. Raises OSError."""
    found = [[None if value in {None, ""} else str(value) for value in values.values()] for values in _data(result)]
    columns = {name: field.kind for name, field in _FIELDS.items()}
    write_whole(path, lambda new: write_table(columns, found, new))


def blocks(result: Scorecards, language: Language) -> Iterator[Block]:
    """Yield a table of all cards, without columns that are empty."""
    yield Heading((say(_WORDS["cards"], language),))
    found = list(_read(result, language))
    yield Table(
        [
            Column(
                title=say(_WORDS[name], language),
                cells=[_shown(name, values[name]) for values in found],
                is_right=field.is_right,
                wrap="never" if field.is_right or name in {"period", "employee"} else "words",
                holds="choices" if name in {"period", "team", "role", "grade"} else "texts",
            )
            for name, field in _FIELDS.items()
            if any(values[name] for values in found) or name in {"total", "grade"}
        ],
        layouts=(Layout(), Layout(is_close=True)),
        is_searched=True,
    )


def _shown(name: str, value: _Value) -> str:
    if isinstance(value, Decimal):
        return figures.number(value) if name in {"total", "coefficient"} else figures.amount(value)
    return value or (figures.NONE if name == "total" else "")


def xlsx_file(result: Scorecards, language: Language, path: Path) -> None:
    """Write a workbook of one sheet, whole or not at all. Raises OSError."""
    from kpicard.reports.xlsx import styles
    from kpicard.reports.xlsx.book import Book, check_rows
    from kpicard.reports.xlsx.table import Column as SheetColumn
    from kpicard.reports.xlsx.table import titled
    from kpicard.reports.xlsx.table import write_table as write_sheet

    found = list(_read(result, language))
    check_rows([len(found) + 10], language)
    book = Book(language)
    looks = {
        name: styles.fitting(value for value in (values[name] for values in found) if isinstance(value, Decimal))
        for name, each in _FIELDS.items()
        if each.is_right
    }
    looks |= {"total": styles.TOTAL, "grade": styles.GRADE, "left_out": styles.WRAPPED, "comment": styles.WRAPPED}
    title = say(_WORDS["cards"], language)
    write_sheet(
        book.sheet(title),
        title=titled(book, title, result.cards),
        note=say(_WORDS["note"], language),
        columns=[SheetColumn(say(_WORDS[name], language), looks.get(name, styles.PLAIN)) for name in _FIELDS],
        rows=(list(values.values()) for values in found),
        frozen=3,
    )
    content = book.close()
    write_whole(path, lambda new: new.write_bytes(content))
