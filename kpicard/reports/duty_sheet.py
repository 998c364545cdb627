"""Duty sheets, or the list of roles: responsibilities, KPIs and how they are scored, adjustments and grades."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from kpicard.messages import words_of
from kpicard.numbers import plain
from kpicard.reports import figures
from kpicard.reports.blocks import (
    Block,
    Column,
    Facts,
    Footer,
    Gap,
    Heading,
    Line,
    Numbered,
    OnPage,
    OnScreen,
    Sheet,
    Span,
    Table,
    ToWrite,
)
from kpicard.reports.curves import scoring_words
from kpicard.reports.figures import grouped, with_unit
from kpicard.rules.adjustments import Adjustment
from kpicard.rules.models import Department, Kpi, Role
from kpicard.rules.rules import Rules
from kpicard.text import Language, Text, from_to, printable, say

_WORDS: Final = words_of("card")
_PAGE: Final = words_of("page")
_ROLLUP: Final = words_of("rollup")


class DutySheets(NamedTuple):
    """The roles to print; without any, the list of all roles of the rules is meant."""

    rules: Rules
    roles: tuple[Role, ...] = ()


def blocks(result: DutySheets, language: Language) -> Iterator[Block]:
    """Yield each duty sheet, or the list of all roles."""
    if not result.roles:
        yield from _list(result.rules, language)
    for role in result.roles:
        yield from _sheet(role, result.rules, language)


def sheets(result: DutySheets, language: Language) -> Iterator[Block]:
    """Yield the same for pages: each duty sheet on one of its own."""
    if not result.roles:
        yield from _list(result.rules, language)
    for role in result.roles:
        yield Sheet(role.id, "own", _sheet(role, result.rules, language), _shown(role.title, language))


def _list(rules: Rules, language: Language) -> Iterator[Block]:
    department, roles = rules.department, list(rules.roles.values())
    if department:
        yield Heading((_shown(department.title, language),))
    else:
        yield OnPage([Heading((_word("roles", language),))])
    yield Table(
        [
            Column(title=_word("id", language), cells=[Span(role.id, "code") for role in roles], wrap="never"),
            _texts("title", [_shown(role.title, language) for role in roles], language),
            _texts("responsibilities", [str(len(role.responsibilities)) for role in roles], language, is_right=True),
            _texts("kpis", [str(len(role.kpis)) for role in roles], language, is_right=True),
        ]
    )
    for role in roles[:1]:
        yield OnScreen([Line((Span(_word("see-role", language).format(role=role.id), "dim"),))])


def _sheet(role: Role, rules: Rules, language: Language) -> Iterator[Block]:
    title = _shown(role.title, language)
    start = _since(role.from_, language) if role.from_ else ""
    yield OnScreen([Line((Span(f"{title}  {role.id}", "bold"), Span(f"  {start}" if start else "", "dim bold")))])
    yield OnPage([Heading((title,)), *([Line((start,))] if start else [])])
    if role.purpose:
        yield Line((_shown(role.purpose, language),))
    if role.responsibilities:
        yield from (Gap(), _heading("responsibilities", language))
        duties = [
            (_shown(duty.title, language), printable(_optional(duty.detail, language)))
            for duty in role.responsibilities
        ]
        yield Numbered(duties)
    yield from (Gap(), _heading("kpis", language), OnPage([_kpis(role, rules, language)]))
    for kpi in role.kpis:
        about = _about_kpi(kpi, role, language)
        both = [("target", _target(kpi, language)), ("scoring", _scoring(kpi, rules, language))]
        name = f"{_shown(kpi.name, language)}  {plain(role.share(kpi))}%{_full_marks(kpi, language)}"
        yield OnScreen([Heading((name,)), _facts([*both, *about], language)])
        yield from _on_page(kpi.name, _facts(about, language), language)
    if adjustments := rules.adjustments(role):
        yield _heading("adjustments", language)
        for each in adjustments:
            facts = _facts(_about_adjustment(each, language), language)
            yield OnScreen([Heading((_shown(each.name, language),)), facts])
            yield from _on_page(each.name, facts, language)
    if rules.department:
        yield _heading("grades", language)
        yield _grades(rules.department, language)
    yield ToWrite([], figures.signatures(rules.department, language), say(_PAGE["date"], language))
    yield Footer(figures.footer(rules.department, language))


def _on_page(name: Text, facts: Facts, language: Language) -> Iterator[Block]:
    """Yield what a document says below a name, where there is something to say."""
    if facts.rows:
        yield OnPage([Heading((_shown(name, language),), 3), facts])


def _heading(word: str, language: Language) -> Heading:
    return Heading((_word(word, language),), 2, "bold underline")


def _facts(rows: Iterable[tuple[str, str]], language: Language) -> Facts:
    """Return the rows that say something, each with its heading for its word."""
    words = {**_WORDS, "rollup": _ROLLUP["rollup"]}
    return Facts([(say(words[word], language), printable(said)) for word, said in rows if said], is_loose=True)


def _texts(word: str, cells: list[str], language: Language, *, is_right: bool = False) -> Column:
    return Column(title=_word(word, language), cells=cells, is_right=is_right, wrap="anywhere")


def _kpis(role: Role, rules: Rules, language: Language) -> Table:
    return Table(
        [
            _texts("kpi", [_shown(kpi.name, language) + _full_marks(kpi, language) for kpi in role.kpis], language),
            _texts("weight", [plain(role.share(kpi)) for kpi in role.kpis], language, is_right=True),
            _texts("target", [printable(_target(kpi, language)) for kpi in role.kpis], language),
            _texts("scoring", [printable(_scoring(kpi, rules, language)) for kpi in role.kpis], language),
        ]
    )


def _word(word: str, language: Language) -> str:
    return say(_WORDS[word], language)


def _shown(text: Text, language: Language) -> str:
    return printable(say(text, language))


def _target(kpi: Kpi, language: Language) -> str:
    """Show a KPI's target with its unit and the direction that is better."""
    direction = say(_WORDS[kpi.better], language)
    if not kpi.targets:
        return direction
    brackets = "（{}）" if language == "zh" else " ({})"
    shown = [
        with_unit(grouped(kpi.targets[start]), kpi.unit, language) + (f" {_since(start, language)}" if start else "")
        for start in sorted(kpi.targets, key=lambda start: start or "", reverse=True)
    ]
    return ("；" if language == "zh" else "; ").join(shown) + brackets.format(direction)


