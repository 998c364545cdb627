"""Duty sheets, or the list of roles, for the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console, JustifyMethod
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as RichText

from kpicard.numbers import plain
from kpicard.reports import roles_text
from kpicard.reports.console import show, terminal
from kpicard.reports.roles_text import DutySheets
from kpicard.reports.words import WORDS
from kpicard.rules.models import Kpi, Role
from kpicard.text import Language, printable, say


def write(result: DutySheets, language: Language, out: TextIO) -> None:
    """Write to `out`; its width and colours are those of the terminal, if it is one."""
    console = terminal(out)
    if not result.roles:
        _write_list(result, language, console)
    for role in result.roles:
        _write_sheet(role, result, language, console)
    show(console, out)


def _write_list(result: DutySheets, language: Language, console: Console) -> None:
    if result.rules.department:
        console.print(RichText(printable(say(result.rules.department.title, language)), "bold"))
    rows = [
        (role.id, say(role.title, language), str(len(role.responsibilities)), str(len(role.kpis)))
        for role in result.rules.roles.values()
    ]
    console.print(_table(("id", "title", "responsibilities", "kpis"), rows, language, right={2, 3}))
    for id_ in list(result.rules.roles)[:1]:
        console.print(RichText(say(WORDS["see-role"], language).format(role=id_), "dim"))


def _write_sheet(role: Role, result: DutySheets, language: Language, console: Console) -> None:
    title = RichText(f"{printable(say(role.title, language))}  {role.id}", "bold")
    console.print(title.append(f"  {roles_text.since(role.from_, language)}", "dim") if role.from_ else title)
    if role.purpose:
        console.print(RichText(printable(say(role.purpose, language))))
    if role.responsibilities:
        _heading("responsibilities", language, console)
        for number, duty in enumerate(role.responsibilities, start=1):
            console.print(RichText(f"{number}. {printable(say(duty.title, language))}", "bold"))
            if duty.detail:
                console.print(Padding(RichText(printable(say(duty.detail, language))), (0, 0, 0, 3)))
    _heading("kpis", language, console)
    for kpi in role.kpis:
        _write_kpi(kpi, role, result, language, console)
    adjustments = result.rules.adjustments(role)
    if adjustments:
        console.print(RichText(say(WORDS["adjustments"], language), "bold underline"))
        for each in adjustments:
            console.print(RichText(printable(say(each.name, language)), "bold"))
            _write_grid(roles_text.about_adjustment(each, language), language, console)
    if result.rules.department:
        console.print(RichText(say(WORDS["grades"], language), "bold underline"))
        words = ("grade", "total", "coefficient", "label")
        console.print(_table(words, roles_text.grades(result.rules.department, language), language, right={2}))


def _write_kpi(kpi: Kpi, role: Role, result: DutySheets, language: Language, console: Console) -> None:
    console.print(RichText(f"{printable(say(kpi.name, language))}  {plain(kpi.weight)}%", "bold"))
    _write_grid(
        (
            ("target", roles_text.target(kpi, language)),
            ("scoring", roles_text.scoring(kpi, result.rules, language)),
            *roles_text.about_kpi(kpi, role, language),
        ),
        language,
        console,
    )


def _write_grid(rows: Iterable[tuple[str, str]], language: Language, console: Console) -> None:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for word, value in rows:
        if value:
            grid.add_row(roles_text.heading(word, language), RichText(printable(value)))
    console.print(Padding(grid, (0, 0, 1, 3)))


def _heading(word: str, language: Language, console: Console) -> None:
    console.print()
    console.print(RichText(say(WORDS[word], language), "bold underline"))


def _table(words: Iterable[str], rows: Iterable[tuple[str, ...]], language: Language, right: set[int]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for index, word in enumerate(words):
        justify: JustifyMethod = "right" if index in right else "left"
        table.add_column(say(WORDS[word], language), justify=justify, overflow="fold", no_wrap=word == "id")
    for row in rows:
        table.add_row(*(RichText(printable(cell)) for cell in row))
    return table
