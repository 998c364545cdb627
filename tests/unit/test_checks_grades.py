"""Which grades a role can reach: what is claimed is compared with cards, and with every sum there is."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest

from kpicard.rules.lint.outcomes import Span, sums
from kpicard.rules.load import check_files
from tests import oracle
from tests.random_rules import adjustments, number, random_cell, random_department, random_role, veto

GRADES = [("S", 110), ("A", 95), ("B", 80), ("C", 60), ("D", 0)]
CODES = {"unreachable-grade", "everybody-reaches"}


def _kpi(id_: str, weight: int, **scoring: Any) -> dict[str, Any]:
    common = {"better": "lower", "target": 30, "definition": "Hours", "source": "Orders"}
    return {"id": id_, "name": id_.title(), "weight": weight, **common, "scoring": scoring}


def _two_scores(id_: str, weight: int, high: int, low: int) -> dict[str, Any]:
    return _kpi(id_, weight, method="bands", bands=[{"upto": 30, "score": high}], otherwise=low)


def _role(*kpis: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": "clerk", "title": "Clerk", "kpis": list(kpis), **more}


def _department(*grades: tuple[str, Any], **more: Any) -> dict[str, Any]:
    listed = [{"grade": grade, "from": bound, "coefficient": 1} for grade, bound in grades or GRADES]
    return {"title": "Shop", "grades": listed, **more}


def _claimed(folder: Path, role: dict[str, Any], *departments: dict[str, Any], **more: dict[str, Any]) -> list[str]:
    """Return the messages about grades; JSON is YAML too."""
    for department in departments or (_department(),):
        name = f"department.{department['from']}" if "from" in department else "department"
        (folder / f"{name}.yaml").write_text(json.dumps(department), encoding="utf-8")
    for name, content in {"clerk": role, **more}.items():
        (folder / f"{name.replace('_', '.').replace('x', '-')}.yaml").write_text(json.dumps(content), encoding="utf-8")
    return [problem.message for problem in check_files([folder]).problems if problem.code in CODES]


def test_grades_between_two_scores_are_not_reached(tmp_path: Path) -> None:
    """100 or 70, and nothing between: there are A and C, and no other grade."""
    role = _role(_two_scores("speed", 100, 100, 70))
    assert ["no actuals give a total in S, B, D: totals go from 70 to 100"] == _claimed(tmp_path, role)


def test_two_kpis_together_reach_what_none_does_alone(tmp_path: Path) -> None:
    """100 and 0 at half the weight each make 50, 100 and 0, but no 80."""
    role = _role(_two_scores("speed", 60, 110, 0), _two_scores("errors", 40, 120, 50))
    # 66 + 48, 66 + 20, 0 + 48, 0 + 20
    assert ["no actuals give a total in A, C: totals go from 20 to 114"] == _claimed(tmp_path, role)


def test_a_slope_reaches_all_between_its_ends(tmp_path: Path) -> None:
    """From 0 to 120 in a straight line: every grade there is."""
    role = _role(_kpi("speed", 100, method="linear", points=[[10, 120], [30, 100], [60, 0]]))
    assert [] == _claimed(tmp_path, role)


def test_a_grade_is_reached_by_a_hundredth(tmp_path: Path) -> None:
    """A bound of 95.004 is above 95.00 and below 95.01, the totals that there are."""
    role = _role(_two_scores("speed", 100, 95, 0))
    assert [] == _claimed(tmp_path, role, _department(("A", 95), ("B", 0)))
    expected = ["every card gets B, whatever the actuals: totals go from 0 to 95"]
    assert expected == _claimed(tmp_path, role, _department(("A", "95.004"), ("B", 0)))


def test_a_total_below_the_last_limit_takes_the_last_grade(tmp_path: Path) -> None:
    """Also a negative score has a grade."""
    role = _role(_two_scores("speed", 100, 100, -20))
    assert [] == _claimed(tmp_path, role, _department(("A", 90), ("B", 60)))


def test_one_grade_for_everybody_is_said_once(tmp_path: Path) -> None:
    """Not once more for each grade that nobody gets; and a scale of one grade is meant so."""
    role = _role(_two_scores("speed", 100, 100, 96))
    assert ["every card gets A, whatever the actuals: totals go from 96 to 100"] == _claimed(tmp_path, role)
    assert [] == _claimed(tmp_path, role, _department(("A", 0)))


def test_adjustments_widen_what_can_be_reached(tmp_path: Path) -> None:
    """Points beside the 100 count, the role's own and the department's, and there may be none of them."""
    role = _role(_two_scores("speed", 100, 100, 70))
    ideas = {"id": "ideas", "name": "Ideas", "points_each": 2, "at_most": 10}
    late = {"id": "late", "name": "Late", "points_each": -5, "at_least": -15}
    expected = ["no actuals give a total in D: totals go from 70 to 110"]
    assert expected == _claimed(tmp_path, role | {"adjustments": [ideas | {"at_least": 0}]})
    department = _department(adjustments=[late | {"at_most": 0}])
    expected = ["no actuals give a total in S: totals go from 55 to 100"]
    assert expected == _claimed(tmp_path, role, department)
    expected = ["no actuals give a total in D: totals go from 70 to 1000100"]
    assert expected == _claimed(tmp_path, role | {"adjustments": [ideas | {"at_most": 1000000}]})


def test_a_veto_reaches_the_grade_that_it_leaves(tmp_path: Path) -> None:
    """Whoever loses an A to a veto has a C: nobody else could get it."""
    role = _role(_two_scores("speed", 100, 100, 96) | {"veto": {"score_below": 100, "grade_at_most": "C"}})
    assert ["no actuals give a total in S, B, D: totals go from 96 to 100"] == _claimed(tmp_path, role)


@pytest.mark.parametrize(
    "wrong",
    [{"weight": 99}, {"weight": "all"}, {"better": "less"}, {"scoring": {"method": "bands"}}, {"scoring": None}],
    ids=str,
)
def test_nothing_is_claimed_of_a_role_that_is_not_right(tmp_path: Path, wrong: dict[str, Any]) -> None:
    """Beside an error nobody is sent after totals that will be others."""
    role = _role(_two_scores("speed", 100, 100, 70) | wrong)
    assert (wrong == {"better": "less"}) == bool(_claimed(tmp_path, role))


def test_a_version_is_measured_by_the_departments_of_its_own_time(tmp_path: Path) -> None:
    """A new scale makes no grade unreachable for a version that ended before."""
    old, new = _role(_two_scores("speed", 100, 100, 70)), _role(_two_scores("speed", 100, 100, 40))
    scales = (_department(("A", 90), ("C", 0)), _department(("A", 90), ("B", 65), ("C", 0), **{"from": "2026-07"}))
    expected = ["no actuals give a total in C: totals go from 70 to 100"]
    assert expected == _claimed(tmp_path, old, *scales)
    expected = ["no actuals give a total in B: totals go from 40 to 100"]
    assert expected == _claimed(tmp_path, old, *scales, clerk_2026x07=new | {"from": "2026-07"})


def test_what_cannot_be_true_reaches_no_grade(tmp_path: Path) -> None:
    """By the range on the actual, and on the attainment by the KPI's own targets; a wrong range claims nothing."""
    higher = {"better": "higher", "target": 100, "range": {"from": 0, "upto": 100}}
    ratio = _kpi("share", 100, method="ratio") | higher
    expected = ["no actuals give a total in S: totals go from 0 to 100"]
    assert expected == _claimed(tmp_path, _role(ratio))
    assert [] == _claimed(tmp_path, _role(ratio | {"target": {"2026-01": 100, "2026-07": 80}}))
    curve = _kpi("share", 100, method="linear", points=[[60, 0], [100, 100], [120, 120]]) | higher
    assert expected == _claimed(tmp_path, _role(curve))
    assert [] == _claimed(tmp_path, _role(curve | {"range": {"upto": 90}})), "its target lies outside"
    lower = _kpi("errors", 100, method="ratio") | {"target": 50, "range": {"from": 20, "upto": 50}}
    expected = ["no actuals give a total in B, C, D: totals go from 100 to 120"]
    assert expected == _claimed(tmp_path, _role(lower))


