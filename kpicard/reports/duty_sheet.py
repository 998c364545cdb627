"""Duty sheets, or the list of roles, for the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple, TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console, JustifyMethod
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as RichText

from kpicard.messages import words_of
from kpicard.numbers import plain
from kpicard.reports.figures import grouped, with_unit
from kpicard.reports.scoring_words import scoring_words
from kpicard.reports.terminal import show, terminal
from kpicard.rules.models import Adjustment, Department, Kpi, Role
from kpicard.rules.rules import Rules
from kpicard.text import Language, Text, from_to, printable, say

WORDS: Final = words_of("card")
LONGER: Final = words_of("rollup")


class DutySheets(NamedTuple):
    """The roles to print; without any, the list of all roles of the rules is meant."""

    rules: Rules
    roles: tuple[Role, ...] = ()


def heading(word: str, language: Language) -> str:
    """Say what stands behind a word of the reports."""
    return say(LONGER[word] if word == "rollup" else WORDS[word], language)


def target(kpi: Kpi, language: Language) -> str:
    """Show a KPI's target with its unit and the direction that is better."""
    direction = say(WORDS[kpi.better], language)
    if not kpi.targets:
        return direction
    brackets = "（{}）" if language == "zh" else " ({})"
    shown = [
        with_unit(grouped(kpi.targets[start]), kpi.unit, language) + (f" {since(start, language)}" if start else "")
        for start in sorted(kpi.targets, key=lambda start: start or "", reverse=True)
    ]
    return ("；" if language == "zh" else "; ").join(shown) + brackets.format(direction)


def possible(kpi: Kpi, language: Language) -> str:
    """Say what can be true of a KPI at all, with its unit; nothing where the role does not say it."""
    if kpi.range is None:
        return ""
    lowest, highest = (None if each is None else grouped(each) for each in kpi.bounds)
    if lowest is None or highest is None:
        lowest, highest = (each and with_unit(each, kpi.unit, language) for each in (lowest, highest))
        return say(from_to(lowest, highest), language)
    return with_unit(say(from_to(lowest, highest), language), kpi.unit, language)


def since(start: str, language: Language) -> str:
    """Say from which period on something holds."""
    return say(WORDS["since"], language).format(period=start)


def veto(kpi: Kpi, language: Language) -> str:
    """Say when a KPI holds the grade down."""
    if kpi.veto is None:
        return ""
    return say(WORDS["veto-rule"], language).format(bound=plain(kpi.veto.score_below), grade=kpi.veto.grade_at_most)


def adjustment(each: Adjustment, language: Language) -> str:
    """Say how many points an adjustment brings or costs, and up to which bounds."""
    bounds = [
        f"{say(WORDS[word], language)} {plain(bound)}"
        for word, bound in (("at-least", each.at_least), ("at-most", each.at_most))
        if bound is not None
    ]
    unit = "" if each.unit is None else say(each.unit, language)
    points = f"{'+' if each.points_each > 0 else ''}{plain(each.points_each)}"
    said = say(WORDS["points-each"], language).format(points=points, unit=unit or say(WORDS["one-each"], language))
    return ("，" if language == "zh" else ", ").join([said, *bounds])


def about_kpi(kpi: Kpi, role: Role, language: Language) -> tuple[tuple[str, str], ...]:
    """Return what is said of a KPI beside its target and its scoring: a word of the reports and a text, or none."""
    return (
        ("possible", possible(kpi, language)),
        ("veto", veto(kpi, language)),
        ("rollup", _rollup(kpi.rollup, language)),
        ("definition", optional(kpi.definition, language)),
        ("source", optional(kpi.source, language)),
        ("measures", evidence(kpi, role, language)),
    )


def about_adjustment(each: Adjustment, language: Language) -> tuple[tuple[str, str], ...]:
    """Return what is said of an adjustment: a word of the reports and a text, or none."""
    return (
        ("scoring", adjustment(each, language)),
        ("definition", optional(each.definition, language)),
        ("source", optional(each.source, language)),
    )


def scoring(kpi: Kpi, rules: Rules, language: Language) -> str:
    """Say in a sentence how a KPI is scored."""
    return ("；" if language == "zh" else "; ").join(scoring_words(kpi, rules.curve(kpi), language))


def evidence(kpi: Kpi, role: Role, language: Language) -> str:
    """Name the responsibilities that a KPI is evidence for."""
    titles = {each.id: say(each.title, language) for each in role.responsibilities}
    return ("、" if language == "zh" else ", ").join(titles[id_] for id_ in kpi.measures)


def optional(text: Text | None, language: Language) -> str:
    """Show a text that may be left out."""
    return "" if text is None else say(text, language)


def grades(department: Department | None, language: Language) -> list[tuple[str, str, str, str]]:
    """Return the grade scale: grade, range of totals, coefficient and meaning."""
    rows: list[tuple[str, str, str, str]] = []
    above: str | None = None
    scale = department.grades if department else ()
    for index, grade in enumerate(scale):
        bound = plain(grade.from_)
        last = index == len(scale) - 1
        rows.append(
            (
                grade.grade,
                _range(None if last else bound, above, language),
                f"{grade.coefficient:f}",
                optional(grade.label, language),
            )
        )
        above = bound
    return rows


def _range(bound: str | None, above: str | None, language: Language) -> str:
    if language == "zh":
        parts = ([] if bound is None else [f"{bound} 及以上"]) + ([] if above is None else [f"低于 {above}"])
        return "，".join(parts) or "全部"
    parts = ([] if bound is None else [f"{bound} or more"]) + ([] if above is None else [f"below {above}"])
    return ", ".join(parts) or "all"


def _rollup(rollup: str | None, language: Language) -> str:
    """Say how several months' figures of a KPI are brought together; nothing where the role does not say it."""
    return "" if rollup is None else say(LONGER[f"rollup-{rollup}"], language)


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
    console.print(title.append(f"  {since(role.from_, language)}", "dim") if role.from_ else title)
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
            _write_grid(about_adjustment(each, language), language, console)
    if result.rules.department:
        console.print(RichText(say(WORDS["grades"], language), "bold underline"))
        words = ("grade", "total", "coefficient", "label")
        console.print(_table(words, grades(result.rules.department, language), language, right={2}))


def _write_kpi(kpi: Kpi, role: Role, result: DutySheets, language: Language, console: Console) -> None:
    console.print(RichText(f"{printable(say(kpi.name, language))}  {plain(kpi.weight)}%", "bold"))
    _write_grid(
        (
            ("target", target(kpi, language)),
            ("scoring", scoring(kpi, result.rules, language)),
            *about_kpi(kpi, role, language),
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
            grid.add_row(heading(word, language), RichText(printable(value)))
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
