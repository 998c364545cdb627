"""What the different texts of all cells mean, understood by the code that understands files, as small tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar

from kpicard.actuals.header_vocabulary import is_sum
from kpicard.actuals.number_forms import scale_of
from kpicard.actuals.readers import Meaning, Reader, Vocabulary
from kpicard.actuals.summary_rows import SURELY
from kpicard.numbers import to_millionths
from kpicard.periods import periods_in, read_period
from kpicard.spark.rows import NAMED
from kpicard.spark.sql import Value
from kpicard.spark.texts import PARTS, Said

Read: TypeAlias = Callable[[Reader, str], Meaning]

READ: Final[Mapping[str, Read]] = {
    "actual": Reader.actual,
    "target": Reader.target,
    "numerator": Reader.numerator,
    "denominator": Reader.denominator,
}
"""How each part of a figure is read."""

Meant = TypeVar("Meant")


def _by_part() -> Mapping[str, dict[Any, tuple[Value, ...]]]:
    return {part: {} for part in PARTS}


@dataclass
class Meanings:
    """What the different texts mean, filled text by text; what is not understood is not in it."""

    periods: Mapping[str, str]
    """The period that a text names."""
    roles: dict[tuple[str, str | None], int] = field(default_factory=dict)
    """The number of the role that a text means; where rules hang on the period, with the text of that."""
    kpis: set[tuple[int, str, int]] = field(default_factory=set)
    """What a role's text means: the number of the KPI or adjustment."""
    units: set[tuple[int, str]] = field(default_factory=set)
    """The texts that say a KPI's own unit."""
    errors: set[str] = field(default_factory=set)
    """Errors of a spreadsheet in place of an employee."""
    sum_roles: set[str] = field(default_factory=set)
    """What stands in place of a role and calls the row a sum."""
    forms: Mapping[str, dict[tuple[int, str, str], tuple[Value, ...]]] = field(default_factory=_by_part)
    """Of each part the forms that only move the point of their number: the sign, and the power of ten."""
    texts: Mapping[str, dict[tuple[int, str], tuple[Value, ...]]] = field(default_factory=_by_part)
    """Of each part the texts that are read as a whole: the status, and the value in millionths."""
    whole: set[tuple[str, str, str]] = field(default_factory=set)
    """The parts and forms whose texts must be read as a whole, and are not here yet."""


def understand(said: Sequence[Said], vocabulary: Vocabulary, only_period: str | None) -> Meanings:
    """Return what the texts mean; `only_period` dates inputs that say no period, neither in a column nor by name."""
    named = {each.period for each in said if each.period}
    meanings = Meanings({text: period for text in named if (period := _period(text, only_period))})
    for each in said:
        role = _role(each, vocabulary, meanings.periods)
        if each.role and is_sum(each.role, SURELY):
            meanings.sum_roles.add(each.role)
        if each.role and role is not None:
            meanings.roles[each.role, each.period if vocabulary.numbered.is_dated else None] = role
            if each.error and each.period in meanings.periods:
                meanings.errors.add(each.error)
            for kpi in _only(vocabulary.names.kpis(role, each.kpi or "")):
                meanings.kpis.add((role, each.kpi or "", kpi))
                _add_figure(meanings, each, kpi, vocabulary.readers[kpi])
    return meanings


def _add_figure(meanings: Meanings, said: Said, kpi: int, reader: Reader) -> None:
    """Add what the texts of a figure mean that are no plain numbers."""
    if said.unit and reader.is_unit(said.unit):
        meanings.units.add((kpi, said.unit))
    for part, form in zip(PARTS, said.forms, strict=True):
        if form and form.whole is not None:
            text = (kpi, form.whole)
            if text not in meanings.texts[part]:
                meanings.texts[part][text] = _meant(READ[part](reader, form.whole))
        elif form:
            each = (kpi, form.prefix or "", form.suffix or "")
            scale = meanings.forms[part].get(each) or scale_of(each, partial(_value, READ[part], reader))
            if scale:
                meanings.forms[part][each] = scale
            else:
                meanings.whole.add((part, *each[1:]))


def _value(read: Read, reader: Reader, _: int, text: str) -> Decimal | None:
    return read(reader, text).value


def _meant(meaning: Meaning) -> tuple[Value, ...]:
    return meaning.status, None if meaning.value is None else to_millionths(meaning.value)


def period_of_name(name: str) -> str | None:
    """Return the period that the name of a file or a table speaks of; None where it is none, or several."""
    found = set(periods_in(Path(name).stem))
    return found.pop() if len(found) == 1 else None


def _period(text: str, only_period: str | None) -> str | None:
    if text.startswith(NAMED):
        return period_of_name(text.removeprefix(NAMED)) or only_period
    return read_period(text)


def _role(said: Said, vocabulary: Vocabulary, periods: Mapping[str, str]) -> int | None:
    """Return the number of the role that a cell means, where its rules hang on the period that of the right edition."""
    numbered = vocabulary.numbered
    for id_ in _only(vocabulary.names.roles(said.role or "")):
        return numbered.number(id_, periods.get(said.period or "") if numbered.is_dated else None)
    return None


def _only(meant: frozenset[Meant]) -> frozenset[Meant]:
    """Return what a text means where that is clear, otherwise nothing."""
    return meant if len(meant) == 1 else frozenset()