def test_the_departments_cap_decides_for_ratio(tmp_path: Path) -> None:
    """With a cap of 100 nobody gets an S."""
    role = _role(_kpi("speed", 100, method="ratio"))
    assert [] == _claimed(tmp_path, role)
    expected = ["no actuals give a total in S: totals go from 0 to 100"]
    assert expected == _claimed(tmp_path, role, _department(cap=100))


@pytest.mark.parametrize("seed", range(60))
def test_no_grade_that_a_card_gets_is_called_unreachable(tmp_path: Path, seed: int) -> None:
    """Random roles, cards scored by the oracle: what is claimed never contradicts a card."""
    random = Random(seed)  # noqa: S311 - the same numbers each time are wanted
    role, department = random_role(random, "clerk", "ordinary"), random_department(random)
    if seed % 3 == 0:
        role["adjustments"], department["adjustments"] = adjustments(random, "a"), adjustments(random, "d")
        role["kpis"] = [kpi | veto(random) for kpi in role["kpis"]]
    claimed = " ".join(_claimed(tmp_path, role, department)).partition(":")[0]
    beside = [*role.get("adjustments", ()), *department.get("adjustments", ())]
    got = set()
    for _ in range(200):
        cells = {kpi["id"]: random_cell(random, kpi, "ordinary") for kpi in role["kpis"]}
        reported = {text for text, _ in cells.values()}.isdisjoint(oracle.NOT_APPLICABLE | oracle.NOT_REPORTED)
        cells |= {each["id"]: (number(random, -3, 9), "") for each in beside}
        card = oracle.card(role, department, cells, "refuse") if reported else None
        got |= {card.grade} if card else set()
    assert got
    everybody = claimed.startswith("every card gets ")
    words = set(claimed.replace(",", " ").split())
    assert (got <= words) if everybody else got.isdisjoint(words)


