"""What a column may be headed by: the words of the columns, and the ids and names of the KPIs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from kpicard.headings import COLUMNS, LONGEST, RATIO_PARTS, WORDS, Part, column_of, split_brackets, unmarked
from kpicard.quantities import Unit, unit_of
from kpicard.rules.rules import Rules
from kpicard.text import fold, spellings


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
        return [*(word for words in COLUMNS.values() for word in words), *self._kpis.values()]

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