def _possible(kpi: Kpi, language: Language) -> str:
    """Say what can be true of a KPI at all, with its unit; nothing where the role does not say it."""
    if kpi.range is None:
        return ""
    lowest, highest = (None if each is None else grouped(each) for each in kpi.bounds)
    if lowest is None or highest is None:
        lowest, highest = (each and with_unit(each, kpi.unit, language) for each in (lowest, highest))
        return say(from_to(lowest, highest), language)
    return with_unit(say(from_to(lowest, highest), language), kpi.unit, language)


def _examples(kpi: Kpi, language: Language) -> str:
    """Say what some actuals earn."""
    parts = []
    for each in kpi.examples:
        word = "example" if each.target is None else "example-for-target"
        actual, target = (
            "" if value is None else with_unit(grouped(value), kpi.unit, language)
            for value in (each.actual, each.target)
        )
        parts.append(say(_WORDS[word], language).format(actual=actual, target=target, score=plain(each.score)))
    return ("；" if language == "zh" else "; ").join(parts)


def _section(kpi: Kpi, role: Role, language: Language) -> str:
    """Name a KPI's section, with its weight and the KPI's weight in it where it has them."""
    section = role.section_of(kpi)
    if section is None:
        return ""
    weight = "" if section.weight is None else f" {plain(section.weight)}%"
    inside = say(_WORDS["weights-in-section"], language).format(weight=f"{plain(kpi.weight)}%")
    parts = [say(section.title, language) + weight, *([inside] if role.weights == "in-section" else [])]
    return ("，" if language == "zh" else ", ").join(parts)


def _full_marks(kpi: Kpi, language: Language) -> str:
    """Say what a KPI's scores are out of, where that is not 100."""
    return "" if kpi.out_of is None else say(_WORDS["full-marks"], language).format(full=plain(kpi.out_of))


def levels(kpi: Kpi, language: Language) -> str:
    """Say which words stand for which values, and what each means."""
    parts = [
        say(_WORDS["level"], language).format(level=say(each.level, language), value=plain(each.value))
        + ("" if each.detail is None else (("：" if language == "zh" else ": ") + say(each.detail, language)))
        for each in kpi.levels
    ]
    return ("；" if language == "zh" else "; ").join(parts)


def _since(start: str, language: Language) -> str:
    """Say from which period on something holds."""
    return say(_WORDS["since"], language).format(period=start)


def _veto(kpi: Kpi, language: Language) -> str:
    """Say when a KPI holds the grade down."""
    if kpi.veto is None:
        return ""
    bound = plain(kpi.veto_below or kpi.veto.score_below)
    return say(_WORDS["veto-rule"], language).format(bound=bound, grade=kpi.veto.grade_at_most)


