"""A draft of a role as the text of its file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kpicard.import_form.names import name_of
from kpicard.import_form.role import Draft, DraftKpi
from kpicard.import_form.role_yaml import comment, entry, flow
from kpicard.text import Both, Language, say

_HEAD: Final = Both(
    "Imported from {form}. What the form does not say is left open; `kpicard validate` names it.",
    "由 {form} 导入。表中没有写明的内容留空，kpicard validate 会逐项指出。",
)
_DUTIES: Final = Both(
    "responsibilities: add what the role is responsible for, and to each KPI `measures` with their ids",
    "responsibilities：请补充岗位职责，并在各指标的 measures 中写明对应职责的标识",
)


def role_lines(draft: Draft, role_id: str, form: str, language: Language) -> list[str]:
    """Return the lines of a new file."""
    lines = [
        *comment(say(_HEAD, language).format(form=form), 0),
        f"id: {role_id}",
        *entry("title", draft.title, 0),
        *(comment(say(_DUTIES, language), 0)),
        *(["weights: in-section"] if draft.in_section else []),
        *section_lines(draft),
        "kpis:",
    ]
    for kpi in draft.kpis:
        lines += kpi_lines(kpi, 2)
    return lines


def section_lines(draft: Draft) -> list[str]:
    """Return the lines of the sections, none where the form has none."""
    if not draft.sections:
        return []
    sections: list[Mapping[str, Any]] = [
        {"id": id_, "title": name_of(section.title), **({} if section.weight is None else {"weight": section.weight})}
        for id_, section in draft.sections
    ]
    return ["sections:", *(f"  - {flow(each)}" for each in sections)]


def kpi_lines(kpi: DraftKpi, indent: int) -> list[str]:
    """Return the lines of a KPI as an item of a list whose dashes are indented so far."""
    lines: list[str] = []
    for key, value in kpi.keys.items():
        if key in kpi.above:
            lines += comment(kpi.above[key], indent + 2)
        written = entry(key, value, indent + 2)
        if key in kpi.behind:
            written[-1] += f"  # {kpi.behind[key]}"
        lines += written
    if "" in kpi.above:
        lines += comment(kpi.above[""], indent + 2)
    return [f"{' ' * indent}- {lines[0].lstrip()}", *lines[1:]]
