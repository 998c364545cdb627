"""What the role reports have in common: the result that they get, and a KPI's and a grade's words."""

from __future__ import annotations

from typing import NamedTuple

from kpicard.numbers import plain
from kpicard.reports.figures import grouped, with_unit
from kpicard.reports.scoring_words import scoring_words
from kpicard.reports.words import WORDS
from kpicard.reports.words_longer import WORDS as LONGER
from kpicard.rules.adjustment import Adjustment
from kpicard.rules.models import Department, Kpi, Role
from kpicard.rules.rules import Rules
from kpicard.text import Language, Text, from_to, say


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
