"""Duty sheets, or the list of roles, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TextIO

from kpicard.messages import words_of
from kpicard.numbers import plain
from kpicard.reports import duty_sheet as roles_text
from kpicard.reports.duty_sheet import DutySheets
from kpicard.reports.markdown_text import escape, table
from kpicard.rules.models import Role
from kpicard.text import Language, Text, say

WORDS: Final = words_of("card")


def write(result: DutySheets, language: Language, out: TextIO) -> None:
    """Write each duty sheet as a section of its own, or the list of all roles."""
    if not result.roles:
        out.write(_list(result, language))
    out.write("\n".join(_sheet(role, result, language) for role in result.roles))


def _list(result: DutySheets, language: Language) -> str:
    department = result.rules.department
    title = say(department.title, language) if department else say(WORDS["roles"], language)
    rows = [
        (f"`{role.id}`", escape(say(role.title, language)), str(len(role.responsibilities)), str(len(role.kpis)))
        for role in result.rules.roles.values()
    ]
    headings = [say(WORDS[word], language) for word in ("id", "title", "responsibilities", "kpis")]
    return f"# {escape(title)}\n\n{table(headings, rows, frozenset({2, 3}))}"


def _sheet(role: Role, result: DutySheets, language: Language) -> str:
    colon = "：" if language == "zh" else ": "
    parts = [f"# {escape(say(role.title, language))}\n"]
    if role.from_:
        parts.append(f"\n{roles_text.since(role.from_, language)}\n")
    if role.purpose:
        parts.append(f"\n{escape(say(role.purpose, language))}\n")
    if role.responsibilities:
        parts.append(f"\n## {say(WORDS['responsibilities'], language)}\n\n")
        for number, duty in enumerate(role.responsibilities, start=1):
            detail = f"{colon}{escape(say(duty.detail, language))}" if duty.detail else ""
            parts.append(f"{number}. **{escape(say(duty.title, language))}**{detail}\n")
    parts.append(f"\n## {say(WORDS['kpis'], language)}\n\n")
    headings = [say(WORDS[word], language) for word in ("kpi", "weight", "target", "scoring")]
    rows = [
        (
            escape(say(kpi.name, language)),
            plain(kpi.weight),
            escape(roles_text.target(kpi, language)),
            escape(roles_text.scoring(kpi, result.rules, language)),
        )
        for kpi in role.kpis
    ]
    parts.append(table(headings, rows, frozenset({1})))
    parts += [_about(kpi.name, roles_text.about_kpi(kpi, role, language), language) for kpi in role.kpis]
    adjustments = result.rules.adjustments(role)
    if adjustments:
        parts.append(f"\n## {say(WORDS['adjustments'], language)}\n")
        parts += [_about(each.name, roles_text.about_adjustment(each, language), language) for each in adjustments]
    if result.rules.department:
        words = [say(WORDS[word], language) for word in ("grade", "total", "coefficient", "label")]
        scale = [[escape(cell) for cell in row] for row in roles_text.grades(result.rules.department, language)]
        parts.append(f"\n## {say(WORDS['grades'], language)}\n\n{table(words, scale, frozenset({2}))}")
    return "".join(parts)


def _about(name: Text, rows: Iterable[tuple[str, str]], language: Language) -> str:
    """Return what is said of a KPI or an adjustment, below its name; nothing where nothing is."""
    colon = "：" if language == "zh" else ": "
    said = [f"- {roles_text.heading(word, language)}{colon}{escape(value)}\n" for word, value in rows if value]
    return "".join([f"\n### {escape(say(name, language))}\n\n", *said]) if said else ""
