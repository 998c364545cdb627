"""What roles, KPIs and columns are called in a template: as people say it, where `score` takes it for just that."""

from __future__ import annotations

from collections.abc import Collection

from kpicard.actuals.known import KnownHeadings
from kpicard.headings import COLUMNS, column_of
from kpicard.rules.editions import Item
from kpicard.rules.models import Kpi, Role
from kpicard.rules.names import by_name, find_broken, find_role
from kpicard.rules.rules import Rules
from kpicard.text import Both, Language, Text, fold, say, spellings
from kpicard.workbooks.cell_text import clean

_BESIDE = {"possible": Both("possible", "取值范围"), "definition": Both("definition", "定义")}
"""What heads the columns that only say what belongs into the others."""


class Labels:
    """The words of a template in one language, all of them on one line."""

    def __init__(self, rules: Rules, language: Language) -> None:
        """Take the names from the rules."""
        self._rules = rules
        self._language: Language = language
        self._known = KnownHeadings(rules)

    def text(self, text: Text | None) -> str:
        """Return a text of the rules, empty where there is none."""
        return "" if text is None else clean(say(text, self._language))

    def column(self, column: str) -> str:
        """Return what heads a column."""
        return say(_BESIDE.get(column) or COLUMNS[column], self._language)

    def possible(self, kpi: Item) -> str:
        """Return what a KPI's range says, empty where there is none."""
        return say(kpi.bounds.words, self._language) if isinstance(kpi, Kpi) and kpi.range else ""

    def role(self, role: Role) -> str:
        """Return a role's title, or its id where the title may mean another role."""
        title = self.text(role.title)
        word = fold(title)
        is_clear = find_role(self._rules, word) == {role.id} and not find_broken(self._rules, word)
        return title if is_clear else role.id

    def items(self, role: Role) -> tuple[Item, ...]:
        """Return what is filled in for a role: its KPIs, then the adjustments."""
        return (*role.kpis, *self._rules.adjustments(role))

    def kpi(self, role: Role, kpi: Item) -> str:
        """Return a KPI's name, or its id where the name may mean another one of the role, or heads another column."""
        name = self.text(kpi.name)
        names = by_name((each.id, (each.id, *spellings(each.name))) for each in self.items(role))
        is_clear = names.folded.get(fold(name)) == frozenset({kpi.id}) and column_of(name) is None
        return name if is_clear else kpi.id

    def kpi_heading(self, label: str, units: Collection[str]) -> str:
        """Return what heads the column of a KPI in the wide form: with the unit, if all that share it have the same."""
        (unit, *others) = dict.fromkeys(units)
        heading = f"{label} ({unit})"
        if others or not unit or column_of(heading):
            return label
        read = self._known.kpi(heading)
        is_clear = read and fold(read.kpi) == fold(label) and read.part == "actual" and not self._known.other_unit(read)
        return heading if is_clear else label
