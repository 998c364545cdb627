"""Checks of a role's sections, and of the weights in them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kpicard.numbers import read_decimal
from kpicard.problems import Problem
from kpicard.rules.document import Route
from kpicard.rules.lint.role_file import RoleFile
from kpicard.rules.models import FULL
from kpicard.text import nearest


def empty_section(file: RoleFile) -> Iterator[Problem]:
    """Every section of a role has a KPI."""
    used = {kpi.written.get("section") for kpi in file.kpis}
    for id_, route in _sections(file).items():
        if route in file.document.values and id_ not in used:
            yield file.document.problem_at("empty-section", (*route, "id"), id=id_)


def no_section(file: RoleFile) -> Iterator[Problem]:
    """In a role with sections, every KPI names one."""
    for kpi in file.kpis:
        if _sections(file) and "section" not in kpi.written:
            yield file.document.problem_at("no-section", (*kpi.route, "id"), known=tuple(_sections(file)))


def no_section_weight(file: RoleFile) -> Iterator[Problem]:
    """Where weights are in sections, every section has a weight."""
    for route, section in file.document.maps("sections", None):
        if file.is_in_sections and "weight" not in section:
            yield file.document.problem_at("no-section-weight", (*route, "id"))


def section_weight(file: RoleFile) -> Iterator[Problem]:
    """The weight of a section is the sum of its KPIs' weights, where all weights are parts of the total."""
    for id_, route in _sections(file).items():
        weight, total = _number(file, (*route, "weight")), _sum(file, id_)
        if not file.is_in_sections and weight is not None and total is not None and weight != total:
            yield file.document.problem_at("section-weight", (*route, "weight"), weight=weight, total=total)


def section_weights_not_100(file: RoleFile) -> Iterator[Problem]:
    """Where weights are in sections, those of the sections sum to 100, and so do those of the KPIs in each."""
    sections = _sections(file) if file.is_in_sections else {}
    weights = [_number(file, (*route, "weight")) for route in sections.values()]
    total = sum((each for each in weights if each is not None), Decimal(0))
    if sections and None not in weights and total != FULL:
        yield file.document.problem_at_key("section-weights-not-100", ("sections",), total=total, of="sections")
    for id_, route in sections.items():
        inside = _sum(file, id_)
        if inside is not None and inside != FULL:
            yield file.document.problem_at("section-weights-not-100", (*route, "id"), total=inside, of=id_)


def unknown_section(file: RoleFile) -> Iterator[Problem]:
    """A KPI names a section of its role."""
    known = tuple(_sections(file))
    for route, id_ in file.document.find("kpis", None, "section"):
        if id_ not in known:
            meant = nearest(id_, known)
            yield file.document.problem_at("unknown-section", route, id=id_, nearest=meant, known=known or None)


def _sections(file: RoleFile) -> dict[str, Route]:
    """Return the ways to the role's sections, by id."""
    return {id_: route[:-1] for route, id_ in file.document.find("sections", None, "id")}


def _number(file: RoleFile, route: Route) -> Decimal | None:
    found = next((node for way, node in file.document.find(*_pattern(route)) if way == route), "")
    read = read_decimal(found)
    return read if isinstance(read, Decimal) else None


def _pattern(route: Route) -> Iterator[str | None]:
    yield from (None if isinstance(step, int) else step for step in route)


def _sum(file: RoleFile, section: str) -> Decimal | None:
    """Return the sum of the weights of a section's KPIs, None where one cannot be read, or there is none."""
    weights = [kpi.weight for kpi in file.kpis if kpi.written.get("section") == section]
    return sum(filter(None, weights), Decimal(0)) if weights and None not in weights else None
