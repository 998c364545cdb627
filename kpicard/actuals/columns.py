"""The columns of a heading, sorted by what they are taken for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from kpicard.actuals.known import KnownHeadings, KpiHeading
from kpicard.headings import COLUMNS, column_of
from kpicard.sources.records import Record
from kpicard.text import fold

LONG_ONLY = ("actual", "target", "numerator", "denominator", "unit")
"""What a wide table does not use: it would not say which KPI it is about."""

OF_NO_FIGURE = ("name", "team")
"""What a card does not hang on."""

_NEVER_PREFERRED = ("employee", "actual", "numerator", "denominator", "target", "note")
"""工号 beside 员工 may be the id, and the other the name, and of two columns each may have figures: that is for their
owner to say."""


@dataclass(frozen=True)
class Found:
    """The columns of a heading by kind: indices, with the text where it matters."""

    fixed: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    kpis: dict[int, KpiHeading] = field(default_factory=dict)
    unknown: dict[int, str] = field(default_factory=dict)
    unnamed: list[int] = field(default_factory=list)
    passed_over: dict[int, int] = field(default_factory=dict)
    """Columns that may mean what another one is headed by the very word for, and that one."""

    @property
    def is_wide(self) -> bool:
        """Whether there are columns per KPI, and none that names the KPI of a row."""
        return bool(self.kpis) and "kpi" not in self.fixed


def sort_columns(heading: Record, known: KnownHeadings) -> Found:
    """Return the columns of a heading by kind."""
    found = Found()
    for index, text in enumerate(cell.strip() for cell in heading.cells):
        column, kpi = column_of(text), known.kpi(text)
        if not text:
            found.unnamed.append(index)
        elif column:
            found.fixed[column].append(index)
        elif kpi:
            found.kpis[index] = kpi
        else:
            found.unknown[index] = text
    for column in found.fixed:
        if column not in _NEVER_PREFERRED:
            _prefer_own_word(found, column, heading)
    if "employee" not in found.fixed and "name" in found.fixed:
        found.fixed["employee"] = found.fixed.pop("name")  # the name is all that the table calls people by
    return found


def _prefer_own_word(found: Found, column: str, heading: Record) -> None:
    """Where several columns may be the role, and one is headed by the very word for it, take that one."""
    indices = found.fixed[column]
    own = [index for index in indices if fold(heading.cells[index]) in map(fold, COLUMNS[column])]
    if len(own) == 1 < len(indices):
        found.passed_over.update((index, own[0]) for index in indices if index not in own)
        found.fixed[column] = own


def other_part(kpis: Mapping[int, KpiHeading], heading: KpiHeading) -> int | None:
    """Return the column of the other part of a ratio, by the same name."""
    return next(
        (
            index
            for index, each in kpis.items()
            if fold(each.kpi) == fold(heading.kpi) and each.part not in {"actual", heading.part}
        ),
        None,
    )