def _adjustment(each: Adjustment, language: Language) -> str:
    """Say how many points an adjustment brings or costs, and up to which bounds."""
    bounds = [
        f"{say(_WORDS[word], language)} {plain(bound)}"
        for word, bound in (("at-least", each.at_least), ("at-most", each.at_most))
        if bound is not None
    ]
    unit = "" if each.unit is None else say(each.unit, language)
    points = f"{'+' if each.points_each > 0 else ''}{plain(each.points_each)}"
    said = say(_WORDS["points-each"], language).format(points=points, unit=unit or say(_WORDS["one-each"], language))
    return ("，" if language == "zh" else ", ").join([said, *bounds])


def _about_kpi(kpi: Kpi, role: Role, language: Language) -> tuple[tuple[str, str], ...]:
    """Return what is said of a KPI beside its target and its scoring: a word of the reports and a text, or none."""
    return (
        ("section", _section(kpi, role, language)),
        ("levels", levels(kpi, language)),
        ("examples", _examples(kpi, language)),
        ("possible", _possible(kpi, language)),
        ("limit", _veto(kpi, language)),
        ("rollup", _rollup(kpi.rollup, language)),
        ("definition", _optional(kpi.definition, language)),
        ("source", _optional(kpi.source, language)),
        ("measures", _evidence(kpi, role, language)),
    )


def _red_line(each: Adjustment, language: Language) -> str:
    """Say from which count on an adjustment holds the grade down."""
    if each.veto is None:
        return ""
    words = say(_WORDS["red-line-rule"], language)
    return words.format(bound=plain(each.veto.from_), grade=each.veto.grade_at_most)


def _about_adjustment(each: Adjustment, language: Language) -> tuple[tuple[str, str], ...]:
    """Return what is said of an adjustment: a word of the reports and a text, or none."""
    return (
        ("scoring", _adjustment(each, language)),
        ("limit", _red_line(each, language)),
        ("definition", _optional(each.definition, language)),
        ("source", _optional(each.source, language)),
    )


def _scoring(kpi: Kpi, rules: Rules, language: Language) -> str:
    """Say in a sentence how a KPI is scored."""
    return ("；" if language == "zh" else "; ").join(scoring_words(kpi, rules.curve(kpi), language))


def _evidence(kpi: Kpi, role: Role, language: Language) -> str:
    """Name the responsibilities that a KPI is evidence for."""
    titles = {each.id: say(each.title, language) for each in role.responsibilities}
    return ("、" if language == "zh" else ", ").join(titles[id_] for id_ in kpi.measures)


def _optional(text: Text | None, language: Language) -> str:
    """Show a text that may be left out."""
    return "" if text is None else say(text, language)


def _grades(department: Department, language: Language) -> Table:
    """Return the grade scale: grade, range of totals, coefficient and meaning."""
    scale = department.grades
    return Table(
        [
            _texts("grade", [printable(grade.grade) for grade in scale], language),
            _texts("total", figures.totals(scale, language), language),
            _texts("coefficient", [f"{grade.coefficient:f}" for grade in scale], language, is_right=True),
            _texts("label", [printable(_optional(grade.label, language)) for grade in scale], language),
        ]
    )


def _rollup(rollup: str | None, language: Language) -> str:
    """Say how several months' figures of a KPI are brought together; nothing where the role does not say it."""
    return "" if rollup is None else say(_ROLLUP[f"rollup-{rollup}"], language)


def values(result: DutySheets, language: Language) -> dict[str, Any]:
    """Return the department and the roles asked for, or all, as JSON: `kpicard.roles/1`.

    `language` is that of the words for the scoring of each KPI.
    """
    department = result.rules.department
    roles = result.roles or tuple(result.rules.roles.values())
    return {
        "format": "kpicard.roles/1",
        "department": department and _department(department),
        "roles": [_role(role, result.rules, language) for role in roles],
    }


def _department(department: Department) -> dict[str, Any]:
    values = department.model_dump(by_alias=True, exclude_none=True)
    return {key: each for key, each in values.items() if department.sections or key not in {"sections", "weights"}}


def _role(role: Role, rules: Rules, language: Language) -> dict[str, Any]:
    values = role.model_dump(by_alias=True, exclude_none=True)
    if not role.sections:
        values = {key: each for key, each in values.items() if key not in {"sections", "weights"}}
    kpis = []
    for kpi, shown in zip(role.kpis, values["kpis"], strict=True):
        shown["scoring"]["words"] = scoring_words(kpi, rules.curve(kpi), language)
        kpis.append({key: shown[key] for key in _KEYS if shown.get(key) not in (None, ())})
    return {**values, "kpis": kpis}


_KEYS: Final = (
    *("id", "name", "section", "weight", "unit", "better", "target", "range", "definition", "source"),
    *("measures", "scoring", "out_of", "levels", "examples", "veto", "rollup"),
)
"""The keys of a KPI in the order of a role's file."""