@pytest.mark.parametrize("seed", range(40))
def test_the_sums_are_just_those_that_there_are(seed: int) -> None:
    """Compared with adding up every choice."""
    random = Random(seed)  # noqa: S311 - the same numbers each time are wanted
    terms = [[_span(random) for _ in range(random.randint(1, 3))] for _ in range(random.randint(1, 3))]
    values = [{value for low, high in spans for value in range(low, high + 1)} for spans in terms]
    expected = {sum(choice) for choice in product(*values)}
    totals = sums([[(100 * low, 100 * high) for low, high in spans] for spans in terms])
    assert (min(expected), max(expected)) == (totals.lowest, totals.highest)
    if all(low == high for spans in terms for low, high in spans):
        around = range(totals.lowest - 3, totals.highest + 4)
        assert expected == {total for total in around if totals.reach(total, total + 1)}
    assert totals.reach(None, None)
    assert not totals.reach(totals.highest + 1, None)
    assert not totals.reach(None, totals.lowest)


@pytest.mark.parametrize("seed", range(40))
def test_the_rounded_sums_are_just_those_that_there_are(seed: int) -> None:
    """Spans of ten-thousandths, summed and then rounded, compared with doing so for every choice."""
    random = Random(seed)  # noqa: S311 - the same numbers each time are wanted
    terms = [[_span(random, 400) for _ in range(random.randint(1, 3))] for _ in range(random.randint(1, 2))]
    values = [{value for low, high in spans for value in range(low, high + 1)} for spans in terms]
    expected = {int(oracle.round2(Fraction(sum(choice), 10_000)) * 100) for choice in product(*values)}
    totals = sums(terms)
    around = range(min(expected) - 3, max(expected) + 4)
    assert expected == {total for total in around if totals.reach(total, total + 1)}


def test_very_many_sums_take_no_time_and_none_is_lost() -> None:
    """Twenty KPIs of five bands at odd weights: more sums than can be told apart."""
    terms = [[(each, each) for each in (0, 211 * at, 307 * at, 401 * at, 500 * at + 1)] for at in range(7, 27)]
    totals = sums(terms)
    highest = sum(500 * at + 1 for at in range(7, 27))
    assert (0, round(highest / 100)) == (totals.lowest, totals.highest)
    random = Random(1)  # noqa: S311 - the same numbers each time are wanted
    for _ in range(1000):
        total = int(oracle.round2(Fraction(sum(random.choice(term)[0] for term in terms), 10_000)) * 100)
        assert totals.reach(total, total + 1)


def test_sums_far_apart_have_nothing_between() -> None:
    """A curve to the ends of the range takes no time."""
    totals = sums([[(0, 0), (10**16, 10**16)], [(0, 1_000_000)]])
    assert [True, False, True, False] == [
        totals.reach(10_000, 10_001),
        totals.reach(10_001, 10**14),
        totals.reach(10**14, None),
        totals.reach(10**15, None),
    ]


def _span(random: Random, width: int = 40) -> Span:
    low = random.randint(-width, width)
    return low, low + random.choice([0, 0, 1, 5, 12])


def test_nothing_is_reached_beyond_the_lowest_and_the_highest() -> None:
    totals = sums([[(0, 1_000_000)]])
    assert [False, True, True, False] == [
        totals.reach(None, 0),
        totals.reach(None, 1),
        totals.reach(10_000, None),
        totals.reach(10_001, 10_005),
    ]
