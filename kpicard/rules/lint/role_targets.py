"""Checks of a role's targets and ranges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from kpicard.periods import is_period
from kpicard.problems import Problem, Value
from kpicard.quantities import unit_of
from kpicard.rules.lint.role_file import RoleFile

_USUAL: Final[Mapping[str, dict[str, int]]] = {"percent": {"from": 0, "upto": 100}, "score": {"from": 1, "upto": 5}}
"""What the range of a kind of unit most often is: an example for the hint."""


def no_range(file: RoleFile) -> Iterator[Problem]:
    """A KPI in percent or in points says what can be true at all."""
    for kpi in file.kpis:
        usual = _USUAL.get(unit_of(kpi.unit).kind)
        if usual and kpi.written.get("range") is None:
            yield file.document.problem_at("no-range", (*kpi.route, "id"), **usual)


def no_target(file: RoleFile) -> Iterator[Problem]:
    """A KPI that is scored by its target has one."""
    for kpi in file.kpis:
        if kpi.needs_target and not kpi.targets and not (kpi.is_on_attainment and kpi.better == "within"):
            yield file.document.problem_at("no-target", kpi.route, axis=kpi.axis_words)


def target_gap(file: RoleFile) -> Iterator[Problem]:
    """A list of targets begins when the version of the role does."""
    start = next((text for _, text in file.document.find("from") if is_period(text)), None)
    for route, targets in file.document.maps("kpis", None, "target"):
        first = min(filter(is_period, targets), default=None)
        if start and first and start < first:
            yield file.document.problem_at_key("target-gap", (*route, first), start=start, period=first)


def target_not_100(file: RoleFile) -> Iterator[Problem]:
    """On target means a score of 100."""
    for kpi in file.kpis:
        wrong = [each for each in kpi.at_targets() if each.score != 100]
        for route, target, score, *_ in wrong[:1] if kpi.is_on_target else wrong:
            yield file.document.problem_at("target-not-100", route, target=target, score=score)


def target_not_above_0(file: RoleFile) -> Iterator[Problem]:
    """A KPI that is scored on its attainment has a target above 0."""
    for kpi in file.kpis:
        if kpi.is_on_attainment and kpi.needs_target and kpi.better != "within":
            for period, target in (kpi.targets or {}).items():
                if target <= 0:
                    yield file.document.problem_at("target-not-above-0", kpi.target_route(period), target=target)


def target_outside_range(file: RoleFile) -> Iterator[Problem]:
    """A target lies in the range of its KPI."""
    for kpi in file.kpis:
        for period, target in kpi.targets_outside.items():
            if kpi.is_on_attainment and kpi.needs_target and target <= 0:
                continue
            time = kpi.time if target < 0 else None
            values: dict[str, Value] = {"target": target, "range": kpi.bounds.words, "time": time}
            yield file.document.problem_at("target-outside-range", kpi.target_route(period), **values)
