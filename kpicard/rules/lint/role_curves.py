"""Checks of the curves by which KPIs are scored."""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.problems import Problem
from kpicard.rules.lint.role_file import RoleFile
from kpicard.rules.scoring.curve import Curve


def curve_outside_range(file: RoleFile) -> Iterator[Problem]:
    """A curve on the actual has a point in the range of its KPI."""
    for kpi in file.kpis:
        if kpi.is_curve_outside:
            values = {"range": kpi.bounds.words, "time": kpi.time}
            yield file.document.problem_at("curve-outside-range", (*kpi.route, "scoring"), **values)


def everybody_reaches(file: RoleFile) -> Iterator[Problem]:
    """Not every card gets the same grade."""
    for outcome in file.outcomes:
        if outcome.unreached and len(outcome.reached) == 1:
            yield file.document.problem_at_key(
                "everybody-reaches",
                ("kpis",),
                grade=outcome.reached[0],
                lowest=outcome.lowest,
                highest=outcome.highest,
            )


def flat_curve(file: RoleFile) -> Iterator[Problem]:
    """Around the target the score depends on the actual."""
    for kpi in file.kpis:
        if kpi.better == "within":
            continue
        curve = kpi.possible_under(kpi.cap)
        flat = [each for each in kpi.at_targets() if curve and each.target > 0 and _is_flat(curve, each.x, each.fifth)]
        for _, target, score, *_ in flat[:1]:
            yield file.document.problem_at("flat-curve", (*kpi.route, "scoring"), score=score, target=target)


def _is_flat(curve: Curve, x: int, fifth: int) -> bool:
    """Whether the score is the same from a fifth of the target below an x to a fifth above, in millionths."""
    low, high = x - fifth, x + fifth
    pieces = [piece for piece in curve.segments if piece.first <= high and piece.last >= low]
    ends = {piece.score_at(x) for piece in pieces for x in (max(piece.first, low), min(piece.last, high))}
    return len(ends) == 1


def punishes_higher(file: RoleFile) -> Iterator[Problem]:
    """Where higher is better, a higher value never scores less."""
    yield from file.punished("higher")


def punishes_lower(file: RoleFile) -> Iterator[Problem]:
    """Where lower is better, a lower value never scores less."""
    yield from file.punished("lower")


def punishes_within(file: RoleFile) -> Iterator[Problem]:
    """Where a range is best, the score rises up to it and falls after it, once each."""
    yield from file.punished("within")


def sum_on_actual(file: RoleFile) -> Iterator[Problem]:
    """What is summed up over the months is scored on its attainment."""
    for kpi in file.kpis:
        if kpi.written.get("rollup") == "sum" and kpi.curve and not kpi.is_on_attainment:
            yield file.document.problem_at("sum-on-actual", (*kpi.route, "rollup"))


def within_attainment(file: RoleFile) -> Iterator[Problem]:
    """A KPI that is better `within` a range is scored on its actual."""
    for kpi in file.kpis:
        if kpi.is_on_attainment and kpi.needs_target and kpi.better == "within":
            yield file.document.problem_at("within-attainment", (*kpi.route, "better"))
